"""Pages, their versions, and lists of pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from converters.document import WIKITEXT, Door, Lookups, PageDocument
from converters.document.lookups import read_timestamp
from converters.document.wiki import Wiki
from converters.entries.doors import Doors
from converters.entries.sorting import letter, sort_form
from converters.entries.values import CATEGORY, FILE, Member, PageEntry, PageName, PageText, RevisionEntry
from scraper.archive import Archive, DamagedText
from scraper.model import Exactness, Hidden, Site, Title
from scraper.titles import TitleParser


class _Page(NamedTuple):
    page_id: int
    namespace_id: int
    title: str
    latest_rev_id: int | None
    content_model: str | None
    language: str | None
    is_redirect: int
    gone_at: str | None
    text: str | None
    door: str | None
    shows_older: int
    is_history_cut: int


class Entries:
    """Reads one archive; holds one page at a time."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self._archive = archive
        self._database = archive.connection
        self._database.create_function("sort_form", 1, sort_form, deterministic=True)
        self.titles: TitleParser = archive.titles()
        self.wiki = Wiki(site, self.titles)
        self.doors = Doors(self.wiki)
        self.page_name = lru_cache(maxsize=10_000)(self._page_name)
        query = "SELECT started_at FROM harvests WHERE kind = 'api' ORDER BY started_at"
        self._asked_at = [start for (start,) in self._database.execute(query)]
        self.lookups = Lookups(
            template=lru_cache(maxsize=500)(self._template),
            exists=lru_cache(maxsize=10_000)(self._exists),
            has_file=lru_cache(maxsize=2000)(self._has_file),
            file_size=lru_cache(maxsize=500)(self._file_size),
            shows_boxes=not self._has_all_pages(),
        )

    def _has_all_pages(self) -> bool:
        """Whether no page is missing by the wiki's own count: then a template that is not here was not there either."""
        query = (
            "SELECT sum(held < expected), sum(namespace_id IS NULL AND expected > 0) FROM coverage WHERE kind = 'pages'"
        )
        short, counted = self._database.execute(query).fetchone()
        return short == 0 and bool(counted)

    def addressees(self) -> Iterator[tuple[int | None, str]]:
        """All that gets a page, the living pages first, then lost ones, then categories and files without a page."""
        query = "SELECT page_id, title FROM pages ORDER BY gone_at IS NOT NULL, page_id"
        yield from self._database.execute(query)
        query = "SELECT title FROM categories WHERE title NOT IN (SELECT title FROM pages) ORDER BY title"
        yield from ((None, title) for (title,) in self._database.execute(query))
        query = "SELECT name FROM files ORDER BY name"
        for (name,) in self._database.execute(query):
            title = self.file_title(name)
            if self._page_id(title.full) is None:
                yield None, title.full

    def page_ids(self) -> Iterator[int]:
        """All pages, the lost ones too."""
        yield from (page_id for (page_id,) in self._database.execute("SELECT page_id FROM pages ORDER BY page_id"))

    def pages(self, page_ids: Iterable[int]) -> Iterator[PageEntry]:
        """One after the other; ids that the archive does not have are passed over."""
        for page_id in page_ids:
            row = self._database.execute(f"{PAGES} WHERE p.page_id = ?", (page_id,)).fetchone()
            if row is not None:
                yield self._page(_Page(*row))

    def revisions(self, page_id: int, oldest_first: bool = False) -> Iterator[RevisionEntry]:
        """All versions of a page, newest first."""
        order = OLDEST_FIRST if oldest_first else NEWEST_FIRST
        yield from map(_revision, self._database.execute(f"{REVISIONS} WHERE r.page_id = ? {order}", (page_id,)))

    def revisions_by(self, user: str) -> Iterator[tuple[PageName, RevisionEntry]]:
        """All versions that somebody saved, newest first."""
        for row in self._database.execute(f"{REVISIONS} WHERE u.name = ? {NEWEST_FIRST}", (user,)):
            yield self.page_name(row[-1]), _revision(row)

    def recent_revisions(self, limit: int) -> Iterator[tuple[PageName, RevisionEntry]]:
        """The newest versions of all pages."""
        query = f"{REVISIONS} ORDER BY r.timestamp DESC, r.rev_id DESC LIMIT ?"
        for row in self._database.execute(query, (limit,)).fetchall():
            yield self.page_name(row[-1]), _revision(row)

    def revisions_in(self, month: str | None) -> Iterator[tuple[PageName, RevisionEntry]]:
        """The versions that were saved in a month (``2017-05``), newest first; ``None`` for those without date."""
        dated = "BETWEEN :month AND :month || '~'"  # "~" comes after every character of a date
        query = f"{REVISIONS} WHERE r.timestamp {dated if month else 'IS NULL'} {NEWEST_FIRST}"
        for row in self._database.execute(query, {"month": month}):
            yield self.page_name(row[-1]), _revision(row)

    def revision_before(self, page_id: int, revision: RevisionEntry) -> RevisionEntry | None:
        """The version of the page before one that has a date."""
        query = f"{REVISIONS} WHERE r.page_id = ? AND (r.timestamp, r.rev_id) < (?, ?) {NEWEST_FIRST} LIMIT 1"
        row = self._database.execute(query, (page_id, revision.timestamp, revision.rev_id)).fetchone()
        return None if row is None else _revision(row)

    def namespaces(self) -> list[tuple[int, int]]:
        """Namespaces with pages, and how many pages."""
        query = "SELECT namespace_id, count(*) FROM pages GROUP BY namespace_id ORDER BY namespace_id"
        return list(self._database.execute(query))

    def pages_in(self, namespace_id: int) -> Iterator[Member]:
        """All pages of a namespace, by name."""
        query = f"{NAMES} WHERE namespace_id = ? ORDER BY sort_form(name), page_id"
        for row in self._database.execute(query, (namespace_id,)):
            page = self._name(*row)
            yield Member(page, letter(page.title.name))

    def categories(self) -> Iterator[tuple[Title, int]]:
        """All categories that have members, by name, and how many."""
        query = (
            "SELECT c.title, count(*) FROM categories c JOIN page_categories USING (category_id)"
            " GROUP BY category_id ORDER BY sort_form(c.name)"
        )
        yield from ((self.titles.split(title, CATEGORY), count) for title, count in self._database.execute(query))

    def members(self, category: str) -> Iterator[Member]:
        """The pages in a category: sub-categories first, then pages, then files, each by sort key."""
        query = (
            "SELECT p.page_id, p.namespace_id, p.title, p.is_redirect, p.gone_at, m.sort_key FROM categories c"
            " JOIN page_categories m USING (category_id) JOIN pages p ON p.page_id = m.page_id WHERE c.title = ?"
            " ORDER BY CASE p.namespace_id WHEN 14 THEN 0 WHEN 6 THEN 2 ELSE 1 END,"
            " sort_form(COALESCE(NULLIF(m.sort_key, ''), p.name)), p.page_id"
        )
        for *row, sort_key in self._database.execute(query, (category,)):
            page = self._name(*row)
            yield Member(page, letter(sort_key or page.title.name))

    def texts(self) -> Iterator[PageText]:
        """Plain texts of all living pages."""
        query = (
            "SELECT page_id, t.title, text, namespace_id FROM page_text t JOIN pages USING (page_id) ORDER BY page_id"
        )
        yield from (PageText(*row) for row in self._database.execute(query))

    def is_redirect(self, title: str) -> bool:
        """Whether the page of that title only leads to another."""
        query = "SELECT EXISTS (SELECT 1 FROM pages WHERE title = ? AND is_redirect AND gone_at IS NULL)"
        return bool(self._database.execute(query, (title,)).fetchone()[0])

    def has_written(self, user: str) -> bool:
        """Whether somebody of that name saved a version."""
        query = "SELECT EXISTS (SELECT 1 FROM users u JOIN revisions USING (user_id) WHERE u.name = ?)"
        return bool(self._database.execute(query, (user,)).fetchone()[0])

    def writers(self) -> Iterator[str]:
        """Names of all who saved a version."""
        query = "SELECT name FROM users WHERE user_id IN (SELECT user_id FROM revisions) ORDER BY name"
        yield from (name for (name,) in self._database.execute(query))

    def has_version(self, rev_id: int) -> bool:
        """Whether the archive has a version of this id."""
        query = "SELECT EXISTS (SELECT 1 FROM revisions WHERE rev_id = ?)"
        return bool(self._database.execute(query, (rev_id,)).fetchone()[0])

    def file_title(self, name: str) -> Title:
        """The title of a file's page."""
        return Title(FILE, name, self.prefix(FILE))

    def prefix(self, namespace_id: int) -> str:
        """The name of the namespace of files or categories, in English where the wiki does not say."""
        namespace = self.titles.namespaces.get(namespace_id)
        return namespace.name if namespace else {FILE: "File", CATEGORY: "Category"}[namespace_id]

    def _page_id(self, title: str) -> int | None:
        row = self._database.execute("SELECT page_id FROM pages WHERE title = ?", (title,)).fetchone()
        return None if row is None else int(row[0])

    def lookups_at(self, timestamp: str | None, rev_id: int | None) -> Lookups:
        """What the wikitext door may ask for a revision that was saved then, ISO 8601.

        The present is when the wiki was first asked after that, so that pages say what it said, and say it always. Who
        read a dump never asked it: there the revision's own time is the present.
        """
        read_at = next((start for start in self._asked_at if timestamp and start >= timestamp), None)
        saved = read_timestamp(timestamp)
        return replace(self.lookups, moment=saved, read_at=read_timestamp(read_at), rev_id=rev_id)

    def _exists(self, title: Title) -> bool:
        query = "SELECT EXISTS (SELECT 1 FROM pages WHERE title = ? AND gone_at IS NULL)"
        return bool(self._database.execute(query, (title.full,)).fetchone()[0])

    def _template(self, title: Title) -> str | None:
        query = "SELECT text FROM pages JOIN current_texts USING (page_id) WHERE title = ? AND gone_at IS NULL"
        row = self._database.execute(query, (title.full,)).fetchone()
        return None if row is None else str(row[0])

    def _has_file(self, title: Title) -> bool:
        """Nobody knows which files are missing where the wiki did not list them; others may come from another wiki."""
        query = (
            "SELECT NOT EXISTS (SELECT 1 FROM cursors WHERE name = 'files')"
            " OR EXISTS (SELECT 1 FROM files WHERE name = :name AND gone_at IS NULL)"
            " OR EXISTS (SELECT 1 FROM file_uses JOIN parsed_pages USING (page_id)"
            "  WHERE name = :name AND door = 'rendered')"
        )
        return bool(self._database.execute(query, {"name": title.name}).fetchone()[0])

    def _file_size(self, title: Title) -> tuple[int, int] | None:
        query = (
            "SELECT width, height FROM files JOIN file_versions v USING (file_id)"
            " WHERE name = ? AND archive_name = '' AND v.gone_at IS NULL AND width AND height"
        )
        row = self._database.execute(query, (title.name,)).fetchone()
        return None if row is None else (row[0], row[1])

    def _page_name(self, page_id: int) -> PageName:
        """The page as it stands in a list. Raises KeyError for an unknown page."""
        row = self._database.execute(f"{NAMES} WHERE page_id = ?", (page_id,)).fetchone()
        if row is None:
            raise KeyError(page_id)
        return self._name(*row)

    def _name(self, page_id: int, namespace_id: int, title: str, is_redirect: int, gone_at: str | None) -> PageName:
        return PageName(page_id, self.titles.split(title, namespace_id), bool(is_redirect), gone_at is not None)

    def _page(self, row: _Page) -> PageEntry:
        title = self.titles.split(row.title, row.namespace_id)
        text = row.text if row.text is not None else self._last_text(row)
        document, source = self._content(row, title, text)
        latest = self._database.execute(f"{REVISIONS} WHERE r.rev_id = ?", (row.latest_rev_id,)).fetchone()
        return PageEntry(
            row.page_id,
            title,
            document,
            source,
            row.content_model or WIKITEXT,
            row.language,
            bool(row.is_redirect),
            row.gone_at,
            None if latest is None else _revision(latest),
            shows_older=bool(row.shows_older),
            is_history_cut=bool(row.is_history_cut),
            text=text,
        )

    def _content(self, row: _Page, title: Title, text: str | None) -> tuple[PageDocument | None, str | None]:
        """The document through the page's best door; where it has none that opens, its text."""
        rendering = self._archive.rendering(row.page_id)
        if rendering is not None and text is not None and rendering.rev_id != row.latest_rev_id:
            rendering = None  # it shows the page as it was before
        if rendering is not None and row.door != Door.PLAIN:
            return self.doors.rendering(rendering, title), None
        model = row.content_model or WIKITEXT
        if text is None or (row.door == Door.PLAIN and model == WIKITEXT):
            return None, text
        document = self.doors.source(
            text, model, title, lambda: self.lookups_at(self._saved_at(row.latest_rev_id), row.latest_rev_id)
        )
        return document, text if document is None else None

    def _saved_at(self, rev_id: int | None) -> str | None:
        row = self._database.execute("SELECT timestamp FROM revisions WHERE rev_id = ?", (rev_id,)).fetchone()
        return None if row is None else row[0]

    def _last_text(self, row: _Page) -> str | None:
        """The last text of a lost page: only those of living pages are kept at hand."""
        if row.gone_at is None or row.latest_rev_id is None:
            return None
        try:
            text = self._archive.revision_text(row.latest_rev_id)
        except (KeyError, DamagedText):
            return None
        return None if text is None else text.decode("utf-8", "replace")


NAMES = "SELECT page_id, namespace_id, title, is_redirect, gone_at FROM pages"
REVISIONS = (
    "SELECT r.rev_id, r.parent_id, r.timestamp, u.name, r.comment, r.is_minor, r.size,"
    " r.size - CASE r.parent_id WHEN 0 THEN 0 ELSE b.size END, r.tags, r.hidden, r.gone_at,"
    " r.exactness, r.text_id IS NOT NULL, EXISTS (SELECT 1 FROM old_renderings o WHERE o.rev_id = r.rev_id)"
    " OR EXISTS (SELECT 1 FROM renderings x WHERE x.page_id = r.page_id AND x.rev_id = r.rev_id), r.page_id"
    " FROM revisions r LEFT JOIN users u USING (user_id) LEFT JOIN revisions b ON b.rev_id = r.parent_id"
)
# All that may be left of the page as it stands is how the wiki showed an earlier version.
PAGES = (
    "SELECT p.page_id, p.namespace_id, p.title, p.latest_rev_id, p.content_model, p.language, p.is_redirect,"
    " p.gone_at, c.text, d.door,"
    " c.page_id IS NULL AND p.gone_at IS NULL AND EXISTS"
    " (SELECT 1 FROM renderings x WHERE x.page_id = p.page_id AND x.rev_id < p.latest_rev_id),"
    " EXISTS (SELECT 1 FROM problems e WHERE e.page_id = p.page_id AND e.code = 'history-cut')"
    " FROM pages p LEFT JOIN current_texts c USING (page_id) LEFT JOIN parsed_pages d USING (page_id)"
)
NEWEST_FIRST, OLDEST_FIRST = "ORDER BY r.timestamp DESC, r.rev_id DESC", "ORDER BY r.timestamp, r.rev_id"


def _revision(row: tuple[Any, ...]) -> RevisionEntry:
    rev_id, parent_id, timestamp, user, comment, is_minor, size, change, tags, hidden, gone_at, *rest, _ = row
    exactness, has_text, has_rendering = rest
    return RevisionEntry(
        rev_id=rev_id,
        parent_id=parent_id,
        timestamp=timestamp,
        user=user,
        comment=comment,
        is_minor=bool(is_minor),
        size=size,
        change=change,
        tags=_words(tags),
        hidden=_hidden(hidden),
        is_gone=gone_at is not None,
        exactness=Exactness(exactness or Exactness.SECOND),
        has_text=bool(has_text),
        has_rendering=bool(has_rendering),
    )


@lru_cache(maxsize=1000)
def _words(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))


@lru_cache(maxsize=1000)
def _hidden(told: str) -> frozenset[Hidden]:
    return frozenset(map(Hidden, _words(told)))
