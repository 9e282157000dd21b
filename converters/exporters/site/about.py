"""The page about the archive: what it holds, when it was made, what is missing, in plain words."""

from __future__ import annotations

from typing import Any

from converters.entries import CoverageEntry, HarvestEntry, WikiEntry
from converters.exporters.site.words import OURS, Words
from scraper.titles import TitleParser


def about_values(wiki: WikiEntry, words: Words, titles: TitleParser) -> dict[str, Any]:
    """The values that ``about.html`` shows."""
    lines = [_line(entry, words, titles) for entry in wiki.coverage if entry.is_binding]
    return {
        "title": words("wikicompost-about"),
        "counts": [(_count(name, words), number) for name, number in wiki.counts.items() if number],
        "harvests": [_harvest(entry, words) for entry in wiki.harvests],
        "coverage": lines,
        "is_short": any(line["is_short"] for line in lines)
        or any(entry.severity == "short" for entry in wiki.problems),
    }


def _count(name: str, words: Words) -> str:
    return words(f"{OURS}count-{name.replace(' ', '-')}")


def _line(entry: CoverageEntry, words: Words, titles: TitleParser) -> dict[str, Any]:
    missing = (entry.expected or 0) - entry.held - entry.hidden
    namespace = titles.namespaces.get(entry.namespace_id) if entry.namespace_id is not None else None
    return {
        "what": _count(entry.kind, words),
        "namespace": (namespace.name or words("blanknamespace")) if namespace else "",
        "entry": entry,
        "is_short": missing > 0,
        "missing": max(missing, 0),
    }


def _harvest(entry: HarvestEntry, words: Words) -> dict[str, Any]:
    kind = f"{OURS}kind-{entry.kind}"
    outcome = f"{OURS}outcome-{entry.outcome}"
    return {
        "entry": entry,
        "kind": words(kind) if kind in words else entry.kind,
        "outcome": words(outcome) if outcome in words else entry.outcome,
    }
