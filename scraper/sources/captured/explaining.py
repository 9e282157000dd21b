"""Why nothing can be made of what was given."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from scraper.model import Capture
from scraper.problems import Problem
from scraper.readers.engines import engine_of
from scraper.readers.foreign import foreign_folder
from scraper.sources.captured.heads import HTML
from scraper.sources.captured.item import Given
from scraper.sources.captured.kinds import Kind, kind_of
from scraper.sources.captured.reading import whole

LOOKED_AT = 1000  # things


def explanation(given: str, material: Given) -> str:
    """For a person: what is there instead of a wiki, and what to do."""
    engines: Counter[str] = Counter()
    damages: list[Problem] = []
    names: list[str] = []
    pages = 0
    for item in islice(material.items(), LOOKED_AT):
        names.append(item.where if isinstance(item, Problem) else item.place)
        if isinstance(item, Problem):
            damages.append(item)
            continue
        capture = whole(item) if kind_of(item.url, item.head) is Kind.ANSWER and HTML.match(item.head) else None
        if isinstance(capture, Capture):
            pages += 1
            engines[engine_of(capture.body) or ""] += 1
    if damages and not pages:
        return f"{damages[0].where}: {damages[0].detail}. Nothing could be read; look for another copy."
    if not names:
        return f"{given} is empty: there is nothing to read."
    if what := foreign_folder(names):
        return f"{given} is {what}."
    if not pages:
        return f"{given} holds no page of a wiki: nothing in it is HTML or an answer of a MediaWiki."
    named = [(name, count) for name, count in engines.most_common() if name]
    if named:
        return (
            f"{given} was made by {named[0][0]}, not by MediaWiki ({named[0][1]:,} of {pages:,} pages say so). "
            "wikicompost reads MediaWiki only."
        )
    return f"{given} holds {pages:,} HTML pages, none of them made by MediaWiki."
