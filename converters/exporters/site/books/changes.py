"""The book of changes: the latest on one page, all of them by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from converters.entries import UNDATED, Activity, Entries
from converters.exporters.site.books.feed import FEED
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.parts import file_of, parts
from converters.exporters.site.press import Link, Press
from converters.links import relative

RECENT = 500
PART_OF_A_MONTH = 500


class ChangesView:
    """Gives pairs of path below the site and content. A month that is over stays as it is."""

    def __init__(self, press: Press, entries: Entries, activity: Activity, lists: ListView) -> None:
        self._press = press
        self._entries = entries
        self._activity = activity
        self._lists = lists
        self._words = press.words

    def all(self) -> Printed:
        """The latest changes and every month."""
        counted = [(month.month, month.edits) for month in self._activity.months()]
        months = [month for month, _ in counted]
        yield self._recent(counted)
        for place, month in enumerate(months):
            yield from self._month(month, months[place - 1] if place else None, months[place + 1 : place + 2])

    def _recent(self, months: Sequence[tuple[str, int]]) -> tuple[str, bytes]:
        here = self._press.addresses.of_special("Recentchanges")
        rows = [self._lists.change(here, page, revision) for page, revision in self._entries.recent_revisions(RECENT)]
        values = {
            "title": self._words("recentchanges"),
            "about": self._words("wikicompost-recent-about", len(rows)),
            "ways": [Link(self._words("log"), relative(here, self._press.addresses.of_special("Log") + "/"))],
            "years": calendar(self._press, here, "Recentchanges", months),
            "feed": relative(here, FEED),
            "with_user": True,
            "part": None,
            "rows": rows,
        }
        return f"{here}/{file_of(1)}", self._press.print("changes.html", here, values)

    def _month(self, month: str, earlier: str | None, later: Sequence[str]) -> Printed:
        here = self._press.addresses.below_special("Recentchanges", month)
        rows = (self._lists.change(here, page, revision) for page, revision in self._activity.edits(month))
        for part in parts(rows, PART_OF_A_MONTH):
            values: dict[str, Any] = {
                "title": self._words("recentchanges") + self._words("colon-separator") + named(self._press, month),
                "about": self._words("wikicompost-times-utc"),
                "ways": list(neighbours(self._press, here, "Recentchanges", (earlier, *later))),
                "years": [],
                "feed": None,
                "with_user": True,
                "part": part,
                "rows": part.items,
            }
            yield f"{here}/{file_of(part.number)}", self._press.print("changes.html", here, values)


def named(press: Press, month: str) -> str:
    """``mai 2017``, or that nobody told when."""
    return press.words("wikicompost-no-time") if month == UNDATED else press.words.month(month)


def neighbours(press: Press, here: str, special: str, months: Sequence[str | None]) -> Iterator[Link]:
    """To the list of all months, and to the one before and the one after."""
    yield Link(press.words("wikicompost-all-months"), relative(here, press.addresses.of_special(special) + "/"))
    for month in months:
        if month is not None:
            target = press.addresses.below_special(special, month)
            yield Link(named(press, month), relative(here, target + "/"))


def calendar(
    press: Press, here: str, special: str, months: Sequence[tuple[str, int]]
) -> list[tuple[str, list[tuple[Link, str]]]]:
    """Years, the latest first, each with its months and how much there is of each."""
    return [
        (
            press.words("wikicompost-no-time") if year == UNDATED else press.words.year(year),
            [(_in_calendar(press, here, special, month), press.words.number(count)) for month, count in found],
        )
        for year, found in groupby(reversed(months), key=lambda pair: UNDATED if pair[0] == UNDATED else pair[0][:4])
    ]


def _in_calendar(press: Press, here: str, special: str, month: str) -> Link:
    name = named(press, month) if month == UNDATED else press.words.month_name(month)
    return Link(name, relative(here, press.addresses.below_special(special, month) + "/"))
