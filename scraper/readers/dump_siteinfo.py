"""``<siteinfo>``: what a dump says of its wiki (since 0.3), and what is assumed where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from scraper.model import Namespace, Site, Via
from scraper.readers.dump_values import Element, children, text_of
from scraper.readers.dump_xml import local_name

FIRST_LETTER = "first-letter"
ALWAYS_CAPITALISED = (-1, 2, 3, 8, 9)  # NamespaceInfo::ALWAYS_CAPITALIZED_NAMESPACES and their talk
OLD_NAMES = {6: ("Image",), 7: ("Image talk",)}  # until MediaWiki 1.13


def read_siteinfo(element: Element, language: str) -> Iterator[Site | Namespace]:
    """The wiki, then its namespaces. ``language`` is the root's ``xml:lang``."""
    parts = children(element)
    case = text_of(parts, "case") or FIRST_LETTER
    namespaces = [_namespace(child, case) for child in _namespace_elements(parts)]
    yield _site(parts, language, namespaces)
    yield from namespaces


def guess_site(name: str, language: str) -> Site:
    """Where a dump says nothing of its wiki: called by the dump's name."""
    return replace(_site({}, language, []), name=name)


def guess_namespaces(prefixes: Mapping[int, str]) -> Iterator[Namespace]:
    """MediaWiki's own, under the names that the dump's titles have."""
    for namespace in default_namespaces():
        yield replace(namespace, name=prefixes.get(namespace.namespace_id, namespace.name))


def rows(name: str) -> list[list[str]]:
    """The rows of one of this package's tables."""
    text = files("scraper.readers").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@cache
def default_namespaces() -> tuple[Namespace, ...]:
    """Those that every wiki has, by their English names."""
    return tuple(
        Namespace(int(number), name, name, FIRST_LETTER, number == "0", has_subpages == "1", _aliases(int(number)))
        for number, name, has_subpages in rows("dump-namespaces.tsv")
    )


def _namespace_elements(parts: dict[str, Element]) -> list[Element]:
    group = parts.get("namespaces")
    return [] if group is None else [child for child in group if local_name(child) == "namespace"]


def _namespace(element: Element, case: str) -> Namespace:
    """A dump names it in the wiki's language only; the rest is MediaWiki's default for its number.

    Before 0.4 it has no case of its own.
    """
    number = int(element.get("key", "0"))
    name = element.text or ""
    default = next((ns for ns in default_namespaces() if ns.namespace_id == number), None)
    return Namespace(
        namespace_id=number,
        name=name,
        canonical=default.canonical if default else name,
        case=element.get("case") or (FIRST_LETTER if number in ALWAYS_CAPITALISED else case),
        is_content=number == 0,
        has_subpages=default.has_subpages if default else False,
        aliases=tuple(alias for alias in _aliases(number) if alias != name),
    )


def _aliases(number: int) -> tuple[str, ...]:
    return OLD_NAMES.get(number, ())


def _site(parts: dict[str, Element], language: str, namespaces: list[Namespace]) -> Site:
    base = _address(text_of(parts, "base") or "")
    server, article_path, main_page = _addresses(base)
    return Site(
        name=text_of(parts, "sitename") or "",
        base_url=base,
        generator=text_of(parts, "generator") or "",
        language=language,
        main_page=main_page,
        server=server,
        article_path=article_path,
        script_path="",
        case=text_of(parts, "case") or FIRST_LETTER,
        timezone="UTC",
        license_name="",
        license_url="",
        siteinfo=_as_api(parts, language, namespaces),
        via=Via.DUMP,
    )


def _address(text: str) -> str:
    """Empty for what is no address, such as ``http://[::::]/``."""
    try:
        urlsplit(text)
    except ValueError:
        return ""
    return text


def _addresses(base: str) -> tuple[str, str, str]:
    """Server, article path and main page from the main page's address, which is all that a dump tells.

    An address that ends in ``/`` names no page; then MediaWiki's usual ``/wiki/$1`` is taken, or that folder.
    """
    address = urlsplit(base)
    server = f"{address.scheme}://{address.netloc}" if address.netloc else ""
    if address.query.startswith("title="):
        return server, f"{address.path}?title=$1", _title(address.query[len("title=") :])
    folder, _, page = address.path.rpartition("/")
    if not page and not folder:
        return server, "/wiki/$1", ""
    return server, f"{folder}/$1", _title(page)


def _title(escaped: str) -> str:
    return unquote(escaped).replace("_", " ")


def _as_api(parts: dict[str, Element], language: str, namespaces: list[Namespace]) -> dict[str, Any]:
    """In the shape of ``meta=siteinfo``."""
    said = {
        "sitename": text_of(parts, "sitename"),
        "wikiid": text_of(parts, "dbname"),
        "base": text_of(parts, "base"),
        "generator": text_of(parts, "generator"),
        "case": text_of(parts, "case"),
        "lang": language or None,
    }
    return {
        "general": {key: value for key, value in said.items() if value is not None},
        "namespaces": {
            str(ns.namespace_id): {"id": ns.namespace_id, "case": ns.case, "name": ns.name} for ns in namespaces
        },
    }
