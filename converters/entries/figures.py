"""What can be counted of the wiki, and the sums by which its archive is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from scraper.archive import Archive

# What anyone can repeat with sqlite3 and sha256sum; the lines are those that sqlite3 prints.
DIGESTS = {
    "revisions": "SELECT rev_id, sha1 FROM revisions ORDER BY rev_id",
    "files": "SELECT sha1 FROM blobs ORDER BY sha1",
}


@dataclass(frozen=True, slots=True)
class NamespaceEntry:
    """Living pages of a namespace, and the bytes of their sources."""

    namespace_id: int
    pages: int
    redirects: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Totals:
    """``content_pages`` are in namespaces that the wiki counts as content, redirects apart. ``accounts``: those that
    the wiki lists, or that are known to have written where it lists none."""

    content_pages: int
    pages: int
    revisions: int
    files: int
    accounts: int


class Figures:
    """Counted when asked."""

    def __init__(self, archive: Archive) -> None:
        self._database = archive.connection

    def totals(self) -> Totals:
        return Totals(*(int(self._database.execute(query).fetchone()[0]) for query in TOTALS))

    def namespaces(self) -> list[NamespaceEntry]:
        """Namespaces with living pages."""
        query = (
            "SELECT namespace_id, count(*), sum(is_redirect), COALESCE(sum(size), 0) FROM pages WHERE gone_at IS NULL"
            " GROUP BY namespace_id ORDER BY namespace_id"
        )
        return [NamespaceEntry(*row) for row in self._database.execute(query)]

    def busiest(self, limit: int) -> list[tuple[str, int, int]]:
        """Who edited most: name, edits, pages."""
        query = (
            "SELECT u.name, count(*), count(DISTINCT page_id) FROM revisions JOIN users u USING (user_id)"
            " GROUP BY user_id ORDER BY 2 DESC, u.name LIMIT ?"
        )
        return list(self._database.execute(query, (limit,)))

    def digest(self, name: str) -> str:
        """SHA-256 of what one of :data:`DIGESTS` prints."""
        found = hashlib.sha256()
        for row in self._database.execute(DIGESTS[name]):
            found.update(("|".join("" if value is None else str(value) for value in row) + "\n").encode())
        return found.hexdigest()


TOTALS = (
    "SELECT count(*) FROM pages JOIN namespaces USING (namespace_id)"
    " WHERE is_content AND NOT is_redirect AND gone_at IS NULL",
    "SELECT count(*) FROM pages WHERE gone_at IS NULL",
    "SELECT count(*) FROM revisions",
    "SELECT count(*) FROM files WHERE gone_at IS NULL",
    "SELECT count(*) FROM users WHERE is_account OR (wiki_user_id > 0 AND NOT EXISTS"
    " (SELECT 1 FROM users WHERE is_account))",
)
