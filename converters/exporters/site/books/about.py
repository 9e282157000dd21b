"""The page about the archive: what it holds, when it was made, what is missing, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from converters.entries import (
    Activity,
    CoverageEntry,
    HarvestEntry,
    MonthEntry,
    OutsideLinks,
    ProblemEntry,
    WikiEntry,
)
from converters.exporters.site.books.charts import Chart, Column, bar, columns, months_between
from converters.exporters.site.books.figures import FiguresView
from converters.exporters.site.books.lists import Printed
from converters.exporters.site.press import Link, Press
from converters.exporters.site.words import OURS, Words
from converters.links import ABOUT, CONTRIBUTIONS, INDEX, relative
from scraper.problems import CODES
from scraper.titles import TitleParser

# Kinds of the ledger that no source could give as a whole: what is not here nobody captured.
ONLY_CAPTURED = "only captured"
DOMAINS_SHOWN = 15
# A damaged date would stretch the charts over thousands of years; MediaWiki knows no time before 1970.
MONTH = re.compile(r"(?:19[7-9]\d|2[01]\d\d)-(?:0[1-9]|1[0-2])")
BOOKS = (
    ("Recentchanges", "recentchanges"),
    ("Log", "log"),
    ("Statistics", "statistics"),
    ("CategoryTree", "wikicompost-category-tree"),
    ("LinkSearch", "wikicompost-outside"),
)


class AboutView:
    """Gives the one page, as pairs of path below the site and content."""

    def __init__(self, press: Press, activity: Activity, outside: OutsideLinks, figures: FiguresView) -> None:
        self._press = press
        self._activity = activity
        self._outside = outside
        self._figures = figures

    def all(self) -> Printed:
        values = about_values(self._press.wiki, self._press.words, self._press.titles) | self._charts()
        values["books"] = list(self._books())
        yield f"{ABOUT}/{INDEX}", self._press.print("about.html", ABOUT, values)

    def _books(self) -> Iterator[Link]:
        """To the lists that no page's head leads to."""
        for name, words in BOOKS:
            yield Link(self._press.words(words), relative(ABOUT, self._press.addresses.of_special(name) + "/"))
        yield Link(self._press.words("wikicompost-people"), relative(ABOUT, CONTRIBUTIONS + "/"))

    def _charts(self) -> dict[str, Any]:
        """Edits and people by month, namespaces by pages and size, links out by host; and the sums of all."""
        months = every_month([month for month in self._activity.months() if MONTH.fullmatch(month.month)])
        domains = list(self._outside.domains(DOMAINS_SHOWN))
        highest = max((domain.links for domain in domains), default=0)
        return {
            "months": [month for month in months if month.edits],
            "edits_chart": self._chart("edits", months, [month.edits for month in months]),
            "people_chart": self._chart("people", months, [month.users for month in months]),
            "namespaces": self._figures.namespaces(),
            "domains": [(domain, bar(domain.links, highest)) for domain in domains],
            "digests": self._figures.digests(),
        }

    def _chart(self, name: str, months: Sequence[MonthEntry], values: Sequence[int]) -> Chart | None:
        if not any(values):
            return None
        words = self._press.words
        found = [
            Column(month.month, f"{words.month(month.month)}{words('colon-separator')}{words.number(value)}", value)
            for month, value in zip(months, values, strict=True)
        ]
        first, last = words.month(months[0].month), words.month(months[-1].month)
        description = words("wikicompost-chart-about", first, last, words.number(max(values)))
        return columns(words(f"{OURS}chart-{name}"), description, found, f"chart-{name}")


def every_month(months: Sequence[MonthEntry]) -> list[MonthEntry]:
    """These, the earliest first, with empty ones between them."""
    if not months:
        return []
    found = {month.month: month for month in months}
    return [found.get(name, MonthEntry(name, 0, 0, 0)) for name in months_between(months[0].month, months[-1].month)]


def about_values(wiki: WikiEntry, words: Words, titles: TitleParser) -> dict[str, Any]:
    """What the page says of the wiki, its harvests and what is missing."""
    owed = (entry for entry in wiki.coverage if entry.is_binding or entry.kind.endswith(ONLY_CAPTURED))
    lines = _coverage(owed, words, titles)
    finished = [entry for entry in wiki.harvests if entry.outcome != "refused"]
    return {
        "title": words("wikicompost-about"),
        "counts": [(_count(name, words), number) for name, number in wiki.counts.items() if number],
        "harvests": [_harvest(entry, words) for entry in wiki.harvests],
        "made_on": words.date(finished[0].started_at) if finished else None,
        "coverage": lines,
        "problems": [_problem(entry) for entry in wiki.problems],
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


def _problem(entry: ProblemEntry) -> dict[str, Any]:
    """What it means, which is told in English, like what is to be done."""
    code = CODES.get(entry.code)
    return {"entry": entry, "meaning": code.meaning if code else entry.code}


def _harvest(entry: HarvestEntry, words: Words) -> dict[str, Any]:
    kind = f"{OURS}kind-{entry.kind}"
    outcome = f"{OURS}outcome-{entry.outcome}"
    return {
        "entry": entry,
        "source": public_source(entry.source),
        "kind": words(kind) if kind in words else entry.kind,
        "outcome": words(outcome) if outcome in words else entry.outcome,
    }


def public_source(source: str) -> str:
    """An address as it is, without password; of a file its name alone: where it lay is nobody's business."""
    place = urlsplit(source)
    if place.scheme in ("http", "https"):
        return place._replace(netloc=place.netloc.rpartition("@")[2]).geturl()
    return PurePath(source.replace("\\", "/")).name or source
