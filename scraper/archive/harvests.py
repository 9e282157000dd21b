"""The book of harvests: each run that fetched from the wiki or read a dump, and the answers it read facts from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from scraper.model import Capture, Sha1, Timestamp

# Kinds of sources that cannot be asked for more.
FROZEN = frozenset({"copy", "captures"})
UNUSED = "DELETE FROM harvests WHERE harvest_id = ?1 AND NOT EXISTS (SELECT 1 FROM captures WHERE harvest_id = ?1)"
SUPERSEDED = """
DELETE FROM {table} WHERE capture_id IN (
    SELECT capture_id FROM captures JOIN harvests old USING (harvest_id) JOIN harvests new USING (source, kind)
    WHERE new.harvest_id = ? AND old.harvest_id < new.harvest_id)
"""


@dataclass(frozen=True, slots=True)
class Harvest:
    """One line of the book. ``is_resumed`` says that an earlier process began it and was killed."""

    harvest_id: int
    kind: str
    is_resumed: bool


class Harvests:
    """Every change belongs into a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._running: Harvest | None = None
        self._is_later = False

    @property
    def running_id(self) -> int | None:
        """The harvest that this process has begun and not ended."""
        return self._running.harvest_id if self._running else None

    def can_ask(self) -> bool:
        """Whether what is missing could be asked for: frozen copies and captures have no more than they have."""
        return self._running is None or self._running.kind not in FROZEN

    def has_ended_before(self) -> bool:
        """Whether, while a harvest runs, an earlier one has come to its end."""
        return self._running is not None and self._is_later

    def begin(self, source: str, kind: str, options: Mapping[str, Any], at: Timestamp) -> Harvest:
        """Go on with a harvest of this source that never ended, or begin a new one. ``options`` holds no secrets."""
        row = self._connection.execute(
            "SELECT harvest_id FROM harvests WHERE outcome = 'running' AND source = ? AND kind = ?"
            " ORDER BY harvest_id DESC LIMIT 1",
            (source, kind),
        ).fetchone()
        if row is not None:
            return self._run(Harvest(row[0], kind, is_resumed=True))
        made = self._connection.execute(
            "INSERT INTO harvests (source, kind, options, tool_version, started_at, outcome)"
            " VALUES (?, ?, ?, ?, ?, 'running') RETURNING harvest_id",
            (source, kind, json.dumps(options, sort_keys=True), version("wikicompost"), at.iso),
        ).fetchone()
        return self._run(Harvest(made[0], kind, is_resumed=False))

    def abandon(self) -> None:
        """The harvest that this process has begun turned out to be of another wiki: what it did not save is undone."""
        if self._running is not None:
            harvest_id = self._running.harvest_id
            self._connection.execute("DELETE FROM frontier WHERE harvest_id = ?", (harvest_id,))
            self._connection.execute(UNUSED, (harvest_id,))
            self._connection.execute("UPDATE harvests SET outcome = 'refused' WHERE harvest_id = ?", (harvest_id,))
            self._running = None

    def record(self, harvest: Harvest, capture: Capture) -> int:
        """Count an answer and write it down; ``capture.url`` holds no secrets. Its number, for :meth:`Archive.save`."""
        made = self._connection.execute(
            "INSERT INTO captures (harvest_id, url, status, taken_at, size, sha1, via) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " RETURNING capture_id",
            (
                harvest.harvest_id,
                capture.url,
                capture.status,
                capture.taken_at.iso,
                len(capture.body),
                Sha1.of(capture.body).hex,
                capture.via,
            ),
        ).fetchone()
        self._connection.execute(
            "UPDATE harvests SET requests = requests + 1, bytes = bytes + ? WHERE harvest_id = ?",
            (len(capture.body), harvest.harvest_id),
        )
        return int(made[0])

    def end(self, harvest: Harvest, is_complete: bool, at: Timestamp) -> None:
        """The harvest came to its own end."""
        self._connection.execute(
            "UPDATE harvests SET ended_at = ?, outcome = ? WHERE harvest_id = ?",
            (at.iso, "complete" if is_complete else "short", harvest.harvest_id),
        )
        if harvest.kind in FROZEN:
            self._supersede(harvest)
        self._running = None

    def _run(self, harvest: Harvest) -> Harvest:
        query = "SELECT EXISTS (SELECT 1 FROM harvests WHERE ended_at IS NOT NULL AND harvest_id < ?)"
        self._is_later = bool(self._connection.execute(query, (harvest.harvest_id,)).fetchone()[0])
        self._running = harvest
        return harvest

    def _supersede(self, harvest: Harvest) -> None:
        """The same copy was read again, perhaps by better readers: what the last reading saw takes its place."""
        for table in ("mentions", "history_gaps", "captures"):
            self._connection.execute(SUPERSEDED.format(table=table), (harvest.harvest_id,))

    def is_first(self, harvest: Harvest) -> bool:
        """Whether no harvest of the same kind came to its end before."""
        row = self._connection.execute(
            "SELECT 1 FROM harvests WHERE kind = ? AND harvest_id < ? AND ended_at IS NOT NULL LIMIT 1",
            (harvest.kind, harvest.harvest_id),
        ).fetchone()
        return row is None

    def unfinished_source(self, kind: str) -> str | None:
        """What a harvest of this kind was asked for that was killed."""
        row = self._connection.execute(
            "SELECT source FROM harvests WHERE outcome = 'running' AND kind = ? ORDER BY harvest_id DESC LIMIT 1",
            (kind,),
        ).fetchone()
        return None if row is None else str(row[0])

    def last(self) -> sqlite3.Row | None:
        """The newest line: harvest_id, source, kind, options (JSON), started_at, ended_at, outcome, requests, bytes."""
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        row: sqlite3.Row | None = cursor.execute(
            "SELECT harvest_id, source, kind, options, started_at, ended_at, outcome, requests, bytes"
            " FROM harvests ORDER BY harvest_id DESC LIMIT 1"
        ).fetchone()
        return row
