"""What each old address of a wiki has to lead to, told from the wiki's own database, and whether a server does."""

from __future__ import annotations

import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from converters.exporters.site.servers.old_addresses import GONE_ACTIONS
from scraper.titles import IllegalTitle, TitleParser
from tests.lab.wiki import Layout
from tests.site.living import VERSIONS_OF_A_PAGE, encoded

REFRESH = re.compile(rb'http-equiv="refresh" content="0; url=([^"]*)"')
WHOLE_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
# Examples on the pages that ask for a number or a name.
EXAMPLES = re.compile(r"/(?:file|page|revision)/|Random/")
# Models whose text MediaWiki gives out (CONTENT_MODEL_* of its Defines.php, and Scribunto's); NULL is wikitext.
READABLE = {None, "wikitext", "javascript", "json", "css", "text", "Scribunto"}
MEDIA, FILE = -2, 6
# With more bytes behind them, titles are names that no disk takes.
LONG = 200
VIEWS = {"history": "history", "info": "info", "raw": "source"}


class Page(NamedTuple):
    """A page of the wiki and the ids of its versions, oldest first."""

    title: str
    page_id: int
    versions: tuple[int, ...]
    has_source: bool = True


class Answer(NamedTuple):
    """``place`` is where the address led, decoded; ``title`` what stands in the browser's frame there."""

    status: int
    place: str
    title: str


@dataclass(frozen=True, slots=True)
class Oracle:
    """Knows one wiki: its pages by full title, all ids of versions, its paths, and where the site has each title."""

    pages: dict[str, Page]
    versions: frozenset[int]
    titles: TitleParser
    layout: Layout
    places: dict[str, str]

    @property
    def special(self) -> str:
        """What stands before the names of special pages."""
        return f"{self.titles.namespaces[-1].name}:"

    def expected(self, address: str) -> set[str] | None:
        """Where an address may lead: ``None`` for 404 or what explains it, an empty set when anything will do."""
        parts = urlsplit(f"http://localhost{address}")  # a title may begin with two slashes
        asked = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        name = asked.get("title") or self._name(unquote(parts.path))
        action = asked.get("veaction") or asked.get("action", "view")
        if (ids := self._versions_asked(asked)) and action not in ("history", "info"):
            return self._version(asked) if ids <= self.versions else None
        if action in GONE_ACTIONS:
            return {"/archive/gone/"}
        if "curid" in asked and (action == "view" or name is None):
            page = next((page for page in self.pages.values() if str(page.page_id) == asked["curid"]), None)
            # A page whose first letter is small, where none may be, stands apart.
            names = (page.title, page.title[:1].lower() + page.title[1:]) if page else ()
            return {self.places[name] for name in names if name in self.places} or None
        if name is None or not name.strip("_ :"):
            return set()
        return self._page(name, action, asked)

    def _page(self, name: str, action: str, asked: dict[str, str]) -> set[str] | None:
        try:
            title = self.titles.parse(name.partition("#")[0].replace("_", " "))
        except IllegalTitle:
            return set() if name.startswith(("Special:", self.special)) else None
        if title.namespace_id == MEDIA:
            title = self.titles.make(FILE, title.name)
        if title.namespace_id < 0:
            return set() if not EXAMPLES.search(name) else None
        place = self.places.get(title.full)
        if place is None or title.full not in self.pages:
            return {place} if place else None
        # To a page whose first letter is small, where none may be, no link of the wiki leads; the site has it apart.
        alike = {place, self.places.get(name.replace("_", " "), place), self.places.get(title.full.rstrip("/"), place)}
        if action in VIEWS and (action != "raw" or self.pages[title.full].has_source):
            return {self._view(VIEWS[action], one) for one in alike}
        return alike | {self._view("redirect", one) for one in alike if asked.get("redirect") == "no"}

    def _view(self, view: str, place: str) -> str:
        start = self.layout.article_path.partition("$1")[0]
        start = "/wiki/" if "?" in start else start
        return f"/{view}/{place.removeprefix(start)}"

    @staticmethod
    def _versions_asked(asked: dict[str, str]) -> set[int]:
        given = (asked.get("oldid", ""), asked.get("diff", ""))
        return {int(number) for number in given if number.isdecimal() and int(number)}

    def _version(self, asked: dict[str, str]) -> set[str]:
        """Where a version or difference is."""
        old, new = asked.get("oldid", ""), asked.get("diff", "")
        if new.isdecimal() and new != "0":
            return {f"/difference/{new}/"}
        before, after = self._around(int(old))
        if "diff" in asked:
            following = f"/difference/{after}/" if after else f"/revision/{old}/"
            ways = {"prev": f"/difference/{old}/", "next": following}
            return {ways.get(new, f"/difference/{old}/current/")}
        ways = {"prev": f"/revision/{before or old}/", "next": f"/revision/{after or old}/"}
        return {ways.get(asked.get("direction", ""), f"/revision/{old}/")}

    def _around(self, rev_id: int) -> tuple[int | None, int | None]:
        for page in self.pages.values():
            if rev_id in page.versions:
                place = page.versions.index(rev_id)
                return page.versions[place - 1] if place else None, (*page.versions[place + 1 :], None)[0]
        return None, None

    def _name(self, path: str) -> str | None:
        """The title in a path, ``None`` for the path of a file or script."""
        starts = (f"{self.layout.script_path}/index.php/", self.layout.article_path.partition("$1")[0])
        start = next((start for start in starts if "?" not in start and path.startswith(start)), None)
        name = None if start is None else path.removeprefix(start)
        is_file = name is not None and start == "/" and re.match(r"(?:w/|w$|\w+\.php|images/|-/)", name)
        return None if is_file else name

    def forms(self) -> Iterator[str]:
        """Every form of the addresses of every page, and of its versions: of a long history the first and the last."""
        script, start = f"{self.layout.script_path}/index.php", self.layout.article_path.partition("$1")[0]
        for page in self.pages.values():
            name = encoded(page.title)
            plain = start + name if "?" not in start else f"{script}?title={name}"
            join = "&" if "?" in plain else "?"
            yield from (
                plain,
                f"{script}?title={name}",
                f"{script}?title={quote(page.title, safe='')}",
                f"{script}/{name}",
            )
            yield from (f"{script}?title={quote(page.title).replace('%20', '+')}", f"{script}?curid={page.page_id}")
            yield from (f"{plain}{join}{view}" for view in _VIEWS_ASKED)
            yield from (f"{script}?{view}&title={name}" for view in _VIEWS_ASKED)
            yield from (f"{script}?&title={name}", f"{self.layout.script_path}/?title={name}&useskin=x")
            if not name.startswith("/") and not name.endswith("/") and len(page.title.encode()) < LONG:
                yield from (f"{start}{name}%23", f"{start}{name}%23Part_1%3F?action=view")
            if "." in name:
                yield from (plain.replace(name, name.replace(".", "%2E")), f"{script}?title={name.replace('.', '%2e')}")
            if page.title.startswith(file := f"{self.titles.namespaces[FILE].name}:"):
                yield f"{start}Media:{encoded(page.title.removeprefix(file))}"
            yield f"{plain}{join}oldid={page.versions[0]}&action=info"
            yield from (f"{script}?curid={page.page_id}&{view}" for view in _VIEWS_ASKED)
            for rev_id in (*page.versions[:VERSIONS_OF_A_PAGE], *page.versions[VERSIONS_OF_A_PAGE:][-1:]):
                yield from (f"{script}?oldid={rev_id}", f"{plain}{join}oldid={rev_id}")
                yield from (f"{script}?title={name}&diff={rev_id}", f"{script}?diff=cur&oldid={rev_id}&title={name}")
                yield from (f"{script}?title={name}&direction=prev&oldid={rev_id}", f"{script}?diff=&oldid={rev_id}")
                yield f"{plain}{join}direction=next&oldid={rev_id}"
                if rev_id != page.versions[0]:
                    yield from (
                        f"{script}?title={name}&diff=prev&oldid={rev_id}",
                        f"{script}?title={name}&oldid={rev_id}&diff=prev",
                    )
                if rev_id != page.versions[-1]:
                    yield f"{script}?title={name}&diff=next&oldid={rev_id}"


_VIEWS_ASKED = (
    "action=history", "action=info", "action=raw", "action=edit", "printable=yes", "redirect=no",
    "uselang=en&useskin=monobook", "action=view", "action=purge", "mobileaction=toggle_view_mobile",
)  # fmt: skip


def oracle(database: Path, titles: TitleParser, layout: Layout, site: Path) -> Oracle:
    """From MediaWiki's own database, and the site's record of its addresses."""
    lines = (site / "addresses.tsv").read_text("utf-8").splitlines()[1:]
    places = {title: f"/{address}/" for address, _, title in reversed([line.split("\t") for line in lines])}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as wiki:
        versions: dict[int, list[int]] = {}
        for page_id, rev_id in wiki.execute("SELECT rev_page, rev_id FROM revision ORDER BY rev_timestamp, rev_id"):
            versions.setdefault(page_id, []).append(rev_id)
        rows = wiki.execute("SELECT page_id, page_namespace, page_title, page_content_model FROM page").fetchall()
    pages = {}
    for page_id, namespace_id, name, model in rows:
        title = titles.make(namespace_id, name.replace("_", " ")).full
        pages[title] = Page(title, page_id, tuple(versions.get(page_id, ())), model in READABLE)
    return Oracle(pages, frozenset(chain(*versions.values())), titles, layout, places)


def ask(base: str, address: str) -> Answer:
    """Follow an address, over pages that only lead on too."""
    place = base + address
    for _ in range(3):
        try:
            with urllib.request.urlopen(place, timeout=60) as answer:
                status, url, body = answer.status, answer.url, answer.read()
        except urllib.error.HTTPError as error:
            return Answer(error.code, unquote(urlsplit(error.url).path), "")
        refresh = REFRESH.search(body) if re.search(r"/(?:page/\d+|prev|next)/$", url) else None
        if refresh is None:
            title = WHOLE_TITLE.search(body.decode("utf-8", "replace"))
            return Answer(status, unquote(urlsplit(url).path), title[1] if title else "")
        place = urljoin(url, unescape(refresh[1].decode()))
    return Answer(status, place, "")


def failures(base: str, oracle: Oracle, addresses: Iterable[str]) -> list[str]:
    """Addresses that lead elsewhere than they must, with where they led."""
    asked = list(dict.fromkeys(addresses))
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda address: _failure(base, oracle, address), asked)
        return [failure for failure in answers if failure]


def _failure(base: str, oracle: Oracle, address: str) -> str:
    expected = oracle.expected(address)
    try:
        answer = ask(base, address)
    except OSError as error:
        return f"{address} → {error}"
    if expected is None:
        is_right = answer.status == 404 or answer.place == "/archive/gone/" or oracle.special in answer.place
    else:
        is_right = answer.status == 200 and (not expected or answer.place in expected)
    return "" if is_right else f"{address} → {answer.status} {answer.place}, not {expected}"
