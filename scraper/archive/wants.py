"""What the facts themselves say is still missing. Each question takes keys above ``after``, so that what cannot be
had is asked for once in a harvest and not for ever.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

REVISIONS = """
    SELECT rev_id FROM (
        SELECT latest_rev_id AS rev_id FROM pages WHERE gone_at IS NULL
        UNION SELECT parent_id FROM revisions WHERE gone_at IS NULL
    ) known
    WHERE rev_id > ? AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.rev_id = known.rev_id)
        AND NOT EXISTS (SELECT 1 FROM absent_revisions a WHERE a.rev_id = known.rev_id)
    ORDER BY rev_id LIMIT ?
"""
TEXTS = """
    SELECT rev_id FROM revisions WHERE rev_id > ? AND text_id IS NULL AND gone_at IS NULL AND is_expected
        AND hidden NOT LIKE '%"text"%'
        AND NOT EXISTS (SELECT 1 FROM problems WHERE code = 'text-lost' AND subject = 'revision ' || rev_id)
    ORDER BY rev_id LIMIT ?
"""
STALE = """
    FROM pages p LEFT JOIN renderings x USING (page_id)
    WHERE p.page_id > ? AND p.gone_at IS NULL AND p.latest_rev_id IS NOT NULL
        AND (x.rev_id IS NOT p.latest_rev_id OR x.touched_at IS NOT p.touched_at)
"""
BYTES = """
    FROM file_versions v JOIN files USING (file_id)
    WHERE v.version_id > ? AND v.blob_id IS NULL AND v.gone_at IS NULL AND v.url IS NOT NULL
        AND v.hidden NOT LIKE '%"file"%'
"""


@dataclass(frozen=True, slots=True)
class WantedRendering:
    """A page without rendering of its present state."""

    page_id: int
    rev_id: int
    touched_at: str | None
    title: str


@dataclass(frozen=True, slots=True)
class WantedBytes:
    """A file version whose bytes are not here; ``size`` and ``sha1`` are what the wiki said."""

    version_id: int
    name: str
    timestamp: str | None
    url: str
    size: int | None
    sha1: str | None


class Wants:
    """Reads the archive's tables; changes belong into a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def revisions(self, after: int, count: int) -> list[int]:
        """Revisions that a page or a child names and that are not here."""
        return self._ids(REVISIONS, after, count)

    def texts(self, after: int, count: int) -> list[int]:
        """Revisions that are here without the text that the wiki should have."""
        return self._ids(TEXTS, after, count)

    def ids_between(self, first: int, last: int, count: int) -> list[int]:
        """Revision ids from ``first`` to ``last`` of which nothing is known."""
        rows = self._connection.execute(
            "WITH RECURSIVE ids (rev_id) AS (SELECT ? UNION ALL SELECT rev_id + 1 FROM ids WHERE rev_id < ?)"
            " SELECT rev_id FROM ids WHERE rev_id NOT IN (SELECT rev_id FROM revisions)"
            " AND rev_id NOT IN (SELECT rev_id FROM absent_revisions) LIMIT ?",
            (first, last, count),
        )
        return [row[0] for row in rows]

    def greatest_rev_id(self) -> int:
        """The greatest revision id that anything here names."""
        row = self._connection.execute(
            "SELECT max(COALESCE((SELECT max(rev_id) FROM revisions), 0),"
            " COALESCE((SELECT max(latest_rev_id) FROM pages), 0))"
        ).fetchone()
        return int(row[0])

    def remember_absent(self, rev_ids: Iterable[int], seen_at: str) -> None:
        """The wiki does not have these; they are not asked for again."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO absent_revisions VALUES (?, ?)", [(rev_id, seen_at) for rev_id in rev_ids]
        )

    def is_gone(self, page_id: int) -> bool:
        """Whether the page is held as one that the wiki has lost."""
        row = self._connection.execute("SELECT gone_at FROM pages WHERE page_id = ?", (page_id,)).fetchone()
        return row is not None and row[0] is not None

    def times_of_log_events(self, log_ids: Iterable[int]) -> list[str]:
        """The seconds at which these happened, of those that are here."""
        rows = self._connection.execute(
            "SELECT DISTINCT timestamp FROM log_events WHERE timestamp IS NOT NULL"
            " AND log_id IN (SELECT value FROM json_each(?)) ORDER BY timestamp",
            (json.dumps(list(log_ids)),),
        )
        return [row[0] for row in rows]

    def renderings(self, after: int, count: int) -> list[WantedRendering]:
        """Pages whose rendering is missing, of an older revision, or out of date."""
        rows = self._connection.execute(
            f"SELECT p.page_id, p.latest_rev_id, p.touched_at, p.title {STALE} ORDER BY p.page_id LIMIT ?",
            (after, count),
        )
        return [WantedRendering(*row) for row in rows]

    def count_renderings(self) -> int:
        """How many there are."""
        return int(self._connection.execute(f"SELECT count(*) {STALE}", (0,)).fetchone()[0])

    def count_problems(self, prefix: str) -> int:
        """How many things of a kind could not be had before; ``prefix`` begins the problems' codes."""
        query = "SELECT count(*) FROM problems WHERE code LIKE ? || '%' AND stage = 'harvest'"
        return int(self._connection.execute(query, (prefix,)).fetchone()[0])

    def file_bytes(self, after: int, count: int) -> list[WantedBytes]:
        """File versions that have an address and no bytes here."""
        rows = self._connection.execute(
            f"SELECT v.version_id, name, v.timestamp, v.url, v.size, v.sha1 {BYTES} ORDER BY v.version_id LIMIT ?",
            (after, count),
        )
        return [WantedBytes(*row) for row in rows]

    def count_file_bytes(self) -> int:
        """How many there are."""
        return int(self._connection.execute(f"SELECT count(*) {BYTES}", (0,)).fetchone()[0])

    def keep_bytes(self, version_id: int, blob_id: int) -> None:
        """These are the bytes of that file version; pages of many versions round how many they are."""
        self._connection.execute(
            "UPDATE file_versions SET blob_id = ?1, size = COALESCE(size, (SELECT size FROM blobs WHERE blob_id = ?1))"
            " WHERE version_id = ?2",
            (blob_id, version_id),
        )

    def _ids(self, query: str, after: int, count: int) -> list[int]:
        return [row[0] for row in self._connection.execute(query, (after, count))]
