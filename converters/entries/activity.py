"""What happened on the wiki, month by month: edits and the lines of its logs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from converters.entries.pages import Entries
from converters.entries.values import PageName, RevisionEntry
from scraper.archive import Archive
from scraper.model import Exactness, Hidden, Title
from scraper.titles import TitleParser

UNDATED = "undated"
# "~" comes after every character of a date.
OF_MONTH = "timestamp BETWEEN :month AND :month || '~'"


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """``month`` is ``2017-05``, or ``undated`` for what nobody told the time of."""

    month: str
    edits: int
    users: int
    new_pages: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of a log. ``title`` and ``user`` are ``None`` when hidden; ``params`` are those of ``list=logevents``."""

    log_id: int
    type: str
    action: str
    timestamp: str | None
    exactness: Exactness
    user: str | None
    title: Title | None
    comment: str | None
    params: dict[str, Any]
    tags: tuple[str, ...]
    hidden: frozenset[Hidden]


class Activity:
    """Reads one archive; nothing is held."""

    def __init__(self, archive: Archive, entries: Entries) -> None:
        self._database = archive.connection
        self._entries = entries
        self._titles: TitleParser = entries.titles
        # Where a move led stands in JSON: a table of their own makes it quick to ask for each page.
        self._database.execute("DROP TABLE IF EXISTS temp.moves")
        self._database.execute(MOVES)
        self._database.execute("CREATE INDEX temp.moves_target ON moves (target, timestamp)")

    def months(self) -> list[MonthEntry]:
        """Months with edits, the earliest first; what has no date comes last."""
        rows = self._database.execute(
            "SELECT COALESCE(substr(timestamp, 1, 7), :undated) AS month, count(*), count(DISTINCT user_id),"
            " sum(parent_id = 0) FROM revisions GROUP BY month ORDER BY month",
            {"undated": UNDATED},
        )
        return [MonthEntry(month, edits, users, new or 0) for month, edits, users, new in rows]

    def edits(self, month: str) -> Iterator[tuple[PageName, RevisionEntry]]:
        """The edits of a month, newest first."""
        yield from self._entries.revisions_in(None if month == UNDATED else month)

    def log_months(self) -> list[tuple[str, int]]:
        """Months with lines in the logs, the earliest first, and how many lines."""
        rows = self._database.execute(
            "SELECT COALESCE(substr(timestamp, 1, 7), :undated) AS month, count(*) FROM log_events"
            " GROUP BY month ORDER BY month",
            {"undated": UNDATED},
        )
        return [(month, lines) for month, lines in rows]

    def log_types(self) -> list[tuple[str, int]]:
        """Logs, and how many lines each has."""
        return list(self._database.execute("SELECT type, count(*) FROM log_events GROUP BY type ORDER BY type"))

    def log_of(self, month: str) -> Iterator[LogEntry]:
        """All logs of a month, newest first."""
        condition = "timestamp IS NULL" if month == UNDATED else OF_MONTH
        yield from self._log(condition, {"month": month})

    def log(self, type_: str) -> Iterator[LogEntry]:
        """One log, newest first."""
        yield from self._log("type = :type", {"type": type_})

    def former_titles(self, page_id: int, title: Title) -> list[tuple[str | None, Title]]:
        """Under which titles a page stood before, the latest first, and until when.

        The log of moves tells, and captured pages that showed it under another title.
        """
        moved = self._moved_from(title)
        known = {title.full, *(former.full for _, former in moved)}
        shown = self._database.execute(
            "SELECT title, namespace_id FROM page_titles WHERE page_id = ? ORDER BY rev_id DESC", (page_id,)
        )
        return moved + [(None, self._titles.split(*row)) for row in shown if row[0] not in known]

    def _moved_from(self, title: Title) -> list[tuple[str | None, Title]]:
        found: list[tuple[str | None, Title]] = []
        seen = {title.full}
        before = "9999"
        while True:
            row = self._database.execute(MOVED_TO, {"title": title.full, "before": before}).fetchone()
            if row is None or row[1] in seen:
                return found
            before, title = row[0], self._titles.split(row[1], row[2])
            seen.add(title.full)
            found.append((before, title))

    def _log(self, condition: str, values: dict[str, str]) -> Iterator[LogEntry]:
        query = f"{LINES} WHERE {condition} ORDER BY timestamp DESC, log_id DESC"
        yield from map(self._line, self._database.execute(query, values))

    def _line(self, row: tuple[Any, ...]) -> LogEntry:
        log_id, type_, action, timestamp, exactness, user, namespace_id, title, comment, params, tags, hidden = row
        params = json.loads(params)
        return LogEntry(
            log_id,
            type_,
            action,
            timestamp,
            Exactness(exactness or Exactness.SECOND),
            user,
            None if title is None else self._titles.split(title, namespace_id or 0),
            comment,
            params if isinstance(params, dict) else {},
            tuple(json.loads(tags)),
            frozenset(map(Hidden, json.loads(hidden))),
        )


LINES = (
    "SELECT log_id, type, action, timestamp, exactness, u.name, namespace_id, title, comment, params, tags, hidden"
    " FROM log_events LEFT JOIN users u USING (user_id)"
)
MOVES = (
    "CREATE TEMP TABLE moves AS SELECT json_extract(params, '$.target_title') AS target, timestamp, title, namespace_id"
    " FROM log_events WHERE type = 'move' AND title IS NOT NULL AND timestamp IS NOT NULL AND json_valid(params)"
)
MOVED_TO = (
    "SELECT timestamp, title, namespace_id FROM temp.moves WHERE target = :title AND timestamp < :before"
    " ORDER BY timestamp DESC LIMIT 1"
)
