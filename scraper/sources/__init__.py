"""Sources: each state in which a wiki can be is one of these. The only place that imports Scrapy."""

from __future__ import annotations

import os
from pathlib import Path

from scraper.archive import DATABASE
from scraper.sources.captured import OnlineCopy, captures_source, copy_source
from scraper.sources.dump import DumpSource
from scraper.sources.live.source import LiveSource
from scraper.sources.source import Credentials, HarvestOptions, Progress, Source, UnusableSource

__all__ = [
    "SOURCES",
    "Credentials",
    "HarvestOptions",
    "Progress",
    "Source",
    "UnusableSource",
    "probe_lines",
    "recognise",
]

DUMP, CAPTURES = DumpSource(), captures_source()
SOURCES: dict[str, Source] = {
    "live": LiveSource(OnlineCopy()),
    "dump": DUMP,
    "captures": CAPTURES,
    "copy": copy_source(DUMP, CAPTURES),
}


def recognise(given: str) -> Source:
    """The source that claims what a person typed. Raises UnusableSource when none does, or more than one."""
    claiming = [source for source in SOURCES.values() if source.claims(given)]
    if len(claiming) == 1:
        return claiming[0]
    if claiming:
        names = " and ".join(source.name for source in claiming)
        raise UnusableSource(f"{given} could be {names}. Say which part of it you mean.")
    path = Path(given)
    if path.name == DATABASE or (path / DATABASE).is_file():
        raise UnusableSource(f"{given} is an archive of wikicompost itself: see `wikicompost status` and `export`.")
    if os.sep in given and "://" not in given and not path.exists():
        raise UnusableSource(f"There is no file or folder {given}.")
    if path.is_file() and not path.stat().st_size:
        raise UnusableSource(f"{given} is empty: there is nothing to read.")
    known = "".join(f"\n  - {source.about}" for source in SOURCES.values())
    raise UnusableSource(f"{given} is nothing that wikicompost can read. It reads:{known}")


def probe_lines(given: str, options: HarvestOptions) -> list[str]:
    """What a person should know before harvesting it. Raises UnusableSource."""
    return recognise(given).probe(given, options)
