"""The wiki's own HTML of pages: of each page the newest is current, each older revision's is kept beside it.

A newer revision is preferred to an older one, the API's HTML to one cut out of a skin, then a later view to an earlier
one. A view of the page as it stood that does not tell its revision counts below one that does, and above those of old
versions, unless the newest of these was saved after it was taken. Whatever comes first, the same one becomes current.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from scraper.archive.calibration import LATEST
from scraper.archive.columns import dumps, iso
from scraper.model import PageView, Rendering, Via

Row = tuple[object, ...]
COLUMNS = """
    page_id, rev_id, html, display_title, categories, sections, language_links, taken_at, via, is_old, modified_at
"""
KEEP_CURRENT = """
INSERT OR REPLACE INTO renderings (page_id, rev_id, html, display_title, categories, sections, language_links, taken_at,
    via, is_old, modified_at, touched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
KEEP_OLD = f"INSERT INTO old_renderings ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
SAME = f"SELECT rendering_id, {COLUMNS} FROM old_renderings WHERE page_id = ? AND rev_id = ?"
# A page may have been captured thousands of times: what is the same is found by sorting, not by comparing each to each.
FORGET_TWINS = """
DELETE FROM old_renderings WHERE rendering_id IN (
    SELECT rendering_id FROM (
        SELECT rendering_id, row_number() OVER (PARTITION BY page_id, html
            ORDER BY is_old, via = 'api' DESC, COALESCE(taken_at, '') DESC, COALESCE(modified_at, '') DESC) AS place
        FROM old_renderings WHERE rev_id IS NULL
    ) WHERE place > 1)
"""
FORGET_COPIES = """
DELETE FROM old_renderings WHERE rev_id IS NULL AND (page_id, html) IN (
    SELECT page_id, html FROM old_renderings WHERE rev_id IS NOT NULL
        AND page_id IN (SELECT page_id FROM old_renderings WHERE rev_id IS NULL)
    UNION ALL SELECT page_id, html FROM renderings
        WHERE page_id IN (SELECT page_id FROM old_renderings WHERE rev_id IS NULL))
"""
OUTDONE = """
DELETE FROM old_renderings
WHERE page_id = :page AND (rev_id = :rev OR (:rev IS NULL AND rev_id IS NULL AND html = :html))
"""
# Where the page does not tell its revision, what the newest one is and when it was saved decides. That time may be
# displayed in any zone: what is later by more than the farthest offset is surely later.
BEST = f"""
WITH shown AS (
    SELECT 0 AS rendering_id, {COLUMNS} FROM renderings WHERE page_id = :page
    UNION ALL SELECT rendering_id, {COLUMNS} FROM old_renderings WHERE page_id = :page AND rev_id IS NULL
    UNION ALL SELECT rendering_id, {COLUMNS} FROM old_renderings WHERE page_id = :page
        AND rev_id = (SELECT max(rev_id) FROM old_renderings WHERE page_id = :page)
), newest AS (
    SELECT rev_id, html FROM shown WHERE rev_id IS NOT NULL ORDER BY rev_id DESC, is_old, html LIMIT 1
)
SELECT s.* FROM shown s LEFT JOIN newest n LEFT JOIN revisions r ON r.rev_id = n.rev_id
ORDER BY NOT s.is_old AND s.rev_id IS n.rev_id DESC,
    NOT s.is_old AND s.rev_id IS NULL AND s.html IS NOT n.html AND COALESCE(r.timestamp, '') < COALESCE(
        strftime('%Y-%m-%dT%H:%M:%SZ', s.taken_at, '{LATEST} minutes'), 'later') DESC,
    COALESCE(s.rev_id, 0) DESC, s.is_old, s.via = 'api' DESC, COALESCE(s.taken_at, '') DESC, s.html DESC
LIMIT 1
"""
UNTOLD = """
SELECT page_id FROM renderings WHERE rev_id IS NULL UNION SELECT page_id FROM old_renderings WHERE rev_id IS NULL
"""


class RenderingSaver:
    """Every change belongs into a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed: set[int] = set()  # pages of which there are new views

    def save(self, rendering: Rendering) -> None:
        """What the wiki rendered for us: it takes the place of what it rendered before."""
        row = (
            rendering.page_id,
            rendering.rev_id,
            rendering.html,
            rendering.display_title,
            dumps(rendering.categories),
            dumps(rendering.sections),
            dumps(rendering.language_links),
            None,
            rendering.via,
            False,
            None,
        )
        held = self._connection.execute("SELECT via FROM renderings WHERE page_id = ?", (rendering.page_id,)).fetchone()
        if held is None or held[0] == rendering.via:
            self._connection.execute(KEEP_CURRENT, (*row, iso(rendering.touched_at)))
        else:
            keep_old(self._connection, row)
        elect(self._connection, rendering.page_id)

    def settle(self) -> None:
        """A view that does not tell its revision adds nothing where another one shows the same.

        Whether it is newer than an old version can be told once all of the page's revisions are known.
        """
        self._connection.execute(FORGET_TWINS)
        self._connection.execute(FORGET_COPIES)
        for (page_id,) in self._connection.execute(UNTOLD).fetchall():
            elect(self._connection, page_id)

    def save_view(self, page_id: int, view: PageView) -> None:
        """What a captured page shows."""
        keep_old(self._connection, _row_of(page_id, view))
        self._changed.add(page_id)

    def flush(self) -> None:
        """Before a transaction ends; one election serves however many captures there are of a page."""
        for page_id in sorted(self._changed):
            elect(self._connection, page_id)
        self.forget()

    def forget(self) -> None:
        """After a rolled back transaction."""
        self._changed.clear()


def _row_of(page_id: int, view: PageView) -> Row:
    return (
        page_id,
        view.rev_id,
        view.html,
        view.display_title,
        dumps(_categories(view.categories or {})),
        "[]",
        dumps([{"lang": code, "url": url, "title": ""} for code, url in sorted((view.language_links or {}).items())]),
        iso(view.taken_at),
        view.via,
        view.is_old,
        iso(view.modified_at),
    )


def _categories(sort_keys: Mapping[str, str]) -> list[dict[str, str]]:
    """In the shape of action=parse."""
    return [{"category": name.replace(" ", "_"), "sortkey": key} for name, key in sort_keys.items()]


def keep_old(connection: sqlite3.Connection, row: Row) -> None:
    """Keep a rendering among the old ones, the better one where its revision has one already."""
    for rendering_id, *held in connection.execute(SAME, row[:2]).fetchall():
        if _merit(tuple(held)) >= _merit(row):
            return
        connection.execute("DELETE FROM old_renderings WHERE rendering_id = ?", (rendering_id,))
    connection.execute(KEEP_OLD, row)


def elect(connection: sqlite3.Connection, page_id: int) -> None:
    """Make the best rendering of a page its current one; what was current becomes old unless it is outdone."""
    best = connection.execute(BEST, {"page": page_id}).fetchone()
    current = connection.execute(f"SELECT {COLUMNS} FROM renderings WHERE page_id = ?", (page_id,)).fetchone()
    if best is not None and best[0]:
        connection.execute("DELETE FROM old_renderings WHERE rendering_id = ?", (best[0],))
        connection.execute(KEEP_CURRENT, (*best[1:], None))
        if current is not None:
            keep_old(connection, current)
    if best is not None:
        connection.execute(OUTDONE, {"page": page_id, "rev": best[2], "html": best[3]})


def _merit(row: Row) -> tuple[bool, bool, str, str]:
    """Of two that show the same: the order of BEST."""
    _, _, html, *_, taken_at, via, is_old, _ = row
    return not is_old, via == Via.API, str(taken_at or ""), str(html)
