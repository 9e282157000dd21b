"""The books of the wiki's logs: all of them by month, and each log for itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from converters.entries import Activity, LogEntry
from converters.exporters.site.books.changes import calendar, named, neighbours
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.books.logkinds import said
from converters.exporters.site.books.logscene import Scene
from converters.exporters.site.parts import file_of, parts
from converters.exporters.site.press import Link, Press
from converters.links import relative

PART = 500
# The messages that name the logs (LogPage::getName, $wgLogNames); others are called log-name-… by MediaWiki.
NAMES = {
    "block": "blocklogpage", "rights": "rightslog", "protect": "protectlogpage", "delete": "dellogpage",
    "upload": "uploadlogpage", "move": "movelogpage", "import": "importlogpage", "patrol": "patrol-log-page",
    "merge": "mergelog", "suppress": "suppressionlog", "newusers": "newuserlogpage",
}  # fmt: skip


class LogView:
    """Gives pairs of path below the site and content."""

    def __init__(self, press: Press, activity: Activity, lists: ListView) -> None:
        self._press = press
        self._activity = activity
        self._lists = lists
        self.words = press.words

    def all(self) -> Printed:
        """The overview, each month, each log."""
        months = self._activity.log_months()
        types = self._activity.log_types()
        yield self._overview(types, months)
        names = [month for month, _ in months]
        for place, month in enumerate(names):
            here = self._press.addresses.below_special("Log", month)
            around = (*names[max(place - 1, 0) : place], *names[place + 1 : place + 2])
            yield from self._book(here, named(self._press, month), around, self._activity.log_of(month))
        for type_, _ in types:
            here = self._press.addresses.below_special("Log", type_)
            yield from self._book(here, self.name(type_), (), self._activity.log(type_))

    def name(self, type_: str) -> str:
        """What a log is called."""
        key = NAMES.get(type_, f"log-name-{type_}")
        return self.words(key) if key in self.words else type_

    def _overview(self, types: Sequence[tuple[str, int]], months: Sequence[tuple[str, int]]) -> tuple[str, bytes]:
        here = self._press.addresses.of_special("Log")
        values = {
            "title": self.words("log"),
            "logs": [(self._log(here, type_), self.words.number(count)) for type_, count in types],
            "years": calendar(self._press, here, "Log", months),
        }
        return f"{here}/{file_of(1)}", self._press.print("logs.html", here, values)

    def _log(self, here: str, type_: str) -> Link:
        target = self._press.addresses.below_special("Log", type_)
        return Link(self.name(type_), relative(here, target + "/"))

    def _book(self, here: str, name: str, around: Sequence[str], lines: Iterable[LogEntry]) -> Printed:
        for part in parts((self._row(here, line) for line in lines), PART):
            values = {
                "title": self.words("log") + self.words("colon-separator") + name,
                "ways": list(neighbours(self._press, here, "Log", around)),
                "part": part,
                "rows": part.items,
            }
            yield f"{here}/{file_of(part.number)}", self._press.print("log.html", here, values)

    def _row(self, here: str, line: LogEntry) -> dict[str, Any]:
        return {
            "line": line,
            "said": self._said(here, line),
            "summary": self._press.summary(here, None, line.comment, line.hidden),
        }

    def _said(self, here: str, line: LogEntry) -> Markup:
        """The line in MediaWiki's words, or plainly for what only an extension has words for."""
        scene = Scene(self._press, self._lists, here, line)
        if line.title is None:
            return Markup("{} {}").format(scene.user(), scene.subject())
        key, details = said(scene)
        if key not in self.words:
            key, details = "wikicompost-log-line", (f"{line.type}/{line.action}",)
        return self.words.html(key, scene.user(), line.user or "", scene.subject(), *details)
