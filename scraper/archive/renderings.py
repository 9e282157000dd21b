"""The wiki's own HTML of pages: of each page the newest is current, each older revision's is kept beside it.

A view that tells its revision is preferred to one that does not, a newer revision to an older one, the API's HTML to
one cut out of a skin, then a later view to an earlier one: whatever comes first, the same one becomes current.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from scraper.archive.columns import dumps, iso
from scraper.model import PageView, Rendering, Via

Row = tuple[object, ...]
COLUMNS = "page_id, rev_id, html, display_title, categories, sections, language_links, taken_at, via"
BEST_FIRST = "ORDER BY COALESCE(rev_id, 0) DESC, via = 'api' DESC, COALESCE(taken_at, '') DESC, html DESC"
KEEP_CURRENT = """
INSERT OR REPLACE INTO renderings (page_id, rev_id, html, display_title, categories, sections, language_links, taken_at,
    via, touched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
KEEP_OLD = f"INSERT INTO old_renderings ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
SAME = f"""
SELECT rendering_id, {COLUMNS} FROM old_renderings WHERE page_id = :page AND rev_id = :rev
UNION SELECT rendering_id, {COLUMNS} FROM old_renderings
    WHERE page_id = :page AND html = :html AND rev_id IS NULL AND :rev IS NULL
"""
FORGET_COPIES = """
DELETE FROM old_renderings AS o WHERE rev_id IS NULL AND (
    EXISTS (SELECT 1 FROM old_renderings x WHERE x.page_id = o.page_id AND x.html = o.html AND x.rev_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM renderings x WHERE x.page_id = o.page_id AND x.html = o.html))
"""
OUTDONE = """
DELETE FROM old_renderings
WHERE page_id = :page AND (rev_id = :rev OR (:rev IS NULL AND rev_id IS NULL AND html = :html))
"""
BEST = f"""
SELECT * FROM (
    SELECT 0 AS rendering_id, {COLUMNS} FROM renderings WHERE page_id = :page
    UNION ALL SELECT rendering_id, {COLUMNS} FROM old_renderings WHERE page_id = :page
        AND rev_id IS (SELECT max(rev_id) FROM old_renderings WHERE page_id = :page)
) {BEST_FIRST} LIMIT 1
"""


class RenderingSaver:
    """Every change belongs into a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
        )
        held = self._connection.execute("SELECT via FROM renderings WHERE page_id = ?", (rendering.page_id,)).fetchone()
        if held is None or held[0] == rendering.via:
            self._connection.execute(KEEP_CURRENT, (*row, iso(rendering.touched_at)))
        else:
            keep_old(self._connection, row)
        elect(self._connection, rendering.page_id)

    def settle(self) -> None:
        """A view that does not tell its revision adds nothing where another one shows the same."""
        self._connection.execute(FORGET_COPIES)

    def save_view(self, page_id: int, view: PageView) -> None:
        """What a captured page shows."""
        keep_old(self._connection, _row_of(page_id, view))
        elect(self._connection, page_id)


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
    )


def _categories(sort_keys: Mapping[str, str]) -> list[dict[str, str]]:
    """In the shape of action=parse."""
    return [{"category": name.replace(" ", "_"), "sortkey": key} for name, key in sort_keys.items()]


def keep_old(connection: sqlite3.Connection, row: Row) -> None:
    """Keep a rendering among the old ones, the better one where its revision has one already."""
    for rendering_id, *held in connection.execute(SAME, {"page": row[0], "rev": row[1], "html": row[2]}).fetchall():
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


def _merit(row: Row) -> tuple[int, bool, str, str]:
    """The order of BEST_FIRST."""
    _, rev_id, html, *_, taken_at, via = row
    return int(str(rev_id or 0)), via == Via.API, str(taken_at or ""), str(html)
