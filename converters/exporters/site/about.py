"""The page about the archive: what it holds, when it was made, what is missing, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from converters.entries import CoverageEntry, HarvestEntry, WikiEntry
from converters.exporters.site.words import OURS, Words
from scraper.titles import TitleParser

# Kinds of the ledger that no source could give as a whole: what is not here nobody captured.
ONLY_CAPTURED = "only captured"


def about_values(wiki: WikiEntry, words: Words, titles: TitleParser) -> dict[str, Any]:
    """The values that ``about.html`` shows."""
    owed = (entry for entry in wiki.coverage if entry.is_binding or entry.kind.endswith(ONLY_CAPTURED))
    lines = _coverage(owed, words, titles)
    return {
        "title": words("wikicompost-about"),
        "counts": [(_count(name, words), number) for name, number in wiki.counts.items() if number],
        "harvests": [_harvest(entry, words) for entry in wiki.harvests],
        "coverage": lines,
        "is_short": any(line["missing"] for line in lines) or any(entry.severity == "short" for entry in wiki.problems),
    }


def _coverage(entries: Iterable[CoverageEntry], words: Words, titles: TitleParser) -> list[dict[str, Any]]:
    """A line for each kind of thing; ``missing`` names the namespaces where something is, and how many."""
    kinds: dict[str, list[CoverageEntry]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    return [
        {
            "what": _count(kind, words),
            "expected": sum(entry.expected or 0 for entry in found),
            "held": sum(entry.held for entry in found),
            "hidden": sum(entry.hidden for entry in found),
            "missing": [(_namespace(entry, words, titles), _missing(entry)) for entry in found if _missing(entry) > 0],
        }
        for kind, found in kinds.items()
    ]


def _missing(entry: CoverageEntry) -> int:
    return (entry.expected or 0) - entry.held - entry.hidden


def _namespace(entry: CoverageEntry, words: Words, titles: TitleParser) -> str:
    namespace = titles.namespaces.get(entry.namespace_id) if entry.namespace_id is not None else None
    return (namespace.name if namespace else "") or words("blanknamespace")


def _count(name: str, words: Words) -> str:
    return words(f"{OURS}count-{name.replace(' ', '-')}")


def _harvest(entry: HarvestEntry, words: Words) -> dict[str, Any]:
    kind = f"{OURS}kind-{entry.kind}"
    outcome = f"{OURS}outcome-{entry.outcome}"
    return {
        "entry": entry,
        "kind": words(kind) if kind in words else entry.kind,
        "outcome": words(outcome) if outcome in words else entry.outcome,
    }
