"""Pages that lead on or explain: what the wiki's old addresses need besides its pages and lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from converters.entries import Entries, PageEntry, PageName
from converters.exporters.site.folder import SiteFolder, UnsafePlace
from converters.exporters.site.options import History
from converters.exporters.site.pages import PageView
from converters.exporters.site.press import Press
from converters.exporters.site.servers import GONE, LEFT_OUT, SERVER_FILES, OldAddresses
from converters.exporters.site.sitemap import sitemaps
from converters.links import INDEX, MISSING, RANDOM, SOURCE_INDEX, relative
from scraper.model import Title

# From so many pages one is chosen at random; so many are shown to a reader without script.
RANDOM_PAGES, RANDOM_LINKS = 2_000, 20


class Landings:
    """Writes them into the folder of the site."""

    def __init__(self, press: Press, folder: SiteFolder, entries: Entries, view: PageView) -> None:
        self._press = press
        self._folder = folder
        self._entries = entries
        self._view = view
        self._addresses = press.addresses

    def of_page(self, entry: PageEntry) -> None:
        """The page's source (``action=raw``), and a redirect as it stands (``redirect=no``)."""
        here = self._addresses.of_page(entry.page_id)
        if entry.text is not None:
            self._folder.write(
                f"{self._addresses.source_of(here)}/{SOURCE_INDEX}", entry.text.encode("utf-8", "replace")
            )
        if entry.is_redirect:
            there = self._addresses.unredirected(here)
            values = self._view.values(entry, there) | {"refresh": None}
            self._folder.write(f"{there}/{INDEX}", self._press.print("page.html", there, values))

    def of_file(self, here: str, title: Title, path: str | None) -> None:
        """Goes on to the file itself, at ``path`` below the site, as ``Special:FilePath`` and ``thumb.php`` did."""
        there = self._addresses.media_of(here)
        if path is None:
            self._folder.remove(f"{there}/{INDEX}")
        else:
            self._folder.write(*self._press.passage_to_file(there, path, title.full))

    def all(self, old: OldAddresses) -> None:
        """For servers that can be told, and for those that cannot."""
        for path, written in SERVER_FILES.items():
            self._folder.write(path, written(old).encode("utf-8", "replace"))
        self._write_missing(old)
        self._write_gone(old, GONE.strip("/"), "wikicompost-action-gone")
        if old.history is not History.FULL:
            self._write_gone(old, LEFT_OUT.strip("/"), "wikicompost-versions-gone")
        else:
            self._folder.remove(f"{LEFT_OUT.strip('/')}/{INDEX}")
        for page_id, title, address in self._addresses:
            if page_id is not None:
                self._folder.write(*self._press.passage(self._addresses.of_page_id(page_id), address, title))
        for address, title, page_id in self._addresses.former():
            with suppress(OSError, UnsafePlace):
                self._folder.write(*self._press.passage(address, self._addresses.of_page(page_id), title))
        self._write_random()
        for path, content in sitemaps(self._press.absolute, self._addresses):
            self._folder.write(path, content)

    def _write_gone(self, old: OldAddresses, here: str, message: str) -> None:
        words, name = self._press.words, self._press.wiki.site.name
        values = {"title": words(message), "why": words(f"{message}-why", name), "pages": _below(old)}
        self._folder.write(f"{here}/{INDEX}", self._press.print("gone.html", here, values))

    def _write_missing(self, old: OldAddresses) -> None:
        """The page for what is missing, and the same where the wiki's script was."""
        all_pages = relative("", self._addresses.of_special("Allpages") + "/").removeprefix("./")
        self._folder.write(MISSING, self._missing("", f"{old.base}/", all_pages))
        for script in old.scripts[:1]:
            here = script.strip("/")
            with suppress(OSError, UnsafePlace):  # a page of the wiki stands there
                root = relative(here, "").removeprefix("./")
                self._folder.write(f"{here}/{INDEX}", self._missing(here, root, all_pages))

    def _missing(self, here: str, root: str, all_pages: str) -> bytes:
        return self._press.print("missing.html", here, {"root": root, "all_pages": all_pages})

    def _write_random(self) -> None:
        pages = _spread(list(self._content_pages()), RANDOM_PAGES)
        shown = [self._press.link(RANDOM, page.title) for page in _spread(pages, RANDOM_LINKS)]
        values = {"title": self._press.words("randompage"), "pages": [page.page_id for page in pages], "shown": shown}
        self._folder.write(f"{RANDOM}/{INDEX}", self._press.print("random.html", RANDOM, values))

    def _content_pages(self) -> Iterator[PageName]:
        for member in self._entries.pages_in(0):
            if not member.page.is_redirect and not member.page.is_gone:
                yield member.page


def _below(old: OldAddresses) -> str:
    return relative("", old.pages.strip("/") + "/").removeprefix("./") if old.pages != "/" else ""


def _spread(pages: list[PageName], count: int) -> list[PageName]:
    """So many of them, from all over the list: the same ones for the same list."""
    step = max(1, -(-len(pages) // count))
    return list(islice(pages, 0, None, step))
