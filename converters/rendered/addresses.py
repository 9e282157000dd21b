"""Addresses in the wiki's HTML: which page, file or place on the web an ``href`` or ``src`` means.

Forms: https://www.mediawiki.org/wiki/Manual:Short_URL and Manual:Parameters_to_index.php.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.parse import unquote as percent_decoded

from converters.document.tree import CONTROLS
from converters.document.vocabulary import LinkKind
from converters.document.wiki import Wiki
from scraper.model import Site, Title
from scraper.titles import IllegalTitle

FILE, CATEGORY = 6, 14
# Manual:$wgHashedUploadDirectory: /images/a/ab/Name.png, /images/thumb/a/ab/Name.png/120px-Name.png, archive/ for old
# versions. The directories repeat each other's digit.
UPLOADED = re.compile(r"/(?:thumb/|archive/|transcoded/)*([0-9a-f])/\1[0-9a-f]/([^/?#]+)")
# Servers refuse longer ones (8 kB in Apache and nginx), and reading them takes the square of their length.
LONGEST = 8192
OLD_VERSION = re.compile(r"^\d{14}!")
UPLOADS = "images|upload|uploads|img_auth\\.php"
UNHASHED = re.compile(rf"/(?:{UPLOADS})/(?:thumb/)?([^/?#]+\.\w+)(?:/[^/]*px-[^/]*)?$")
# The article paths that old links of a wiki still carry, after its present one.
USUAL_ARTICLE_PATHS = ("/wiki/$1", "/index.php/$1", "/w/index.php/$1")
VIEWING = frozenset({"view", "render", "purge"})


@dataclass(frozen=True, slots=True)
class Address:
    """What an address means: ``title`` for pages and files of the wiki, else ``url``, absolute or ``#fragment``."""

    kind: LinkKind
    url: str = ""
    title: Title | None = None
    fragment: str = ""
    is_missing: bool = False


class Addresses:
    """Understands the addresses of one wiki; remembers those it has seen of late: pages share most of them."""

    def __init__(self, wiki: Wiki) -> None:
        self.titles = wiki.titles
        self.server = wiki.site.server or wiki.site.base_url
        self.base = "https:" + self.server if self.server.startswith("//") else self.server
        self.hosts = _hosts(wiki.site)
        self.article_paths = _article_paths(wiki.site)
        self.uploads = re.compile(rf"{re.escape(wiki.site.script_path)}/(?:{UPLOADS})/")
        self.scripts = {wiki.site.script_path + "/index.php", "/index.php", "/w/index.php", "/"}
        self.read = lru_cache(maxsize=20_000)(self._read)

    def file_name(self, src: str) -> str | None:
        """The file of the wiki, or of the repository it shares, that a picture's address shows; else ``None``."""
        src = self.absolute(src)
        path = unquote(urlsplit(src).path)
        found = UPLOADED.search(path)
        if found:
            return OLD_VERSION.sub("", found[2]).replace("_", " ")
        if path.endswith("/thumb.php"):
            name = _asked(urlsplit(src).query).get("f", "")
            return name.replace("_", " ") or None
        found = UNHASHED.search(path) if self.is_own(src) else None
        return found[1].replace("_", " ") if found else None

    def is_own(self, url: str) -> bool:
        """Whether an address is on the wiki's server."""
        return (urlsplit(url).hostname or "") in self.hosts

    def absolute(self, url: str) -> str:
        """The address with scheme and host; empty for what ``urlsplit`` refuses, such as ``http://[``."""
        try:
            return urljoin(self.base, url) if len(url) <= LONGEST else ""
        except ValueError:
            return ""

    def _read(self, href: str) -> Address:
        """The meaning of an address as it stands in the HTML, percent-encoded, absolute or not."""
        if href.startswith("#"):
            return Address(LinkKind.ANCHOR, "#" + unquote(href[1:]))
        if len(href) > LONGEST:
            return Address(LinkKind.EXTERNAL, href)
        try:
            if self.is_own(href) and (not urlsplit(href).scheme or href.lower().startswith("http")):
                return self._read_own(href) or Address(LinkKind.EXTERNAL, self.absolute(href))
        except ValueError:  # urlsplit refuses "http://[": the wiki shows such links all the same
            return Address(LinkKind.EXTERNAL, href)
        return Address(LinkKind.EXTERNAL, href)

    def _read_own(self, href: str) -> Address | None:
        parts = urlsplit(href)
        query = _asked(parts.query)
        name = query.pop("title", "") or self._name_in_path(parts.path)
        action = query.pop("action", "view")
        upload = query.pop("wpDestFile", "")
        if upload:
            return self._file(upload, is_missing=True)
        is_missing = query.pop("redlink", "") == "1"
        # What MediaWiki adds to links whose target is a redirect itself.
        query.pop("redirect", "")
        if name and (is_missing or (action in VIEWING and not query)):
            return self._page(name, unquote(parts.fragment), is_missing)
        found = UPLOADED.search(unquote(parts.path))
        return self._file(found[2]) if found else None

    def _name_in_path(self, path: str) -> str:
        for article_path in self.article_paths:
            before, _, after = article_path.partition("$1")
            if before == "/" and self.uploads.match(path):
                continue
            if path.startswith(before) and path.endswith(after) and len(path) > len(before):
                return unquote(path[len(before) : len(path) - len(after) or None])
        return ""

    def _page(self, name: str, fragment: str, is_missing: bool) -> Address | None:
        try:
            title = self.titles.parse(name)
        except IllegalTitle:
            return None
        kinds = {FILE: LinkKind.FILE, CATEGORY: LinkKind.CATEGORY}
        kind = kinds.get(title.namespace_id, LinkKind.INTERNAL)
        return Address(kind, "", title, fragment, is_missing)

    def _file(self, name: str, is_missing: bool = False) -> Address | None:
        try:
            return Address(LinkKind.FILE, "", self.titles.make(FILE, unquote(name)), "", is_missing)
        except IllegalTitle:
            return None


@lru_cache(maxsize=4)
def addresses_of(wiki: Wiki) -> Addresses:
    """The same for all pages of a wiki."""
    return Addresses(wiki)


def _hosts(site: Site) -> frozenset[str]:
    named = (urlsplit(url).hostname for url in (site.server, site.base_url))
    return frozenset({"", *(host for host in named if host)})


def _article_paths(site: Site) -> tuple[str, ...]:
    own = site.article_path if "$1" in site.article_path else ""
    paths = (own, site.script_path + "/index.php/$1", *USUAL_ARTICLE_PATHS)
    usable = dict.fromkeys(path for path in paths if path and "?" not in path)
    # "/$1" would swallow every other path: it is tried last.
    return tuple(sorted(usable, key=lambda path: path == "/$1"))


def unquote(written: str) -> str:
    """Percent-encoding resolved, without what no tree can hold."""
    return CONTROLS.sub("", percent_decoded(written))


def _asked(query: str) -> dict[str, str]:
    """What is asked behind the question mark, the last value of each name."""
    return {name: CONTROLS.sub("", values[-1]) for name, values in parse_qs(query).items()}
