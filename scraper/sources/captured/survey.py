"""The first pass over captures: what wiki this is, as most of its pages say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from scraper import languages
from scraper.model import Capture, Namespace, Site, SiteNotice, Via
from scraper.readers.dump import DumpReader
from scraper.readers.html import NOTHING, Kind, Known, PageContext
from scraper.readers.html.addresses import AddressRules, read_address
from scraper.readers.html.banners import BannerCount, pieces_of
from scraper.readers.html.glance import glance
from scraper.readers.html.page import parse_page
from scraper.readers.html.reading import data_kind
from scraper.readers.html.recognition import recognise
from scraper.readers.kept_answers import read_kept_answer
from scraper.sources.captured.addresses import joined, parts_of
from scraper.sources.captured.originals import original_of, thumbnail_of
from scraper.titles import TitleParser

MOST_ADDRESSES = 300_000  # of pages, and of files, kept in memory
ALL_PAGES, FEWER = 100, 10  # pages that are looked at closely, and one in so many of the others
FEW = 20  # pages, of which one with a small first letter may be a slip
MAIN = 0
API_ANSWER = re.compile(rb'"query":|"parse":|<api[ >]')
TOLD = ("language", "user_language", "site_name", "article_path", "script_path", "server", "main_page", "version")


@dataclass(slots=True)
class Survey:
    """What was seen. ``is_copy`` says that it is made of files, whose links lead to files."""

    is_copy: bool
    answers: int = 0
    pages: int = 0
    data: int = 0
    files: set[str] = field(default_factory=set)
    thumbnails: dict[str, tuple[int, str]] = field(default_factory=dict)
    told: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in TOLD})
    prefixes: dict[int, Counter[str]] = field(default_factory=dict)
    hosts: Counter[str] = field(default_factory=Counter)
    small_initials: Counter[bool] = field(default_factory=Counter)
    address_titles: dict[str, str] = field(default_factory=dict)
    boxes: BannerCount = field(default_factory=BannerCount)
    siteinfo: list[Site | Namespace] = field(default_factory=list)
    told_by: Via | None = None

    def see(self, capture: Capture) -> None:
        """One answer of what may be a wiki."""
        self.answers += 1
        rules = AddressRules(is_mirror=self.is_copy)
        kind = data_kind(capture, Known(rules=rules))
        if kind is not None:
            self.data += kind is not Kind.API or API_ANSWER.search(capture.body) is not None
            self._take_siteinfo(capture, kind)
            return
        if self._is_wanted():
            self._see_page(capture, rules)
        elif self.is_copy:
            self._glance_at(capture, rules)

    def see_file(self, url: str) -> None:
        """The address of a file, or of a thumbnail: for each file the widest of them is remembered."""
        if len(self.files) + len(self.thumbnails) >= MOST_ADDRESSES:
            return
        if thumbnail := thumbnail_of(url):
            shown = (thumbnail.width, url)
            self.thumbnails[thumbnail.name] = max(shown, self.thumbnails.get(thumbnail.name, shown))
        elif (original := original_of(url)) and not original.archive_name:
            self.files.add(original.name)

    def stand_ins(self) -> frozenset[str]:
        """The addresses of thumbnails of files that were not captured themselves."""
        return frozenset(url for name, (_, url) in self.thumbnails.items() if name not in self.files)

    def known(self, has_titles: TitleParser | None = None) -> Known:
        """What reading a page again needs to know; ``has_titles`` are the archive's, where it knows the wiki."""
        return Known(
            titles=has_titles or TitleParser(self.namespaces()),
            language=self.language,
            site_name=self._most("site_name"),
            rules=AddressRules(tuple(path for path, _ in self.told["article_path"].most_common(3)), self.is_copy),
            banners=frozenset(banner.key for banner in self.boxes.banners()),
            address_titles=self.address_titles,
        )

    @property
    def language(self) -> str:
        return self._most("language") or self._most("user_language") or "en"

    def site(self, source: str) -> Site:
        """The wiki; the captures themselves are its address where no page names its own."""
        server, script_path = self._server(), self._most("script_path")
        host = parts_of(server).hostname or ""
        version = max(self.told["version"], key=_number, default="")
        main_page = self._main_page()
        path = self._most("article_path") or self._most("main_page")
        return Site(
            name=self._most("site_name") or host or source,
            base_url=joined(f"{server}/", path.replace("$1", main_page.replace(" ", "_"))) if server else "",
            generator=f"MediaWiki {version}".strip(),
            language=self.language,
            main_page=main_page,
            server=server,
            article_path=self._most("article_path") or "/wiki/$1",
            script_path=script_path,
            case=self._case(),
            timezone="",
            license_name="",
            license_url="",
            siteinfo={},
            via=Via.HTML,
        )

    def notices(self) -> list[SiteNotice]:
        """What stood on most pages, and is part of none."""
        return [SiteNotice(banner.html, banner.text, banner.pages, Via.HTML) for banner in self.boxes.banners()]

    def namespaces(self) -> list[Namespace]:
        """Those of the language, with the names that the pages use, and the wiki's own."""
        usual = languages.of(self.language).namespaces(self._most("site_name") or "Project")
        found = {namespace.namespace_id: namespace for namespace in usual}
        for number, names in self.prefixes.items():
            found[number] = _renamed(found.get(number), number, names)
        case = self._case()
        return [
            Namespace(
                one.namespace_id, one.name, one.canonical, case, not one.namespace_id, one.has_subpages, one.aliases
            )
            for one in sorted(found.values(), key=lambda one: one.namespace_id)
        ]

    def _is_wanted(self) -> bool:
        """Of many pages some tell enough."""
        return self.pages < ALL_PAGES or self.answers % FEWER == 0

    def _glance_at(self, capture: Capture, rules: AddressRules) -> None:
        """Of a copy every page has to be known by its title."""
        what = glance(capture)
        if what is None:
            self._see_page(capture, rules)
        else:
            self._count(what, capture.url)

    def _see_page(self, capture: Capture, rules: AddressRules) -> None:
        page = parse_page(capture)
        if page is None:
            return
        what = recognise(page, Known(rules=rules))
        if what.is_mediawiki and what.kind is not Kind.REDIRECT:
            self._count(what, capture.url)
            self.boxes.add(pieces_of(page))

    def _take_siteinfo(self, capture: Capture, kind: Kind) -> None:
        """What the wiki says of itself in an answer of its API, else in the head of an export."""
        if kind is Kind.API and b'"general"' in capture.body and self.told_by is not Via.API:
            facts: Iterable[object] = read_kept_answer(capture, NOTHING).facts
        elif kind is Kind.EXPORT and self.told_by is None:
            facts = DumpReader("Special:Export", ()).read([capture.body])
        else:
            return
        found = [fact for fact in facts if isinstance(fact, Site | Namespace)]
        if any(isinstance(fact, Namespace) for fact in found) and any(isinstance(fact, Site) for fact in found):
            self.siteinfo, self.told_by = found, Via.API if kind is Kind.API else Via.EXPORT

    def _count(self, what: PageContext, url: str) -> None:
        self.pages += 1
        for name, counter in self.told.items():
            counter[getattr(what, name)] += 1
        parts = parts_of(url)
        if parts.netloc:
            self.hosts[f"{parts.scheme}://{parts.netloc}"] += 1
        prefix, colon, _ = what.title.partition(":")
        if what.namespace_id and colon:
            self.prefixes.setdefault(what.namespace_id, Counter())[prefix] += 1
        if what.namespace_id == MAIN and what.title:
            self.small_initials[what.title[0] != what.title[0].upper()] += 1
        if what.kind is Kind.VIEW and what.title and len(self.address_titles) < MOST_ADDRESSES:
            self.address_titles[url] = what.title

    def _server(self) -> str:
        """As the pages say, else where they were captured; the names of a copy's folders are no addresses."""
        asked = () if self.is_copy else (host for host, _ in self.hosts.most_common(1))
        return self._most("server") or next(iter(asked), "")

    def _most(self, name: str) -> str:
        """What most pages say, of those that say anything."""
        said = ((text, count) for text, count in self.told[name].most_common(2) if text)
        return next((text for text, _ in said), "")

    def _main_page(self) -> str:
        address = read_address(self._most("main_page"), AddressRules(tuple(self.told["article_path"]), self.is_copy))
        if address and address.title:
            return address.title
        return next(iter(languages.of(self.language).wordings("mainpage")), "Main Page")

    def _case(self) -> str:
        small, all_pages = self.small_initials[True], self.small_initials.total()
        return "case-sensitive" if small > max(1, all_pages // FEW) else "first-letter"


def _renamed(usual: Namespace | None, number: int, names: Counter[str]) -> Namespace:
    name = names.most_common(1)[0][0]
    if usual is None:
        return Namespace(number, name, name)
    aliases = dict.fromkeys(chain(_without(usual.aliases, name), _without([usual.name], name), _without(names, name)))
    return Namespace(number, name, usual.canonical, aliases=tuple(aliases))


def _without(names: Iterable[str], name: str) -> Iterator[str]:
    return (other for other in names if other != name)


def _number(version: str) -> tuple[int, ...]:
    """1.9 stands before 1.10."""
    return tuple(int(part) if part.isdecimal() else -1 for part in version.replace("-", ".").split("."))
