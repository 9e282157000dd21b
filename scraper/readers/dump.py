"""MediaWiki XML dumps, schemas 0.1 to 0.11, as facts: https://www.mediawiki.org/wiki/Help:Export#Export_format

History, current and stub dumps, ``pages-logging``, ``<upload>``s with or without their content. A dump is read as a
stream: what is in memory is one revision, never a page's history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scraper.model import Fact, Namespace
from scraper.problems import Problem
from scraper.readers.dump_bytes import HEAD, NotADump, in_utf8, take_head
from scraper.readers.dump_files import FileContent, read_content, read_upload
from scraper.readers.dump_log import read_log_event
from scraper.readers.dump_pages import OpenPage, read_page_head
from scraper.readers.dump_revisions import Version, read_revision
from scraper.readers.dump_siteinfo import default_namespaces, read_siteinfo
from scraper.readers.dump_values import Element
from scraper.readers.dump_xml import Beginning, Damage, UnreadableBytes, Whole, local_name, read_elements
from scraper.titles import TitleParser

__all__ = ["HEAD", "DumpReader", "FileContent", "Item", "NotADump", "UnreadableBytes", "in_utf8", "take_head"]

Item = Fact | Problem | FileContent
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
        self._element: Element | None = None
        self._page: OpenPage | None = None
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
            if isinstance(event, Whole):
                read = self._readers.get(local_name(event.element))
                if read is not None:
                    yield from read(event.element)
            elif isinstance(event, Beginning):
                yield from self._begin(event.element)
            else:
                yield from self._damaged(event)
        yield from self._close_page()

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

    def _note_missing_siteinfo(self) -> Iterator[Problem]:
        if not self._is_described:
            self._is_described = True
            yield Problem("siteinfo-missing", self._name, "it begins with its pages")

    def _open_page(self) -> Iterator[Item]:
        """Read the page's head, once: it is whole when the first revision is."""
        if self._page is not None or self._element is None:
            return
        element, self._element = self._element, None
        try:
            self._page = read_page_head(element, self._titles)
        except ValueError as error:
            yield self._unreadable("a page", error)
            return
        if self._page is None:
            yield self._unreadable("a page", ValueError("it has no title or no id"))
        else:
            yield self._page.mention

    def _revision(self, element: Element) -> Iterator[Item]:
        if self._page is None:
            return
        try:
            revision = read_revision(element, self._page.page_id, self._version)
        except ValueError as error:
            yield self._unreadable(f"a revision of {self._page.title.full}", error)
            return
        self._page.see(revision)
        yield revision

    def _upload(self, element: Element) -> Iterator[Item]:
        yield read_upload(element)
        content = read_content(element)
        if content is not None:
            yield content

    def _log_item(self, element: Element) -> Iterator[Item]:
        yield from self._note_missing_siteinfo()
        try:
            yield read_log_event(element, self._titles)
        except ValueError as error:
            yield self._unreadable("a log event", error)

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
        inside = f", in {page.title.full} after revision {page.last_rev_id}" if page else ""
        lost = "this revision is lost" if damage.stays_in_page else "what follows is lost up to the next page"
        yield Problem("dump-damaged", where, f"line {damage.line:,}{inside}: {damage.reason}; {lost}")
        if not damage.stays_in_page:
            yield from self._close_page()

    def _unreadable(self, what: str, error: ValueError) -> Problem:
        return Problem("dump-damaged", f"{self._name}, {what}", str(error))


def _version(text: str) -> Version:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())
