"""Lines of logs and versions of files that pages show without id or second, and that an exact source tells as well.

Both times are whole minutes apart by what can be a zone's offset, and everything else is the same.
"""

from __future__ import annotations

import sqlite3

from scraper.archive.calibration import EARLIEST, LATEST, STEP

MINUTES = "CAST(strftime('%s', substr({}, 1, 16)) AS INTEGER) / 60"
APART = f"({MINUTES.format('v.timestamp')} - {MINUTES.format('x.timestamp')})"
SAME_MOMENT = f"""
    (v.timestamp IS x.timestamp OR {APART} % {STEP} = 0 AND {APART} BETWEEN {EARLIEST} AND {LATEST}
        AND (v.exactness = 'zone unknown' OR {APART} = 0))
"""
FORGET_LINES = f"""
DELETE FROM log_events AS v WHERE log_id < 0 AND EXISTS (
    SELECT 1 FROM log_events x WHERE x.title IS v.title AND x.log_id > 0 AND x.type = v.type
        AND v.action IN ('', x.action) AND x.user_id IS v.user_id AND {SAME_MOMENT})
"""
VERSIONS = f"""
SELECT v.version_id, x.version_id FROM file_versions v CROSS JOIN file_versions x USING (file_id)
WHERE v.via = 'html' AND v.exactness != 'second' AND x.exactness = 'second' AND x.size IS v.size
    AND +x.user_id IS v.user_id AND {SAME_MOMENT}
"""
TAKE_BYTES = """
UPDATE file_versions SET blob_id = COALESCE(blob_id, (SELECT blob_id FROM file_versions WHERE version_id = ?))
WHERE version_id = ?
"""


def join_twins(connection: sqlite3.Connection) -> None:
    """What is told exactly stays, inside a transaction."""
    connection.execute(FORGET_LINES)
    for shown, exact in connection.execute(VERSIONS).fetchall():
        connection.execute(TAKE_BYTES, (shown, exact))
        connection.execute("DELETE FROM file_versions WHERE version_id = ?", (shown,))
