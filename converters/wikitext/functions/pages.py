"""Titles, namespaces and addresses of the wiki (CoreParserFunctions, and ``#titleparts``)."""

from __future__ import annotations

from collections.abc import Callable

from converters.document.tree import escape
from converters.wikitext.functions.call import Function, FunctionCall
from converters.wikitext.functions.texts import encode_title
from scraper.model import Title
from scraper.titles import IllegalTitle

MEDIA, FILE = -2, 6
# ParserFunctions::titleparts looks at no more.
PARTS_LIMIT = 25


def _namespace(call: FunctionCall) -> str | None:
    titles = call.page.wiki.titles
    name = call.first.replace("_", " ").strip()
    if not name:
        return None
    if name.lstrip("-").isdecimal():
        namespace = titles.namespaces.get(call.integer(0))
        return namespace.name if namespace else ""
    try:
        title = titles.parse(f"{name}:x")
    except IllegalTitle:
        return None
    return title.prefix if title.namespace_id else None


def _encoded_namespace(call: FunctionCall) -> str | None:
    name = _namespace(call)
    return None if name is None else encode_title(name)


def _address(call: FunctionCall) -> str | None:
    """The path of a page on its wiki, by the article path, or by ``index.php`` where there is a query."""
    try:
        title = call.page.wiki.titles.parse(call.first)
    except IllegalTitle:
        return None
    if title.namespace_id == MEDIA:
        title = call.page.wiki.titles.make(FILE, title.name)
    query = call.argument(1)
    site = call.page.wiki.site
    if query:
        return f"{site.script_path}/index.php?title={encode_title(title.full)}&{query}"
    return site.article_path.replace("$1", encode_title(title.full))


def _full_address(call: FunctionCall) -> str | None:
    path = _address(call)
    _, sign, fragment = call.first.partition("#")
    return None if path is None else call.page.wiki.site.server + path + sign + fragment.strip().replace(" ", "_")


def _escaped(function: Callable[[FunctionCall], str | None]) -> Function:
    def escaped(call: FunctionCall) -> str | None:
        address = function(call)
        return None if address is None else escape(address)

    return escaped


def _titleparts(call: FunctionCall) -> str:
    try:
        title: Title = call.page.wiki.titles.parse(call.first)
    except IllegalTitle:
        return call.first
    pieces = title.full.split("/", PARTS_LIMIT - 1)
    count, offset = call.integer(1), call.integer(2)
    pieces = pieces[offset - 1 if offset > 0 else offset :]
    return "/".join(pieces[:count] if count else pieces)


PAGES: dict[str, Function] = {
    "ns": _namespace,
    "nse": _encoded_namespace,
    "localurl": _address,
    "localurle": _escaped(_address),
    "fullurl": _full_address,
    "fullurle": _escaped(_full_address),
    "canonicalurl": _full_address,
    "canonicalurle": _escaped(_full_address),
    "#titleparts": _titleparts,
}
