"""A title is one page's at a time: of several pages that were shown under it, whose it is now.

The page with the newer revision has it; the others were deleted, or moved to where nobody saw them. What a living wiki
lists is never doubted.
"""

from __future__ import annotations

import sqlite3

OUSTED = """
SELECT o.page_id, COALESCE(r.timestamp, (SELECT max(started_at) FROM harvests), '') FROM (
    SELECT page_id, via, row_number() OVER same AS place, first_value(latest_rev_id) OVER same AS rev_id
    FROM pages WHERE gone_at IS NULL AND title IN (SELECT title FROM pages GROUP BY title HAVING count(*) > 1)
    WINDOW same AS (PARTITION BY title ORDER BY via = 'api' DESC, COALESCE(latest_rev_id, 0) DESC, page_id DESC)
) o LEFT JOIN revisions r USING (rev_id) WHERE place > 1 AND o.via != 'api'
"""
COME_BACK = """
UPDATE {} SET gone_at = NULL WHERE gone_at IS NOT NULL
    AND page_id IN (SELECT page_id FROM pages WHERE gone_at IS NOT NULL AND NOT is_expected AND NOT is_listed)
"""
TABLES = ("revisions", "pages")


def bring_back(connection: sqlite3.Connection) -> None:
    """Pages that only captures know are gone for want of a title only: another capture may have told one."""
    for table in TABLES:
        connection.execute(COME_BACK.format(table))


def oust(connection: sqlite3.Connection) -> None:
    """Who has lost the title is gone since the revision that shows it with another; inside a transaction."""
    for page_id, since in connection.execute(OUSTED).fetchall():
        for table in TABLES:
            connection.execute(
                f"UPDATE {table} SET gone_at = ? WHERE page_id = ? AND gone_at IS NULL", (since, page_id)
            )
