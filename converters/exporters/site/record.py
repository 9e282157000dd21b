"""``addresses.tsv`` in the site: which page stands where. It tells the next export what to take away and to renew.

Its first line names what the site was made with; then one line for each address, in their order: address, page id
(empty where nobody wrote a page) and full title, separated by tabs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from typing import NamedTuple

from converters.entries import CATEGORY, FILE, USER
from converters.exporters.site.folder import SiteFolder
from converters.links import SOURCE_INDEX, Addresses
from scraper.archive import Archive
from scraper.titles import IllegalTitle, TitleParser

RECORD = "addresses.tsv"
# No wiki lets them into titles, but a dump may say anything: they would make two lines of one.
SIGNS = str.maketrans("\t\n\r", "   ")
# Pages with links to special pages and to the wiki's own scripts: what the site has of them may come and go.
SHOWING_OTHERS = (
    "SELECT page_id FROM links WHERE target_namespace_id = -1 UNION SELECT page_id FROM external_links, site"
    " WHERE domain != '' AND instr(lower(server), domain)"
)


class Change(NamedTuple):
    """A line that only the record on disk has, or only the addresses as they are now."""

    is_new: bool
    address: str
    title: str


class AddressRecord:
    """Compares what the site has with what it should have. ``made_with`` changes when every page must be renewed."""

    def __init__(self, folder: SiteFolder, addresses: Addresses, made_with: str) -> None:
        self._folder = folder
        self._addresses = addresses
        self._head = f"# wikicompost {made_with}\n"

    def widen(self, page_ids: Iterable[int], archive: Archive, titles: TitleParser) -> set[int] | None:
        """These pages and those that show something of them or of what came and went; ``None`` when it is all pages.

        Pages of categories and files list other pages, so they always belong to them, and so do pages with links to
        the wiki's own scripts and special pages.
        """
        head, _, _ = (self._folder.read(RECORD) or b"").partition(b"\n")
        if head + b"\n" != self._head.encode():
            return None
        database = archive.connection
        found = set(page_ids)
        query = f"SELECT page_id FROM pages WHERE namespace_id IN ({CATEGORY}, {FILE})"
        found.update(page_id for (page_id,) in database.execute(query))
        found.update(page_id for (page_id,) in database.execute(SHOWING_OTHERS))
        for change in self._changes():
            for query, values in _neighbours(change.title, titles):
                found.update(page_id for (page_id,) in database.execute(query, values))
        return found

    def renew(self) -> None:
        """Take away what has no place any more, and write down how it is now."""
        stale = [change.address for change in self._changes() if not change.is_new]
        for address in stale:
            if not self._addresses.has(address):
                self._folder.remove_parts(address)
                self._folder.remove_parts(self._addresses.history_of(address))
                self._folder.remove_parts(self._addresses.unredirected(address))
                self._folder.remove_parts(self._addresses.media_of(address))
                self._folder.remove(f"{self._addresses.source_of(address)}/{SOURCE_INDEX}")
        self._folder.write(RECORD, (self._head + "".join(self._lines())).encode("utf-8", "replace"))

    def _changes(self) -> Iterator[Change]:
        """Both lists are sorted, so one pass tells."""
        content = (self._folder.read(RECORD) or b"").decode("utf-8", "replace")
        old = (f"{line}\n" for line in content.split("\n") if line and not line.startswith("#"))
        marked = merge(((line, False) for line in old), ((line, True) for line in self._lines()))
        for line, group in groupby(marked, key=lambda pair: pair[0]):
            sides = {is_new for _, is_new in group}
            if len(sides) == 1:
                address, _, title = line.rstrip("\n").split("\t")
                yield Change(sides.pop(), address, title)

    def _lines(self) -> Iterator[str]:
        for page_id, title, address in self._addresses:
            yield f"{address}\t{'' if page_id is None else page_id}\t{title.translate(SIGNS)}\n"


def _neighbours(full: str, titles: TitleParser) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Queries for the pages that show whether this title has a page."""
    yield "SELECT page_id FROM links WHERE target_title = ?", (full,)
    yield "SELECT page_id FROM redirects WHERE target_title = ?", (full,)
    yield "SELECT page_id FROM pages WHERE title = ?", (full,)
    query = "SELECT page_id FROM page_categories JOIN categories USING (category_id) WHERE title = ?"
    yield query, (full,)
    try:
        title = titles.parse(full)
    except IllegalTitle:
        return
    beside = "SELECT page_id FROM pages WHERE namespace_id = ? AND name = ?"
    yield beside, (title.namespace_id ^ 1, title.name)
    if title.namespace_id == USER:
        yield "SELECT DISTINCT page_id FROM revisions JOIN users USING (user_id) WHERE users.name = ?", (title.name,)
