"""Views of pages given to the revisions that they show, where these were saved in the minute that the page displays."""

from __future__ import annotations

import sqlite3

from scraper.archive.renderings import COLUMNS, elect, keep_old
from scraper.archive.saving import Saver
from scraper.model import Place, RevisionMention, Via

# The time as both were displayed; what is known in UTC may be another moment. Of several revisions of one minute the
# last is meant.
FOUND = """
WITH loose AS (
    SELECT 'renderings' AS home, rowid AS id, page_id, modified_at FROM renderings WHERE rev_id IS NULL
    UNION ALL SELECT 'old_renderings', rowid, page_id, modified_at FROM old_renderings WHERE rev_id IS NULL
), minutes AS (
    SELECT page_id, substr(timestamp, 1, 16) AS minute, max(rev_id) AS rev_id FROM mentions
    WHERE exactness = 'zone unknown' AND page_id IN (SELECT page_id FROM loose WHERE modified_at IS NOT NULL)
    GROUP BY page_id, minute
)
SELECT home, id, page_id, m.rev_id FROM loose JOIN minutes m USING (page_id) WHERE minute = substr(modified_at, 1, 16)
"""


def place_loose_views(connection: sqlite3.Connection, saver: Saver) -> None:
    """Tell every such view its revision, inside a transaction."""
    found = connection.execute(FOUND).fetchall()
    for home, number, page_id, rev_id in found:
        (view,) = connection.execute(f"DELETE FROM {home} WHERE rowid = ? RETURNING {COLUMNS}", (number,)).fetchall()
        _, _, *middle, via, is_old, _ = view
        keep_old(connection, (page_id, rev_id, *middle, via, is_old, None))
        place = Place.OLD_VIEW if is_old else Place.VIEW
        saver.save(RevisionMention(rev_id, None, place, Via(via), page_id=page_id, is_latest=None if is_old else True))
    for page_id in {page_id for _, _, page_id, _ in found}:
        elect(connection, page_id)
