"""What is still missing where a wiki is read page by page: histories, texts and views, by the pages' titles.

Pages are walked by title and not by id: a page whose id nobody knew gets it while it is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scraper.model import Exactness, Timestamp, Title

PRESENT = "FROM pages p LEFT JOIN namespaces n USING (namespace_id) WHERE p.gone_at IS NULL AND p.title > :after"
PAGE = "p.page_id, p.is_redirect, p.namespace_id, p.name, COALESCE(n.name, '')"
# A page's history is here when its current revision is, told with its author (a view tells only that it exists), and
# every revision that another one names as its parent, unless something about it changed since.
WITHOUT_HISTORY = """
    AND (NOT EXISTS (SELECT 1 FROM revisions r WHERE r.rev_id = p.latest_rev_id
            AND (r.user_id IS NOT NULL OR r.hidden LIKE '%"user"%'))
        OR EXISTS (SELECT 1 FROM revisions r WHERE r.page_id = p.page_id AND r.gone_at IS NULL AND r.parent_id > 0
            AND NOT EXISTS (SELECT 1 FROM revisions o WHERE o.rev_id = r.parent_id)
            AND NOT EXISTS (SELECT 1 FROM absent_revisions a WHERE a.rev_id = r.parent_id))
        OR EXISTS (SELECT 1 FROM sightings s WHERE s.kind = 'changed title' AND s.key = p.title))
"""
WITHOUT_VIEW = """
    AND NOT EXISTS (SELECT 1 FROM renderings x WHERE x.page_id = p.page_id
        AND (p.latest_rev_id IS NULL OR x.rev_id = p.latest_rev_id))
"""
IN_ORDER = "ORDER BY p.title LIMIT :count"
TEXTS = f"""
    SELECT r.rev_id, {PAGE}, r.timestamp, r.exactness, r.size
    FROM revisions r JOIN pages p USING (page_id) LEFT JOIN namespaces n USING (namespace_id)
    WHERE r.rev_id > ? AND r.text_id IS NULL AND r.gone_at IS NULL AND r.is_expected AND r.hidden NOT LIKE '%"text"%'
        AND NOT EXISTS (SELECT 1 FROM problems WHERE code = 'text-lost' AND subject = 'revision ' || r.rev_id)
    ORDER BY r.rev_id LIMIT ?
"""
LISTED = "EXISTS (SELECT 1 FROM sightings s WHERE s.kind = 'title' AND s.key = p.title)"
# Pages whose title is listed no more, or belongs to another page as well: deleted or moved meanwhile.
DISPLACED = f"""
    AND p.page_id > 0 AND (NOT {LISTED} OR EXISTS (
        SELECT 1 FROM pages o WHERE o.title = p.title AND o.page_id != p.page_id AND o.gone_at IS NULL))
"""
TITLES_LEFT = """
    SELECT key FROM sightings s WHERE kind = 'title'
        AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.title = s.key AND p.gone_at IS NULL) ORDER BY key
"""
ORPHANS = """
    SELECT DISTINCT r.parent_id FROM revisions r JOIN pages p USING (page_id)
    WHERE p.title = ? AND p.gone_at IS NULL AND r.gone_at IS NULL AND r.parent_id > 0
        AND NOT EXISTS (SELECT 1 FROM revisions o WHERE o.rev_id = r.parent_id)
"""


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page that has to be asked for; ``page_id`` is the archive's own where the wiki's is not known yet."""

    page_id: int
    title: Title
    is_redirect: bool = False


@dataclass(frozen=True, slots=True)
class WantedText:
    """A revision whose text is not here; ``timestamp`` and ``size`` as far as the wiki showed them."""

    rev_id: int
    page: WantedPage
    timestamp: Timestamp | None
    size: int | None


class PageWants:
    """Reads the archive's tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pages(self, after: str, count: int) -> list[WantedPage]:
        """Pages that the wiki has, as far as is known, in the order of their titles."""
        return self._pages("", after, count)

    def histories(self, after: str, count: int) -> list[WantedPage]:
        """Those whose history is not here, or not whole."""
        return self._pages(WITHOUT_HISTORY, after, count)

    def views(self, after: str, count: int) -> list[WantedPage]:
        """Those without rendering of their current revision."""
        return self._pages(WITHOUT_VIEW, after, count)

    def displaced(self, after: str, count: int) -> list[WantedPage]:
        """Those that no list of titles names under their title any more, or not them alone."""
        return self._pages(DISPLACED, after, count)

    def titles_left(self) -> list[str]:
        """Titles that were listed and that no page here has any more: their pages turned out to have moved."""
        return [row[0] for row in self._connection.execute(TITLES_LEFT)]

    def histories_of_nobody(self) -> list[str]:
        """Problems with histories of titles that no page has any more."""
        query = (
            "SELECT subject FROM problems WHERE code = 'page-missing' AND subject LIKE 'history of %' AND NOT EXISTS"
            " (SELECT 1 FROM pages WHERE gone_at IS NULL AND 'history of ' || title = subject)"
        )
        return [row[0] for row in self._connection.execute(query)]

    def others(self, page_id: int, rev_ids: Iterable[int]) -> list[int]:
        """Revisions held as present of a page beside these."""
        query = "SELECT rev_id FROM revisions WHERE page_id = ? AND gone_at IS NULL AND rev_id NOT IN ({})"
        known = ", ".join(str(int(rev_id)) for rev_id in rev_ids)
        return [row[0] for row in self._connection.execute(query.format(known), (page_id,))]

    def last_harvest(self) -> str | None:
        """When the last harvest that came to its end began."""
        query = "SELECT max(started_at) FROM harvests WHERE ended_at IS NOT NULL"
        found: str | None = self._connection.execute(query).fetchone()[0]
        return found

    def count(self) -> int:
        """How many pages the wiki has, as far as is known."""
        return int(self._connection.execute("SELECT count(*) FROM pages WHERE gone_at IS NULL").fetchone()[0])

    def texts(self, after: int, count: int) -> list[WantedText]:
        """Revisions without the text that the wiki should have, in the order of their ids."""
        return [
            WantedText(row[0], _page(*row[1:6]), _moment(row[6], row[7]), row[8])
            for row in self._connection.execute(TEXTS, (after, count))
        ]

    def count_texts(self) -> int:
        """How many there are."""
        query = (
            "SELECT count(*) FROM revisions WHERE text_id IS NULL AND gone_at IS NULL AND hidden NOT LIKE '%\"text\"%'"
        )
        return int(self._connection.execute(query).fetchone()[0])

    def orphans(self, title: Title) -> list[int]:
        """Parents that the page's revisions name and that are not here."""
        return [row[0] for row in self._connection.execute(ORPHANS, (title.full,))]

    def versions(self, file: str) -> list[tuple[str, str, int | None]]:
        """Time, old name and size of the versions of a file that are here and that the wiki still has."""
        query = (
            "SELECT timestamp, archive_name, size FROM file_versions JOIN files f USING (file_id)"
            " WHERE f.name = ? AND file_versions.gone_at IS NULL AND timestamp IS NOT NULL ORDER BY timestamp DESC"
        )
        return [tuple(row) for row in self._connection.execute(query, (file,))]

    def _pages(self, condition: str, after: str, count: int) -> list[WantedPage]:
        query = f"SELECT {PAGE} {PRESENT} {condition} {IN_ORDER}"
        return [_page(*row) for row in self._connection.execute(query, {"after": after, "count": count})]


def _page(page_id: int, is_redirect: int, *title: Any) -> WantedPage:
    return WantedPage(page_id, Title(*title), bool(is_redirect))


def _moment(iso: str | None, exactness: str) -> Timestamp | None:
    return Timestamp(iso, Exactness(exactness)) if iso else None
