"""Displayed times put into UTC, wherever exact times of the same revisions tell the zone; undone and done anew when
more is known. The times as they were displayed stay in `mentions`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Mapping

from scraper.archive.calibration import Comparison, SettledOffsets, common_offsets, own_offsets

ROUNDS = 20  # an answer that shares a revision with one whose zone is known is known in the next round
MINUTES = "CAST(strftime('%s', substr({}, 1, 16)) AS INTEGER) / 60"
BEGIN = f"""
DROP TABLE IF EXISTS temp.exact_times;
CREATE TEMP TABLE exact_times (rev_id INTEGER PRIMARY KEY, minute INTEGER NOT NULL);
DROP TABLE IF EXISTS temp.found;
CREATE TEMP TABLE found (mention_id INTEGER PRIMARY KEY, rev_id INTEGER NOT NULL, minute INTEGER NOT NULL);
INSERT INTO exact_times SELECT rev_id, {MINUTES.format("timestamp")} FROM revisions
    WHERE timestamp IS NOT NULL AND exactness != 'zone unknown' AND json_extract(origins, '$.timestamp') IS NULL
        AND rev_id IN (SELECT rev_id FROM mentions WHERE exactness = 'zone unknown');
INSERT OR IGNORE INTO exact_times SELECT rev_id, {MINUTES.format("timestamp")} FROM mentions
    WHERE exactness IN ('second', 'minute') ORDER BY exactness DESC, timestamp;
"""
DISPLAYED = "m.exactness = 'zone unknown' AND m.timestamp IS NOT NULL"
# A day's displayed times together: they have one offset.
COMPARISONS = f"""
SELECT m.capture_id, {MINUTES.format("min(m.timestamp)")},
    {MINUTES.format("m.timestamp")} - e.minute AS offset, count(*)
FROM mentions m JOIN exact_times e USING (rev_id) JOIN captures USING (capture_id)
WHERE {DISPLAYED} AND harvest_id = ? GROUP BY m.capture_id, substr(m.timestamp, 1, 10), offset
"""
TAKEN = f"""
SELECT DISTINCT c.capture_id, {MINUTES.format("c.taken_at")} FROM captures c JOIN mentions m USING (capture_id)
WHERE {DISPLAYED} AND harvest_id = ?
"""
HARVESTS = f"SELECT DISTINCT harvest_id FROM captures JOIN mentions m USING (capture_id) WHERE {DISPLAYED} ORDER BY 1"
OF_ANSWER = f"""
SELECT mention_id, rev_id, {MINUTES.format("timestamp")} FROM mentions m WHERE {DISPLAYED} AND capture_id = ?
"""
UTC = "strftime('%Y-%m-%dT%H:%M:00Z', f.minute * 60, 'unixepoch')"
CHANGED = f"""
SELECT m.rev_id FROM mentions m LEFT JOIN found f USING (mention_id)
WHERE {DISPLAYED} AND utc IS NOT {UTC}
"""
WRITE = f"""
UPDATE mentions AS m SET utc = (SELECT {UTC} FROM found f WHERE f.mention_id = m.mention_id)
WHERE {DISPLAYED} AND utc IS NOT (SELECT {UTC} FROM found f WHERE f.mention_id = m.mention_id)
"""


def find_zones(connection: sqlite3.Connection) -> list[int]:
    """Put what can be into UTC, inside a transaction: the revisions of which times have changed by it."""
    for statement in BEGIN.split(";\n"):
        connection.execute(statement)
    harvests = [row[0] for row in connection.execute(HARVESTS)]
    for _ in range(ROUNDS):
        before = _number_of_exact_times(connection)
        for harvest_id in harvests:
            _find(connection, _own(connection, harvest_id))
        connection.execute("INSERT OR IGNORE INTO exact_times SELECT rev_id, min(minute) FROM found GROUP BY rev_id")
        if _number_of_exact_times(connection) == before:
            break
    for harvest_id in harvests:
        taken = dict(connection.execute(TAKEN, (harvest_id,)).fetchall())
        _find(connection, common_offsets(_own(connection, harvest_id), taken))
    changed = [row[0] for row in connection.execute(CHANGED)]
    connection.execute(WRITE)
    return changed


def _number_of_exact_times(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM exact_times").fetchone()[0])


def _own(connection: sqlite3.Connection, harvest_id: int) -> dict[Hashable, SettledOffsets]:
    return own_offsets(Comparison(*row) for row in connection.execute(COMPARISONS, (harvest_id,)))


def _find(connection: sqlite3.Connection, offsets: Mapping[Hashable, SettledOffsets]) -> None:
    """Remember the minutes in UTC of what these answers display."""
    for answer, settled in offsets.items():
        rows = connection.execute(OF_ANSWER, (answer,)).fetchall() if settled.known else []
        found = ((mention_id, rev_id, displayed, settled.at(displayed)) for mention_id, rev_id, displayed in rows)
        connection.executemany(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?)",
            [
                (mention_id, rev_id, displayed - offset)
                for mention_id, rev_id, displayed, offset in found
                if offset is not None
            ],
        )
