"""Pages: those that the wiki lists, and those of which only their title is known.

A page whose id nobody told has a negative number. Once the id is told together with its title, everything that was
said of the title belongs to the page of that id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from scraper.archive.columns import dumps, iso
from scraper.archive.renumbering import renumber
from scraper.model import Page, PageGone, PageMention, PageProtection, Title, TitleMention, Via

REMEMBERED = 50_000
UNTITLED = "?curid="  # a page of which only the id is known, by the words of MediaWiki's own addresses
# What the wiki itself lists is better than what a dump of some day says, that better than what was seen in passing.
RANKS = "CASE {} WHEN 'api' THEN 4 WHEN 'export' THEN 3 WHEN 'dump' THEN 2 ELSE 1 END"

KEEP_PAGE = f"""
INSERT INTO pages (page_id, namespace_id, title, name, latest_rev_id, size, content_model, language,
    is_redirect, touched_at, protection, properties, is_listed, via, is_expected)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
ON CONFLICT (page_id) DO UPDATE SET namespace_id = excluded.namespace_id, title = excluded.title,
    name = excluded.name, latest_rev_id = COALESCE(excluded.latest_rev_id, latest_rev_id),
    size = COALESCE(excluded.size, size),
    content_model = COALESCE(excluded.content_model, content_model),
    language = COALESCE(excluded.language, language), is_redirect = excluded.is_redirect,
    touched_at = COALESCE(excluded.touched_at, touched_at),
    protection = CASE excluded.via WHEN 'html' THEN protection ELSE excluded.protection END,
    properties = CASE excluded.via WHEN 'html' THEN properties ELSE excluded.properties END,
    is_listed = 1, gone_at = NULL, via = excluded.via,
    is_expected = max(is_expected, excluded.is_expected)
WHERE {RANKS.format("excluded.via")} >= {RANKS.format("via")} OR excluded.via = 'html'
"""  # only a living wiki's pages tell how a page stands now; they do not tell what protects it
KEEP_MENTION = f"""
INSERT INTO pages (page_id, namespace_id, title, name, via, is_expected) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (page_id) DO UPDATE SET namespace_id = excluded.namespace_id, title = excluded.title,
    name = excluded.name, via = excluded.via
WHERE {RANKS.format("excluded.via")} > {RANKS.format("via")} OR title LIKE '{UNTITLED}%'
"""
KEEP_PROTECTION = "UPDATE pages SET protection = ?1 WHERE page_id = ?2 AND via = 'html' AND protection IS NOT ?1"
KEEP_TITLE = """
INSERT INTO page_titles (page_id, title, namespace_id, name, rev_id) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (page_id, title) DO UPDATE SET rev_id = excluded.rev_id WHERE excluded.rev_id > rev_id
"""
OF_TITLE = """
SELECT page_id FROM pages WHERE title = :title
UNION SELECT page_id FROM page_titles WHERE title = :title
ORDER BY page_id DESC LIMIT 1
"""
# Pages that nothing lists are called as they were with the newest revision of theirs that was seen.
NAME_PAGES = """
UPDATE pages SET (title, name, namespace_id) = (
    SELECT title, name, namespace_id FROM page_titles t WHERE t.page_id = pages.page_id
    ORDER BY rev_id DESC, title LIMIT 1)
WHERE via NOT IN ('api', 'export', 'dump') AND EXISTS (SELECT 1 FROM page_titles t WHERE t.page_id = pages.page_id)
"""


class PageSaver:
    """Remembers the numbers of titles seen lately, and which namespaces are there.

    ``can_ask`` says whether what tells of a page now could be asked for its content: a frozen copy cannot.
    """

    def __init__(self, connection: sqlite3.Connection, can_ask: Callable[[], bool]) -> None:
        self._connection = connection
        self.can_ask = can_ask
        self._namespaces: set[int] = set()
        self._ids: dict[tuple[str, int | None], int] = {}
        self._has_untold: bool | None = None
        self.renumbered: set[int] = set()  # pages to which the mentions of a page without id have come

    def forget(self) -> None:
        """After a rolled back transaction: what was remembered may not be in the archive."""
        self._namespaces.clear()
        self._ids.clear()
        self._has_untold = None
        self.renumbered.clear()

    def save(self, page: Page) -> None:
        self.ensure_namespace(page.title)
        self._connection.execute(
            KEEP_PAGE,
            (
                page.page_id,
                page.title.namespace_id,
                page.title.full,
                page.title.name,
                page.latest_rev_id,
                page.size,
                page.content_model,
                page.language,
                page.is_redirect,
                iso(page.touched_at),
                dumps(page.protection),
                dumps(page.properties),
                page.via,
                self.can_ask(),
            ),
        )
        self._join_untold(page.page_id, page.title.full)

    def mention(self, page: PageMention) -> None:
        self.ensure_namespace(page.title)
        title, can_ask = page.title, self.can_ask()
        row = (page.page_id, title.namespace_id, title.full, title.name, page.via, can_ask)
        self._connection.execute(KEEP_MENTION, row)
        if can_ask:
            self._expect(page.page_id)
        self._join_untold(page.page_id, title.full)

    def save_protection(self, found: PageProtection) -> None:
        """What a captured page says counts until the wiki's API or a dump says it."""
        page_id = self.id_of(found.title, found.page_id, found.via)
        self._connection.execute(KEEP_PROTECTION, (dumps(found.protection), page_id))

    def mention_title(self, mention: TitleMention) -> None:
        """Lists of titles do not tell ids; that a page is a redirect is believed once it is said."""
        page_id = self.id_of(mention.title, None, mention.via)
        if mention.is_redirect:
            self.mark_redirect(page_id)

    def mark_redirect(self, page_id: int) -> None:
        """Unless the wiki itself listed the page and says otherwise."""
        self._connection.execute(
            "UPDATE pages SET is_redirect = 1 WHERE page_id = ? AND NOT is_redirect AND NOT is_listed", (page_id,)
        )

    def mark_gone(self, gone: PageGone) -> None:
        for table in ("pages", "revisions"):
            self._connection.execute(
                f"UPDATE {table} SET gone_at = ? WHERE page_id = ? AND gone_at IS NULL",
                (gone.seen_at.iso, gone.page_id),
            )

    def id_of(self, title: Title | None, page_id: int | None, via: Via, rev_id: int = 0) -> int:
        """The number of the page that is mentioned, in ``rev_id`` if any; its row is made if need be.

        Raises ValueError when neither title nor id is given.
        """
        if title is None:
            return self._untitled(page_id, via)
        key = (title.full, page_id)
        found = self._ids.get(key)
        if found is None:
            found = self._told(page_id, title, via) if page_id is not None else self._untold(title, via)
            if len(self._ids) >= REMEMBERED:
                self._ids.clear()
            self._ids[key] = found
        if page_id is not None:
            self._connection.execute(KEEP_TITLE, (found, title.full, title.namespace_id, title.name, rev_id))
        return found

    def ensure_namespace(self, title: Title) -> None:
        """A dump without siteinfo, or a wiki that changed, may name a namespace that nobody described."""
        if title.namespace_id not in self._namespaces:
            self._connection.execute(
                "INSERT OR IGNORE INTO namespaces VALUES (?, ?, '', 'first-letter', 0, 0, '[]')",
                (title.namespace_id, title.prefix),
            )
            self._namespaces.add(title.namespace_id)

    def settle(self) -> None:
        """Give pages that captures showed under several titles the newest of these."""
        self._connection.execute(NAME_PAGES)
        self._ids.clear()

    def _untitled(self, page_id: int | None, via: Via) -> int:
        if page_id is None:
            raise ValueError("a mention names neither a title nor a page id")
        self.ensure_namespace(Title(0, ""))
        name = f"{UNTITLED}{page_id}"
        self._connection.execute(
            "INSERT OR IGNORE INTO pages (page_id, namespace_id, title, name, via, is_expected)"
            " VALUES (?, 0, ?, ?, ?, ?)",
            (page_id, name, name, via, self.can_ask()),
        )
        return page_id

    def _told(self, page_id: int, title: Title, via: Via) -> int:
        self.mention(PageMention(page_id, title, via))
        return page_id

    def _untold(self, title: Title, via: Via) -> int:
        row = self._connection.execute(OF_TITLE, {"title": title.full}).fetchone()
        if row is not None:
            if self.can_ask():
                self._expect(row[0])
            return int(row[0])
        self.ensure_namespace(title)
        self._has_untold = True
        made = self._connection.execute(
            "INSERT INTO pages (page_id, namespace_id, title, name, via, is_expected)"
            " SELECT min(0, COALESCE(min(page_id), 0)) - 1, ?, ?, ?, ?, ? FROM pages RETURNING page_id",
            (title.namespace_id, title.full, title.name, via, self.can_ask()),
        )
        return int(made.fetchone()[0])

    def _expect(self, page_id: int) -> None:
        self._connection.execute("UPDATE pages SET is_expected = 1 WHERE page_id = ? AND NOT is_expected", (page_id,))

    def _join_untold(self, page_id: int, title: str) -> None:
        """The id of a page that had none is told now."""
        if self._has_untold is None:
            self._has_untold = bool(self._connection.execute("SELECT min(page_id) < 0 FROM pages").fetchone()[0])
        if not self._has_untold or page_id < 0:
            return
        row = self._connection.execute("SELECT page_id FROM pages WHERE title = ? AND page_id < 0", (title,)).fetchone()
        if row is not None:
            renumber(self._connection, int(row[0]), page_id)
            self._ids.clear()
            self.renumbered.add(page_id)
