"""A page's number changes when its true id is told: everything that was said of it follows, what was derived goes."""

from __future__ import annotations

import sqlite3

from scraper.archive.renderings import COLUMNS, elect, keep_old

# What the wiki said of a page, and where the site has it. All other tables that have pages are derived: the next
# parsing makes their rows again.
FACTS = frozenset({
    "revisions", "mentions", "section_texts", "loose_texts", "history_gaps", "page_titles", "addresses",
})  # fmt: skip
TIED = """
    SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND f."table" = 'pages'
"""
RENDERINGS = f"""
    SELECT {COLUMNS} FROM renderings WHERE page_id = :page
    UNION ALL SELECT {COLUMNS} FROM old_renderings WHERE page_id = :page
"""
FORGET_WORDS = """
    INSERT INTO page_text_fts (page_text_fts, rowid, title, text, alias)
    SELECT 'delete', page_id, title, text, alias FROM page_text WHERE page_id = ?
"""
TAKE_OVER = """
    UPDATE pages SET is_redirect = CASE WHEN pages.is_listed THEN pages.is_redirect
            ELSE max(pages.is_redirect, o.is_redirect) END,
        latest_rev_id = COALESCE(pages.latest_rev_id, o.latest_rev_id),
        is_expected = max(pages.is_expected, o.is_expected)
    FROM pages o WHERE pages.page_id = :new AND o.page_id = :old
"""


def renumber(connection: sqlite3.Connection, old: int, new: int) -> None:
    """The page ``old`` is the page ``new``, which has a row; inside a transaction."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute(FORGET_WORDS, (old,))
    for rendering in connection.execute(RENDERINGS, {"page": old}).fetchall():
        keep_old(connection, (new, *rendering[1:]))
    for table, column in connection.execute(TIED).fetchall():
        if table in FACTS or column != "page_id":
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        if column == "page_id":
            connection.execute(f"DELETE FROM {table} WHERE page_id = ?", (old,))
    connection.execute("UPDATE problems SET page_id = ? WHERE page_id = ? AND stage = 'harvest'", (new, old))
    connection.execute("DELETE FROM problems WHERE page_id = ?", (old,))
    connection.execute(TAKE_OVER, {"new": new, "old": old})
    connection.execute("DELETE FROM pages WHERE page_id = ?", (old,))
    elect(connection, new)
