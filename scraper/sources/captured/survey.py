"""The first pass over captures: what wiki this is, as most of its pages say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
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
from scraper.sources.captured.hosts import Told, host_of, own_hosts
from scraper.sources.captured.originals import original_of, thumbnail_of
from scraper.titles import TitleParser

MOST_ADDRESSES = 300_000  # of pages, and of files, kept in memory
MOST_HOSTS = 10_000  # that are told from each other
ALL_PAGES, FEWER = 100, 10  # pages that are looked at closely, and one in so many of the others
LOOKED_AT_OF_A_HOST = 10  # pages, however many others were seen
FEW = 20  # pages, of which one with a small first letter may be a slip
MAIN = 0
API_ANSWER = re.compile(rb'"query":|"parse":|<api[ >]')


@dataclass
class Survey:
    """What was seen. ``is_copy`` says that it is made of files, whose links lead to files, of one wiki."""

    is_copy: bool
    answers: int = 0
    told: dict[str, Told] = field(default_factory=dict)  # by host; all of a copy's is one
    looked_at: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    thumbnails: dict[str, tuple[int, str]] = field(default_factory=dict)
    address_titles: dict[str, str] = field(default_factory=dict)
    boxes: BannerCount = field(default_factory=BannerCount)

    def see(self, capture: Capture) -> None:
        """One answer of what may be a wiki."""
        self.answers += 1
        rules = AddressRules(is_mirror=self.is_copy)
        kind = data_kind(capture, Known(rules=rules))
        if kind is not None:
            told = self._told_at(capture.url)
            told.data += kind is not Kind.API or API_ANSWER.search(capture.body) is not None
            _take_siteinfo(told, capture, kind)
            return
        if self._is_wanted(capture.url):
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

    @cached_property
    def wiki(self) -> Told:
        """What the wiki's own hosts tell, once all was seen."""
        wiki = Told()
        hosts = self.hosts()
        for host, told in self.told.items():
            if not hosts or host in hosts:
                wiki.add(told)
        return wiki

    def hosts(self, held: Site | None = None) -> frozenset[str]:
        """The wiki's own, empty where all are; ``held`` is the wiki as the archive knows it from elsewhere."""
        return frozenset() if self.is_copy else own_hosts(self.told, held)

    def stand_ins(self) -> frozenset[str]:
        """The addresses of thumbnails of files that were not captured themselves."""
        return frozenset(url for name, (_, url) in self.thumbnails.items() if name not in self.files)

    def known(self, has_titles: TitleParser | None = None) -> Known:
        """What reading a page again needs to know; ``has_titles`` are the archive's, where it knows the wiki."""
        return Known(
            titles=has_titles or TitleParser(self.namespaces()),
            language=self.language,
            site_name=self.wiki.most("site_name"),
            rules=AddressRules(tuple(path for path, _ in self.wiki.said["article_path"].most_common(3)), self.is_copy),
            banners=frozenset(banner.key for banner in self.boxes.banners()),
            address_titles=self.address_titles,
        )

    @property
    def language(self) -> str:
        return self.wiki.most("language") or self.wiki.most("user_language") or "en"

    def site(self, source: str) -> Site:
        """The wiki; the captures themselves are its address where no page names its own."""
        server, script_path = self._server(), self.wiki.most("script_path")
        host = parts_of(server).hostname or ""
        version = max(self.wiki.said["version"], key=_number, default="")
        main_page = self._main_page()
        path = self.wiki.most("article_path") or self.wiki.most("main_page")
        return Site(
            name=self.wiki.most("site_name") or host or source,
            base_url=joined(f"{server}/", path.replace("$1", main_page.replace(" ", "_"))) if server else "",
            generator=f"MediaWiki {version}".strip(),
            language=self.language,
            main_page=main_page,
            server=server,
            article_path=self.wiki.most("article_path") or "/wiki/$1",
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
        usual = languages.of(self.language).namespaces(self.wiki.most("site_name") or "Project")
        found = {namespace.namespace_id: namespace for namespace in usual}
        for number, names in self.wiki.prefixes.items():
            found[number] = _renamed(found.get(number), number, names)
        case = self._case()
        return [
            Namespace(
                one.namespace_id, one.name, one.canonical, case, not one.namespace_id, one.has_subpages, one.aliases
            )
            for one in sorted(found.values(), key=lambda one: one.namespace_id)
        ]

    def _is_wanted(self, url: str) -> bool:
        """Of many pages some tell enough, some of each host."""
        if self.boxes.pages < ALL_PAGES or self.answers % FEWER == 0:
            return True
        host = host_of(url)
        self.looked_at[host] += not self.is_copy and (host in self.looked_at or len(self.looked_at) < MOST_HOSTS)
        return 0 < self.looked_at[host] <= LOOKED_AT_OF_A_HOST

    def _told_at(self, url: str) -> Told:
        host = "" if self.is_copy else host_of(url)
        return self.told.setdefault(host, Told()) if len(self.told) < MOST_HOSTS else self.told.get(host, Told())

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
            shown = (picture.get("src") or "" for picture in page.root.iter("img"))
            self._told_at(capture.url).file_hosts.update(
                host_of(url) for url in shown if original_of(url) or thumbnail_of(url)
            )

    def _count(self, what: PageContext, url: str) -> None:
        told = self._told_at(url)
        told.pages += 1
        for name, counter in told.said.items():
            counter[getattr(what, name)] += 1
        parts = parts_of(url)
        if parts.netloc:
            told.origins[f"{parts.scheme}://{parts.netloc}"] += 1
        prefix, colon, _ = what.title.partition(":")
        if what.namespace_id and colon:
            told.prefixes.setdefault(what.namespace_id, Counter())[prefix] += 1
        if what.namespace_id == MAIN and what.title:
            told.small_initials[what.title[0] != what.title[0].upper()] += 1
        if what.kind is Kind.VIEW and what.title and len(self.address_titles) < MOST_ADDRESSES:
            self.address_titles[url] = what.title

    def _server(self) -> str:
        """As the pages say, else where they were captured; the names of a copy's folders are no addresses."""
        asked = () if self.is_copy else (host for host, _ in self.wiki.origins.most_common(1))
        return self.wiki.most("server") or next(iter(asked), "")

    def _main_page(self) -> str:
        rules = AddressRules(tuple(self.wiki.said["article_path"]), self.is_copy)
        address = read_address(self.wiki.most("main_page"), rules)
        if address and address.title:
            return address.title
        return next(iter(languages.of(self.language).wordings("mainpage")), "Main Page")

    def _case(self) -> str:
        small, all_pages = self.wiki.small_initials[True], self.wiki.small_initials.total()
        return "case-sensitive" if small > max(1, all_pages // FEW) else "first-letter"


def _take_siteinfo(told: Told, capture: Capture, kind: Kind) -> None:
    """What the wiki says of itself in an answer of its API, else in the head of an export."""
    if kind is Kind.API and b'"general"' in capture.body and told.told_by is not Via.API:
        facts: Iterable[object] = read_kept_answer(capture, NOTHING).facts
    elif kind is Kind.EXPORT and told.told_by is None:
        facts = DumpReader("Special:Export", ()).read([capture.body])
    else:
        return
    found = [fact for fact in facts if isinstance(fact, Site | Namespace)]
    if any(isinstance(fact, Namespace) for fact in found) and any(isinstance(fact, Site) for fact in found):
        told.siteinfo, told.told_by = found, Via.API if kind is Kind.API else Via.EXPORT


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
