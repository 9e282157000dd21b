"""The static site: every page with its history, at the wiki's own addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain, groupby
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from converters.entries import (
    CATEGORY,
    FILE,
    Activity,
    CategoryTrees,
    Entries,
    FileEntries,
    PageEntry,
    Versions,
    WikiEntry,
    read_wiki,
)
from converters.exporters.exporter import Exporter
from converters.exporters.site.books import Books, titles_of_books
from converters.exporters.site.books.lists import ListView
from converters.exporters.site.content import Targets
from converters.exporters.site.files import FileView, SiteFiles
from converters.exporters.site.folder import SiteFolder, UnsafePlace
from converters.exporters.site.kept import keep, kept_addresses
from converters.exporters.site.landings import Landings
from converters.exporters.site.options import History, SiteOptions
from converters.exporters.site.own import OwnLinks
from converters.exporters.site.pages import PageView
from converters.exporters.site.parts import file_of
from converters.exporters.site.press import STYLE, Press
from converters.exporters.site.record import AddressRecord
from converters.exporters.site.search import IndexWriter
from converters.exporters.site.servers import old_addresses
from converters.exporters.site.sheets import style_sheet
from converters.exporters.site.versions import VersionView
from converters.links import (
    ABOUT,
    DIFFERENCE,
    HISTORY,
    INDEX,
    REVISION,
    SEARCH,
    Addresses,
    layout_of,
    special_pages,
)
from scraper.archive import Archive
from scraper.model import Title
from scraper.problems import Problem


@dataclass(slots=True)
class SiteReport:
    """What was done. ``is_original`` is false when the wiki's addresses have a ``?`` and cannot be files."""

    folder: Path
    layout: str = ""
    is_original: bool = True
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)


class SiteExporter(Exporter):
    """Writes page after page; lists and what no page asks for come at the end."""

    name: ClassVar[str] = "site"
    about: ClassVar[str] = "A static site with every page and its history, at the wiki's own addresses."

    def __init__(self, archive: Archive, folder: Path, options: SiteOptions) -> None:
        self.wiki: WikiEntry = read_wiki(archive)
        self.entries = Entries(archive, self.wiki.site)
        self._folder = SiteFolder(folder)
        layout = layout_of(self.wiki.site.article_path, options.is_portable)
        specials = special_pages(self.wiki.site)
        activity = Activity(archive, self.entries)
        titles = chain(titles_of_books(self.entries, activity, specials), self.entries.addressees())
        kept = kept_addresses(archive, layout)
        self.addresses = Addresses(layout, specials, titles, self._folder.folds_case(), kept)
        self._file_entries = FileEntries(archive)
        self._files = SiteFiles(archive.folder, self._file_entries, self._folder, options.is_portable)
        self._press = Press(self.wiki, self.entries.titles, self.addresses, options)
        words = self._press.words
        namespaces = self.entries.titles.namespaces.values()
        self._old = old_addresses(self.wiki.site, namespaces, self.addresses, self.entries.writers(), options)
        own = OwnLinks(self.wiki.site.server, self._old, self.addresses, self.entries, self._files.has)
        targets = Targets(
            self.addresses.of_title,
            self._files.at,
            lambda title: words("red-link-title", title),
            words("wikicompost-copy-of"),
            own.at,
            own.at_title,
        )
        self._view = PageView(self._press, targets, self.entries.is_redirect, self.entries.has_written)
        versions = Versions(archive, self.entries.doors, self.entries.lookups_at)
        self._versions = VersionView(self._press, versions, targets, self._view)
        trees = CategoryTrees(archive, self.entries)
        self._lists = ListView(self._press, self.entries, self._file_entries, trees)
        self._books = Books(archive, self._press, self.entries, activity, self._lists)
        self._file_view = FileView(self._press, self._file_entries, self._files, self._lists.user)
        self._landings = Landings(self._press, self._folder, self.entries, self._view)
        self.record = AddressRecord(self._folder, self.addresses, self._press.fingerprint())
        self.report = SiteReport(folder, "/".join(layout.prefix), layout.is_original)

    def page(self, entry: PageEntry) -> None:
        """The page and its history. A page that the disk refuses is a problem of the report."""
        try:
            self._write_page(entry)
        except (OSError, UnsafePlace) as error:
            where = f"page {entry.page_id}, {entry.title.full}"
            self.report.problems.append(Problem("page-unwritten", where, str(error), entry.page_id))
        self.report.pages += 1

    def end(self) -> None:
        """Lists, categories and files without a page, the page about the archive, the style; what is stale goes."""
        for page_id, title, address in self.addresses:
            if page_id is None:
                self._write_pageless(self._title(title), address)
        self._write_books()
        self._write_search()
        common_css = self.entries.lookups.template(self.entries.titles.parse("MediaWiki:Common.css"))
        self._folder.write(STYLE, style_sheet(common_css))
        for script in ("find.js", "go.js", "gone.js", "random.js", "search.js", "site.js"):
            self._folder.write(f"{ABOUT}/{script}", files(__package__).joinpath("script", script).read_bytes())
        # GitHub Pages leaves out files that Jekyll does not know unless it finds this.
        self._folder.write(".nojekyll", b"")
        self._forget_the_past()
        self.record.renew()
        self._write_old_addresses()
        self.report.problems += [*self.entries.doors.problems, *self.addresses.problems()]
        self.report.written, self.report.unchanged = self._folder.written, self._folder.unchanged
        self.report.removed = self._folder.removed

    def _write_books(self) -> None:
        """The parts of a list that was longer once go."""
        for folder, pages in groupby(self._books.all(self._view), key=lambda page: page[0].rpartition("/")[0]):
            written = [self._folder.write(path, content) for path, content in pages]
            if folder not in ("", ABOUT):
                self._folder.remove_parts(folder, len(written) + 1)

    def _write_old_addresses(self) -> None:
        """What the wiki answered besides its pages: for servers that can be told, and for those that cannot."""
        uploads = self._files.bring_originals(urlsplit(self.wiki.site.server).hostname)
        self._landings.all(self._old.with_uploads(uploads))

    def _write_search(self) -> None:
        IndexWriter(self.addresses, self._folder).write(self.entries.texts())
        values = {"title": self._press.words("search"), "namespaces": self._lists.named_namespaces()}
        self._folder.write(f"{SEARCH}/{INDEX}", self._press.print("search.html", SEARCH, values))

    def _forget_the_past(self) -> None:
        """What an earlier export wrote and this one was told to leave out."""
        if self._press.options.history is not History.FULL:
            for name in (REVISION, DIFFERENCE):
                self._folder.remove_all(name)
        if self._press.options.history is History.NONE:
            self._folder.remove_all(HISTORY)

    def _write_page(self, entry: PageEntry) -> None:
        here = self.addresses.of_page(entry.page_id)
        values = self._view.values(entry, here)
        if entry.title.namespace_id == CATEGORY:
            self._write_category(entry.title, here, values)
        elif entry.title.namespace_id == FILE:
            self._write_file(entry.title, here, values)
        else:
            self._folder.write(f"{here}/{INDEX}", self._press.print("page.html", here, values))
        self._landings.of_page(entry)
        self._write_past(entry, self.addresses.history_of(here))

    def _write_past(self, entry: PageEntry, history: str) -> None:
        if self._press.options.history is not History.NONE:
            self._write_parts(history, self._view.history(entry, self.entries.revisions(entry.page_id)))
        if self._press.options.history is History.FULL:
            for path, content in self._versions.all(entry, self.entries.revisions(entry.page_id)):
                self._folder.write(path, content)

    def _write_category(self, title: Title, here: str, values: dict[str, Any]) -> None:
        parts = self._lists.members(title.full, here)
        self._write_parts(here, (self._press.print("category.html", here, values | members) for members in parts))

    def _write_file(self, title: Title, here: str, values: dict[str, Any]) -> None:
        users = [
            self._lists.page(here, self.entries.page_name(user)) for user in self._file_entries.used_in(title.name)
        ]
        shown = self._file_view.values(title.name, here, users)
        self._folder.write(f"{here}/{INDEX}", self._press.print("file.html", here, values | shown))
        self._landings.of_file(here, title, self._files.shown(title.name))

    def _write_pageless(self, title: Title, here: str) -> None:
        """A category or file without page. Special pages have none either, and are lists."""
        if title.namespace_id not in (CATEGORY, FILE):
            return
        values = self._view.pageless(title, here)
        if title.namespace_id == CATEGORY:
            self._write_category(title, here, values)
        else:
            self._write_file(title, here, values)

    def _title(self, full: str) -> Title:
        prefix = full.partition(":")[0]
        for number in (CATEGORY, FILE):
            if prefix == self.entries.prefix(number):
                return self.entries.titles.split(full, number)
        return Title(-1, full)

    def _write_parts(self, folder: str, contents: Iterable[bytes]) -> None:
        """A list in parts; those of a list that was longer once go."""
        number = 0
        for number, content in enumerate(contents, 1):
            self._folder.write(f"{folder}/{file_of(number)}", content)
        self._folder.remove_parts(folder, number + 1)


def export_site(
    archive: Archive,
    folder: Path,
    pages: Iterable[int] | None = None,
    options: SiteOptions | None = None,
    progress: Callable[[str, int, int | None], None] = lambda *_: None,
) -> SiteReport:
    """Write the site of an archive whose records are made.

    ``pages`` are ids of those that changed since the site was written, or that show a file that changed; ``None``
    writes all, and so does a full history: old versions show today's templates and which pages exist. ``progress``
    gets "site", pages done and pages in all. In an archive that is open for writing, addresses are kept for later
    exports. Raises UnsafePlace when lists cannot be written because something stands
    in the way.
    """
    options = options or SiteOptions()
    exporter = SiteExporter(archive, folder, options)
    if archive.is_writable:
        keep(archive, exporter.addresses)
    is_whole = pages is None or options.history is History.FULL
    touched = None if is_whole or pages is None else exporter.record.widen(pages, archive, exporter.entries.titles)
    page_ids = list(exporter.entries.page_ids()) if touched is None else sorted(touched)
    for done, entry in enumerate(exporter.entries.pages(page_ids), 1):
        exporter.page(entry)
        progress("site", done, len(page_ids))
    exporter.end()
    return exporter.report
