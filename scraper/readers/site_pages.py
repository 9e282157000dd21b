"""The wiki as its pages describe it, where neither its API nor an export does: name, language, version, namespaces.

Sources: script variables and links of the main page (skins of all eras), the namespace selector of Special:AllPages
(Html::namespaceSelector, HTMLForm since 1.22), the table of Special:Statistics (classes since 1.13).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from scraper import languages
from scraper.languages.tables import parts
from scraper.model import Capture, Namespace, Site, Via
from scraper.readers.dump_siteinfo import default_namespaces
from scraper.readers.html import Known, PageContext, read_page
from scraper.readers.html.elements import number_in
from scraper.readers.html.page import ParsedPage, parse_page, text_of
from scraper.readers.reading import Reading

LICENSE_RELATIONS = ("license", "copyright")
COPYRIGHT = ("footer-info-copyright", "f-copyright", "f-copyrightico", "copyright")
PROJECT, PROJECT_TALK = 4, 5
STATISTICS = "mw-statistics-"
COUNTS = {"articles": "articles", "pages": "pages", "files": "images", "edits": "edits", "users": "users",
          "users-active": "activeusers", "jobqueue": "jobs"}  # fmt: skip


def read_site(index_url: str, main: Capture, all_pages: Capture, statistics: Capture | None) -> Reading:
    """The site and its namespaces, from its main page, Special:AllPages and Special:Statistics."""
    page, what = parse_page(main), read_page(main, Known()).what
    if page is None:
        return Reading()
    namespaces = read_namespaces(all_pages, what.language, what.site_name)
    site = _site(index_url, page, what)
    siteinfo = {
        "general": _general(site, what),
        "namespaces": {str(ns.namespace_id): _as_api(ns) for ns in namespaces},
        "specialpagealiases": _special_pages(what.language),
        "statistics": read_statistics(statistics) if statistics else {},
        "rightsinfo": {"url": site.license_url, "text": site.license_name},
    }
    return Reading((replace(site, siteinfo=siteinfo), *namespaces))


def read_namespaces(all_pages: Capture, language: str, site_name: str) -> tuple[Namespace, ...]:
    """Those that the wiki offers to choose from, by its own names; the virtual ones by its language's."""
    page = parse_page(all_pages)
    offered = dict(_options(page)) if page is not None else {}
    own = {ns.namespace_id: ns for ns in languages.of(language).namespaces(offered.get(PROJECT) or site_name)}
    usual = {ns.namespace_id: ns for ns in default_namespaces()}
    names = {number: own[number].name for number in (-2, -1)} | offered
    return tuple(_namespace(number, name, own.get(number), usual.get(number)) for number, name in sorted(names.items()))


def read_statistics(capture: Capture) -> dict[str, int]:
    """The wiki's own counts, by the API's names."""
    page = parse_page(capture)
    counts: dict[str, int] = {}
    for row in page.body.iter("tr") if page is not None else ():
        name = (row.get("class") or "").removeprefix(STATISTICS)
        cells = row.findall("td")
        number = number_in(text_of(cells[-1])) if cells else None
        if name in COUNTS and number is not None:
            counts[COUNTS[name]] = number
    return counts


def _options(page: ParsedPage) -> Iterator[tuple[int, str]]:
    """Of the namespace selector; that of articles has a name of the interface, not one of the wiki's."""
    for field in page.body.iter("select"):
        if field.get("name") == "namespace":
            for option in field.iter("option"):
                value = option.get("value") or ""
                if value.isdecimal():
                    yield int(value), text_of(option) if value != "0" else ""


def _namespace(number: int, name: str, own: Namespace | None, usual: Namespace | None) -> Namespace:
    canonical = own.canonical if own else name
    others = (*own.aliases, own.name) if own else ()
    return Namespace(
        namespace_id=number,
        name=name,
        canonical=canonical,
        is_content=number == 0,
        has_subpages=usual.has_subpages if usual else False,
        aliases=tuple(alias for alias in dict.fromkeys(others) if alias not in ("", name, canonical)),
    )


def _special_pages(language: str) -> list[dict[str, Any]]:
    """Those of MediaWiki's own tables: a wiki's pages do not list their other names."""
    names: dict[str, list[str]] = {}
    for aliases in parts(languages.of(language).code, "specialPageAliases"):
        for canonical, own in aliases.items():
            names.setdefault(canonical, []).extend(name.replace("_", " ") for name in own)
    return [{"realname": canonical, "aliases": own} for canonical, own in sorted(names.items())]


def _as_api(namespace: Namespace) -> dict[str, Any]:
    number, name = namespace.namespace_id, namespace.name
    return {"id": number, "case": namespace.case, "name": name, "canonical": namespace.canonical}


def _site(index_url: str, page: ParsedPage, what: PageContext) -> Site:
    url = page.capture.url
    parts = urlsplit(url)
    return Site(
        name=what.site_name,
        base_url=url,
        generator=f"MediaWiki {what.version}".strip(),
        language=what.language,
        main_page=what.title,
        server=urlunsplit((parts.scheme, parts.netloc, "", "", "")),
        article_path=what.article_path or _article_path(page, what.title) or f"{urlsplit(index_url).path}?title=$1",
        script_path=urlsplit(index_url).path.rpartition("/")[0],
        case="first-letter",
        timezone="",
        license_name=_license_name(page),
        license_url=_license_url(page),
        siteinfo={},
        via=Via.HTML,
        index_url=index_url,
    )


def _general(site: Site, what: PageContext) -> Mapping[str, str]:
    said = {
        "sitename": site.name,
        "base": site.base_url,
        "mainpage": site.main_page,
        "generator": site.generator,
        "lang": site.language,
        "case": site.case,
        "server": site.server,
        "articlepath": site.article_path,
        "scriptpath": site.script_path,
        "script": urlsplit(site.index_url or "").path,
        "wikiid": what.dbname,
    }
    return {name: value for name, value in said.items() if value}


def _article_path(page: ParsedPage, title: str) -> str:
    """From the main page's own address, or from links to it: whatever ends in its title."""
    name = title.replace(" ", "_")
    for address in (page.capture.url, *_addresses(page)):
        path = address.partition("://")[2].partition("/")[2] if "://" in address else address.lstrip("/")
        if name and unquote(path).endswith(name) and "&" not in path:
            return "/" + unquote(path)[: -len(name)] + "$1"
    return ""


def _addresses(page: ParsedPage) -> Iterable[str]:
    for name in ("ca-nstab-main", "n-mainpage", "n-mainpage-description", "p-logo"):
        element = page.ids.get(name)
        for link in () if element is None else element.iter("a"):
            yield link.get("href") or ""


def _license_url(page: ParsedPage) -> str:
    for link in page.root.iter("link"):
        if link.get("rel") in LICENSE_RELATIONS and link.get("href"):
            return urljoin(page.capture.url, link.get("href") or "")
    return ""


def _license_name(page: ParsedPage) -> str:
    """The text of the link to the licence at the foot of pages."""
    boxes = (page.ids[name] for name in COPYRIGHT if name in page.ids)
    links = (text_of(link) for box in boxes for link in box.iter("a"))
    return next((text for text in links if text), "")
