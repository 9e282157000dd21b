"""What belongs together: pages that link to a page, people who wrote it, everything that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converters.entries.pages import Entries
from converters.entries.values import PageName, RevisionEntry
from scraper.archive import Archive

MOST_LINKS = 5_000  # pages that link to one page


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who wrote, with the number of versions saved and of pages that they are of."""

    name: str
    versions: int
    pages: int


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What ``action=info`` tells of a page. ``uncaptured``: versions whose text is neither here nor hidden."""

    size: int | None
    language: str | None
    content_model: str | None
    versions: int
    authors: int
    uncaptured: int


class Connections:
    """Asked page by page and person by person."""

    def __init__(self, archive: Archive, entries: Entries) -> None:
        self._database = archive.connection
        self._entries = entries

    def links_to(self, title: str) -> list[PageName]:
        """Living pages that link to a title or redirect to it, by name."""
        rows = self._database.execute(
            "SELECT p.page_id FROM pages p WHERE p.gone_at IS NULL AND p.page_id IN ("
            " SELECT page_id FROM links WHERE target_title = :title"
            " UNION SELECT page_id FROM redirects WHERE target_title = :title)"
            " ORDER BY p.namespace_id, sort_form(p.name), p.page_id LIMIT :most",
            {"title": title, "most": MOST_LINKS},
        ).fetchall()
        return [self._entries.page_name(page_id) for (page_id,) in rows]

    def contributors(self, page_id: int) -> list[Contributor]:
        """Who wrote a page, those with most versions first."""
        rows = self._database.execute(
            "SELECT u.name, count(*), 1 FROM revisions r JOIN users u USING (user_id) WHERE r.page_id = ?"
            " GROUP BY user_id ORDER BY 2 DESC, sort_form(u.name)",
            (page_id,),
        )
        return [Contributor(*row) for row in rows]

    def figures(self, page_id: int) -> PageFigures:
        """Raises KeyError for an unknown page."""
        row = self._database.execute(FIGURES, (page_id,)).fetchone()
        if row is None:
            raise KeyError(page_id)
        return PageFigures(*row)

    def first_version(self, page_id: int) -> RevisionEntry | None:
        """The oldest one that is here."""
        return next(self._entries.revisions(page_id, oldest_first=True), None)

    def everyone(self) -> Iterator[Contributor]:
        """Everybody who saved a version, by name."""
        rows = self._database.execute(
            "SELECT u.name, count(*), count(DISTINCT page_id) FROM revisions r JOIN users u USING (user_id)"
            " GROUP BY user_id"
            " ORDER BY sort_form(u.name)"
        )
        yield from (Contributor(*row) for row in rows)


FIGURES = (
    "SELECT size, language, content_model, (SELECT count(*) FROM revisions r WHERE r.page_id = p.page_id),"
    " (SELECT count(DISTINCT user_id) FROM revisions r WHERE r.page_id = p.page_id),"
    " (SELECT count(*) FROM revisions r WHERE r.page_id = p.page_id AND text_id IS NULL"
    "  AND hidden NOT LIKE '%\"text\"%')"
    " FROM pages p WHERE page_id = ?"
)
