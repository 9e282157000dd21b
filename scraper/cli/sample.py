"""Where the sample wiki is."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from scraper.sources import UnusableSource


def sample_dump() -> Path:
    """The dump of the sample wiki: in the checkout, or where the package was installed. Raises UnusableSource.

    Below the present folder the path is relative: archives are published, and say what they were made from.
    """
    places = (
        Path(__file__).parents[2] / "data" / "sample",
        Path(sysconfig.get_path("data")) / "share" / "wikicompost" / "sample",
    )
    for place in places:
        if (place / "wiki.xml").is_file():
            dump = place / "wiki.xml"
            return dump.relative_to(Path.cwd()) if dump.is_relative_to(Path.cwd()) else dump
    raise UnusableSource(f"the sample wiki is not installed (looked in {places[0]} and {places[1]}). Give a SOURCE.")
