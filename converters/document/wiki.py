"""What both doors must know of the wiki around a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scraper.model import Interwiki, Site
from scraper.titles import TitleParser

VERSION = re.compile(r"MediaWiki (\d{1,4})\.(\d{1,4})")


class Wiki:
    """One wiki as its ``siteinfo`` describes it: titles, interwiki prefixes, and the answer itself for the rest."""

    def __init__(self, site: Site, titles: TitleParser) -> None:
        self.site = site
        self.titles = titles
        self.siteinfo: Mapping[str, Any] = site.siteinfo
        entries = site.siteinfo.get("interwikimap") or ()
        self.interwikis: Mapping[str, Interwiki] = {
            entry["prefix"].lower(): _interwiki(entry) for entry in entries if "url" in entry
        }

    def is_since(self, version: tuple[int, int]) -> bool | None:
        """Whether the wiki runs this version of MediaWiki, such as ``(1, 40)``, or a later one; ``None``: not told."""
        told = VERSION.match(self.site.generator)
        return None if told is None else (int(told[1]), int(told[2])) >= version

    def interwiki(self, prefix: str) -> Interwiki | None:
        """The other wiki that a link prefix leads to, in any case."""
        return self.interwikis.get(prefix.strip().replace("_", " ").lower())


def _interwiki(entry: Mapping[str, Any]) -> Interwiki:
    # formatversion 1 writes flags as empty strings, formatversion 2 as booleans.
    is_local = entry.get("local", False) is not False
    return Interwiki(entry["prefix"], entry["url"], entry.get("language"), is_local)
