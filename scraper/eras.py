"""What MediaWiki's API offers since which version. A hint only: what a wiki answers decides.

Sources: the RELEASE-NOTES files of MediaWiki, and https://www.mediawiki.org/wiki/API:Main_page/History.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the API can do since a version, and where that is written."""

    since: Version
    about: str
    source: str


OFFERS: dict[str, Offer] = {
    "slots": Offer((1, 32), "a revision's content in slots, each with its SHA-1", "RELEASE-NOTES-1.32"),
}
NEWEST: Version = (9, 99)
GENERATOR = re.compile(r"MediaWiki\s+(\d+)\.(\d+)")


def version_of(generator: str) -> Version:
    """``(1, 39)`` of "MediaWiki 1.39.7"; an unknown generator counts as the newest."""
    found = GENERATOR.search(generator)
    return (int(found[1]), int(found[2])) if found else NEWEST


def offers(generator: str, name: str) -> bool:
    """Whether a wiki with this generator should be able to do what :data:`OFFERS` calls ``name``."""
    return version_of(generator) >= OFFERS[name].since
