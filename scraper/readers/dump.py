"""MediaWiki XML dumps, schemas 0.1 to 0.11, as facts: https://www.mediawiki.org/wiki/Help:Export#Export_format

History, current and stub dumps, ``pages-logging``, ``<upload>``s with or without their content. A dump is read as a
stream: what is in memory is one revision, never a page's history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scraper.model import Fact, Namespace
from scraper.problems import Problem
from scraper.readers.dump_bytes import HEAD, NotADump, UnreadableBytes, in_utf8, take_head
from scraper.readers.dump_files import FileContent, read_content, read_upload
from scraper.readers.dump_log import read_log_event
from scraper.readers.dump_pages import OpenPage, read_page_head
from scraper.readers.dump_revisions import Version, read_revision
from scraper.readers.dump_siteinfo import default_namespaces, guess_namespaces, guess_site, read_siteinfo
from scraper.readers.dump_values import Element
from scraper.readers.dump_xml import Damage, Event, local_name, read_elements
from scraper.titles import TitleParser

__all__ = ["HEAD", "DumpReader", "FileContent", "Item", "NotADump", "UnreadableBytes", "in_utf8", "take_head"]

Item = Fact | Problem | FileContent
LOST = {
    "revision": "this revision is lost",
    "page": "what follows is lost up to the next page",
    "": "nothing can be read after it",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class DumpReader:
    """Reads one dump, or one part of it.

    ``name`` says in problems which part it was. ``namespaces`` are the wiki's as far as known; those of a
    ``<siteinfo>`` come in their stead.
    """

    def __init__(self, name: str, namespaces: Iterable[Namespace] = ()) -> None:
        self._name = name
        self._namespaces = {ns.namespace_id: ns for ns in (*default_namespaces(), *namespaces)}
        self._is_described = bool(tuple(namespaces))
        self._titles = TitleParser(self._namespaces.values())
        self._version: Version = ()
        self._language = ""
        self._prefixes: dict[int, str] | None = None  # namespaces as titles name them, where nothing else does
        self._element: Element | None = None  # the page whose head is not read yet
        self._page: OpenPage | None = None
        self._is_page_told = False  # that revisions are lost with it
        self._readers: dict[str, Callable[[Element], Iterator[Item]]] = {
            "siteinfo": self._siteinfo,
            "page": self._end_of_page,
            "revision": self._revision,
            "upload": self._upload,
            "logitem": self._log_item,
        }

    def read(self, chunks: Iterable[bytes]) -> Iterator[Item]:
        """Facts in the dump's order, a PageMention before a page's revisions and the Page after them.

        ``chunks`` are the dump's bytes in UTF-8 (see :func:`in_utf8`); the same bytes give the same items.
        """
        for event in read_elements(chunks):
            if isinstance(event, Damage):
                yield from self._damaged(event)
            else:
                yield from self._read(event)
        yield from self._close_page()
        if self._prefixes is not None:
            yield from guess_namespaces(self._prefixes)

    def _read(self, event: Event) -> Iterator[Item]:
        read = self._readers.get(event.name) if event.is_whole else self._begin
        if read is None:
            return
        try:
            yield from read(event.element)
        except ValueError as error:
            where = f"{self._name}, line {event.line:,}"
            yield Problem("dump-damaged", where, f"<{event.name}> cannot be read: {error}")

    def _begin(self, element: Element) -> Iterator[Item]:
        name = local_name(element)
        if name == "mediawiki" and not self._version:
            self._version = _version(element.get("version", ""))
            self._language = element.get(XML_LANG, "")
        elif name == "page":
            yield from self._close_page()
            yield from self._note_missing_siteinfo()
            self._element = element
        elif name in ("revision", "upload"):
            yield from self._open_page()

    def _siteinfo(self, element: Element) -> Iterator[Item]:
        facts = list(read_siteinfo(element, self._language))
        self._namespaces |= {fact.namespace_id: fact for fact in facts if isinstance(fact, Namespace)}
        self._titles = TitleParser(self._namespaces.values())
        self._is_described = True
        yield from facts

    def _note_missing_siteinfo(self) -> Iterator[Item]:
        if not self._is_described:
            self._is_described = True
            self._prefixes = {}
            yield Problem("siteinfo-missing", self._name, "it has no <siteinfo>")
            yield guess_site(self._name, self._language)

    def _open_page(self) -> Iterator[Item]:
        """Read the page's head, once: it is whole when the first revision is."""
        if self._page is not None or self._element is None:
            return
        element, self._element = self._element, None
        self._is_page_told = True
        self._page = read_page_head(element, self._titles)
        self._is_page_told = False
        if self._prefixes is not None:
            self._prefixes.setdefault(self._page.title.namespace_id, self._page.title.prefix)
        yield self._page.mention

    def _revision(self, element: Element) -> Iterator[Item]:
        if not _is_of_a_page(element):
            raise ValueError("it does not stand in a page")
        if self._page is None:
            self._note_homeless()
            return
        revision = read_revision(element, self._page.page_id, self._version)
        self._page.see(revision)
        yield revision
        if revision.timestamp is None:
            where = f"{self._name}, revision {revision.rev_id} of {self._page.title.full}"
            yield Problem("dump-damaged", where, "its time cannot be read", revision.page_id, revision.rev_id)

    def _note_homeless(self) -> None:
        """Once where a page ended before its revisions did; of a page that cannot be read it was told already."""
        if not self._is_page_told:
            self._is_page_told = True
            raise ValueError("its page ended before it, or another page stands within")

    def _upload(self, element: Element) -> Iterator[Item]:
        yield read_upload(element)
        content = read_content(element)
        if content is not None:
            yield content

    def _log_item(self, element: Element) -> Iterator[Item]:
        yield from self._note_missing_siteinfo()
        yield read_log_event(element, self._titles)

    def _end_of_page(self, _: Element) -> Iterator[Item]:
        yield from self._open_page()
        yield from self._close_page()

    def _close_page(self) -> Iterator[Item]:
        page, self._page, self._element = self._page, None, None
        if page is not None:
            yield page.close()

    def _damaged(self, damage: Damage) -> Iterator[Item]:
        where = f"{self._name}, byte {damage.offset:,}"
        page, self._element = self._page, None
        inside = f", in {page.title.full}" if page else ""
        inside += f" after revision {page.last_rev_id}" if page and page.last_rev_id else ""
        yield Problem("dump-damaged", where, f"line {damage.line:,}{inside}: {damage.reason}; {LOST[damage.goes_on]}")
        if damage.goes_on != "revision":
            yield from self._close_page()


def _is_of_a_page(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) == "page"


def _version(text: str) -> Version:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())
