"""The books of the wiki's logs: all of them by month, and each log for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from converters.entries import USER, Activity, LogEntry
from converters.exporters.site.books.changes import calendar, named, neighbours
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.parts import file_of, parts
from converters.exporters.site.press import Link, Press
from converters.links import relative
from scraper.model import Hidden, Title
from scraper.titles import IllegalTitle

PART = 500
# No page has so many versions.
TOO_MANY = 10**9
# The messages that name the logs (LogPage::getName, $wgLogNames); others are called log-name-… by MediaWiki.
NAMES = {
    "block": "blocklogpage", "rights": "rightslog", "protect": "protectlogpage", "delete": "dellogpage",
    "upload": "uploadlogpage", "move": "movelogpage", "import": "importlogpage", "patrol": "patrol-log-page",
    "merge": "mergelog", "suppress": "suppressionlog", "newusers": "newuserlogpage",
}  # fmt: skip
# Logs whose lines are about people (LogFormatter's heirs for blocks, rights and new accounts).
OF_USERS = frozenset({"block", "newusers", "rights"})
Tell = Callable[[LogEntry, "LogView", str], Sequence[Any]]


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

    def page(self, here: str, title: Title | None) -> Markup:
        """The link to what a line is about."""
        if title is None:
            return Markup('<span class="hidden">{}</span>').format(self.words("rev-deleted-event"))
        return self._press.link(here, title).html

    def page_named(self, here: str, full: object) -> Markup:
        """The link to a title that stands among a line's details."""
        try:
            return self.page(here, self._press.titles.parse(str(full)))
        except IllegalTitle:
            return Markup.escape(full)

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
        if line.title is None:
            return Markup("{} {}").format(self._user(here, line), self.page(here, None))
        key = f"logentry-{line.type}-{line.action}{_ending(line)}"
        known = key in self.words
        if not known:
            key = "wikicompost-log-line"
        details = DETAILS.get(line.type, _nothing)(line, self, here) if known else (f"{line.type}/{line.action}",)
        return self.words.html(
            key, self._user(here, line), line.user or "", self._about(here, line.title, line.type), *details
        )

    def _about(self, here: str, title: Title, type_: str) -> Markup:
        """What a line is about: a page, or somebody, who is called by name alone."""
        is_user = type_ in OF_USERS and title.namespace_id == USER
        return self._lists.user(here, title.name).html if is_user else self.page(here, title)

    def _user(self, here: str, line: LogEntry) -> Markup:
        if line.user is None:
            is_hidden = Hidden.USER in line.hidden
            return Markup.escape(self.words("rev-deleted-user" if is_hidden else "wikicompost-unknown"))
        return self._lists.user(here, line.user).html


def _ending(line: LogEntry) -> str:
    """MediaWiki has another message for some lines (LogFormatter::getMessageKey and what its heirs make of it)."""
    if line.type == "move" and (line.params.get("suppressredirect") or line.params.get("suppressedredirect")):
        return "-noredirect"
    if line.type == "delete" and line.action in ("revision", "event"):
        return "-legacy"
    return "-auto" if line.type == "patrol" and line.params.get("auto") else ""


def _nothing(_line: LogEntry, _view: LogView, _here: str) -> Sequence[Any]:
    return ("", "", "")


def _restored(line: LogEntry, view: LogView, _here: str) -> Sequence[Any]:
    count = line.params.get("count")
    revisions = count.get("revisions") if isinstance(count, dict) else None
    is_told = isinstance(revisions, int) and 0 <= revisions < TOO_MANY
    return (view.words("nrevisions", revisions) if is_told else "…",)


def _blocked(line: LogEntry, view: LogView, _here: str) -> Sequence[Any]:
    """Until when or for how long; the flags are words of the wiki's code."""
    flags = line.params.get("flags")
    flags = ", ".join(map(str, flags)) if isinstance(flags, list) else str(flags or "")
    return "", str(line.params.get("duration") or line.params.get("expiry") or "…"), f"({flags})" if flags else ""


def _groups(line: LogEntry, view: LogView, _here: str) -> Sequence[Any]:
    return tuple(
        view.words("comma-separator").join(map(str, groups)) if isinstance(groups, list) and groups else "–"
        for groups in (line.params.get("oldgroups"), line.params.get("newgroups"))
    )


DETAILS: dict[str, Tell] = {
    "move": lambda line, view, here: (view.page_named(here, line.params.get("target_title", "")),),
    "merge": lambda line, view, here: (
        view.page_named(here, line.params.get("dest_title", "")),
        view.words.moment(str(line.params.get("mergepoint", ""))),
    ),
    "protect": lambda line, view, here: (
        view.page_named(here, line.params["oldtitle_title"])
        if "oldtitle_title" in line.params
        else str(line.params.get("description", "")),
    ),
    "contentmodel": lambda line, _view, _here: (line.params.get("oldmodel", ""), line.params.get("newmodel", "")),
    "patrol": lambda line, _view, _here: (str(line.params.get("curid", "")),),
    "managetags": lambda line, _view, _here: (str(line.params.get("tag", "")),),
    "delete": _restored,
    "block": _blocked,
    "rights": _groups,
}
