"""The links of a page: where they lead in this wiki, whatever a mirroring tool made of their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from scraper.readers.html.addresses import SAVED_AS, WikiAddress, decoded, read_address, split_wayback, tidy
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import classes
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage

FILE = 6
OUTSIDE = frozenset({"external", "extiw", "interwiki"})
NOT_TITLES = frozenset({"image", "internal", "mw-file-description"})  # their title attribute is a caption or a file
FILE_OF_TITLE = re.compile(r"^(?!\w+:)[^?#]*\.html?(?:#|$)|^(?:\./|\.\./)*[^?#.]+/?(?:#|$)", re.IGNORECASE)
CONTROLS = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")  # that percent-encoding hid; no HTML can hold them
DUMP_HTML_HASH = re.compile(r"_[0-9a-f]{4}$")  # where two names differ in what file systems do not tell apart
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
LINKS_REMEMBERED = 50_000  # a wiki's pages share most of their links
UNSAFE = "!$'()*,/:;=@~"  # characters that MediaWiki leaves as they are in addresses (wfUrlencode)


@dataclass(frozen=True, slots=True)
class Link:
    """``url`` is absolute, as far as the capture's own address is, without fragment; ``address`` what it asks for."""

    url: str
    address: WikiAddress | None


def links_of(page: ParsedPage, what: PageContext, known: Known) -> tuple[Link, ...]:
    """All places of this wiki that the page links to, each once."""
    rules = frame_of(page, what, known).rules
    hosts = {_host(page.capture.url), _host(what.server), None}
    found: dict[str, Link] = {}
    for element in page.root.iter("a", "area"):
        href = (element.get("href") or "").strip()
        if not href or href.startswith("#") or OUTSIDE & classes(element):
            continue
        url = absolute(page.capture.url, href)
        if url not in found and _host(url) in hosts:
            found[url] = Link(url, read_address(href.partition("#")[0], rules))
    return tuple(found.values())


def restore_links(content: Element, frame: Frame, what: PageContext, known: Known) -> None:
    """Give links that lead to files of a copy, or through the Wayback Machine, the wiki's own addresses, in place."""
    restoring = _Restoring(frame, what, known)
    for link in content.iter("a"):
        href = link.get("href")
        if href and not href.startswith("#") and not OUTSIDE & classes(link):
            restored = CONTROLS.sub("", restoring.restored(link, href))
            if restored != href:
                link.set("href", restored)
    for picture in content.iter("img"):
        source = picture.get("src")
        if source:
            picture.set("src", split_wayback(source)[1])


class _Restoring:
    def __init__(self, frame: Frame, what: PageContext, known: Known) -> None:
        self.frame = frame
        self.own_url = decoded(frame.url)
        self.what = what
        self.known = known

    def restored(self, link: Element, href: str) -> str:
        address = split_wayback(href)[1]
        if not self.known.rules.is_mirror:
            return address
        fragment = address.partition("#")[2]
        title = self._title_of_file(link, address)
        if fragment and (title == self.what.title or decoded(absolute(self.frame.url, address)) == self.own_url):
            return f"#{fragment}"
        if title:
            return canonical(WikiAddress(title, fragment=fragment), self.what)
        asked = self.frame.address(address)
        return canonical(asked, self.what) if asked and asked.title and not SCHEME.match(address) else address

    def _title_of_file(self, link: Element, href: str) -> str:
        """The page that a file of the copy holds: told by the copy, else by the link's own title attribute."""
        if SCHEME.match(href) or "?" in href:
            return ""
        found = self.known.address_titles.get(absolute(self.frame.url, href))
        if found:
            return found
        if not FILE_OF_TITLE.match(href):
            return ""
        if not NOT_TITLES & classes(link):
            return "" if "new" in classes(link) else tidy(link.get("title") or "")
        return next((name for name in names_of_file(href) if self._is_file(name)), "")

    def _is_file(self, name: str) -> bool:
        title = self.frame.title(name)
        return title is not None and title.namespace_id == FILE


def names_of_file(path: str) -> Iterator[str]:
    """The titles that a file of a mirror may be named after; some tools write ``-`` for the colon, DumpHTML ``~``."""
    name = decoded(SAVED_AS.sub("", path.partition("#")[0].rpartition("/")[2]))
    yield tidy(name)
    if "-" in name:
        yield tidy(name.replace("-", ":", 1))
    if "~" in name:
        yield tidy(DUMP_HTML_HASH.sub("", name.replace("~", ":", 1)))


def canonical(address: WikiAddress, what: PageContext) -> str:
    """The address in the wiki's own form: by its article path, with a query where it asks for more than a page."""
    name = _written(address.title)
    query = dict(address.parameters)
    if address.action != "view":
        query["action"] = address.action
    if address.rev_id:
        query["oldid"] = str(address.rev_id)
    fragment = f"#{address.fragment}" if address.fragment else ""
    if not query and "$1" in what.article_path:
        return what.article_path.replace("$1", name) + fragment
    asked = "".join(f"&{key}={quote(value)}" for key, value in query.items())
    return f"{what.script_path}/index.php?title={name}{asked}{fragment}"


@lru_cache(LINKS_REMEMBERED)
def _written(title: str) -> str:
    return quote(title.replace(" ", "_"), safe=UNSAFE)


def absolute(url: str, href: str) -> str:
    """The link's whole address, without fragment."""
    # But for links that are only a query, the folder of a page tells where its links lead: the same for many pages.
    return _joined(url if href.startswith("?") else url[: url.rfind("/") + 1], href)


@lru_cache(LINKS_REMEMBERED)
def _joined(url: str, href: str) -> str:
    try:
        return urldefrag(urljoin(url, href))[0]
    except ValueError:  # "http://[": browsers show such links all the same
        return href


@lru_cache(LINKS_REMEMBERED)
def _host(url: str) -> str | None:
    """The server of an address; ``None`` where it names none, ``""`` for what is no address of a page."""
    try:
        parts = urlsplit(split_wayback(url)[1])
    except ValueError:
        return ""
    return parts.hostname if parts.scheme in ("", "http", "https", "file") else ""
