"""Titles, namespaces and addresses of the wiki (CoreParserFunctions, and ``#titleparts``)."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import unquote_plus

from converters.document.tree import escape
from converters.language import language
from converters.wikitext.braces import read_braces
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood, complaint, decode
from converters.wikitext.functions.numbers import written_number
from converters.wikitext.functions.texts import encode_title
from converters.wikitext.messages import message_text
from converters.wikitext.specialpages import local_title
from converters.wikitext.targets import find_target, other_wiki_address, special_page
from converters.wikitext.uploads import upload_address
from scraper.model import Title
from scraper.titles import IllegalTitle

MEDIA, SPECIAL, FILE, CATEGORY = -2, -1, 6, 14
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# ParserFunctions::titleparts looks at no more.
PARTS_LIMIT = 25


def _namespace(call: FunctionCall) -> str | None:
    titles = call.page.wiki.titles
    name = call.first.replace("_", " ").strip()
    if not name:
        return ""
    if ":" in name:
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


def _title(call: FunctionCall) -> Title:
    """The title that a call names, which may be encoded as in addresses. Raises IllegalTitle."""
    name = decode(call.first)
    try:
        return call.page.wiki.titles.parse(name)
    except IllegalTitle:
        return call.page.wiki.titles.parse(unquote_plus(name))


def _address(call: FunctionCall) -> str | None:
    """The path of a page on its wiki, by the article path, or by ``index.php`` where there is a query."""
    elsewhere = _elsewhere(call)
    if elsewhere:
        return elsewhere
    try:
        title = _title(call)
    except IllegalTitle:
        return None
    if title.namespace_id == MEDIA:
        title = call.page.wiki.titles.make(FILE, title.name)
    query = call.argument(1)
    site = call.page.wiki.site
    if query:
        return f"{site.script_path}/index.php?title={encode_title(title.full)}&{query}"
    return site.article_path.replace("$1", encode_title(title.full))


def _elsewhere(call: FunctionCall) -> str:
    """The address where the name is of a page of another wiki; else nothing."""
    target = find_target(call.first, call.page)
    if target is None or target.interwiki is None:
        return ""
    query = call.argument(1)
    address, sign, fragment = other_wiki_address(target.name, target.fragment, target.interwiki).partition("#")
    joined = f"{address}{'&' if '?' in address else '?'}{query}" if query else address
    return joined + sign + fragment


def _full_address(call: FunctionCall) -> str | None:
    path = _address(call)
    if path is not None and _elsewhere(call):
        return path
    _, sign, fragment = decode(call.first).partition("#")
    return None if path is None else call.page.wiki.site.server + path + sign + fragment.strip().replace(" ", "_")


def _escaped(function: Callable[[FunctionCall], str | None]) -> Function:
    def escaped(call: FunctionCall) -> str | None:
        address = function(call)
        return None if address is None else escape(address)

    return escaped


def _titleparts(call: FunctionCall) -> str:
    try:
        title: Title = call.page.wiki.titles.parse(decode(call.first))
    except IllegalTitle:
        return call.first
    pieces = title.full.split("/", PARTS_LIMIT - 1)
    count, offset = call.integer(1), call.integer(2)
    pieces = pieces[offset - 1 if offset > 0 else offset :]
    return "/".join(pieces[:count] if count else pieces)


def _absolute(call: FunctionCall) -> str:
    """``#rel2abs``: a path that begins with a slash or dots, as seen from a page."""
    target, start = call.first.rstrip(" /"), call.argument(1).strip() or call.page.title.full
    if target in ("", "."):
        return start
    is_relative = target == ".." or target.startswith(("/", "./", "../"))
    steps = [step for step in f"{start if is_relative else ''}/{target}".split("/") if step not in ("", ".")]
    path: list[str] = []
    for step in steps:
        if step != "..":
            path.append(step)
        elif not path:
            return complaint(call, "rel2abs_invalid_depth", "/".join(steps))
        else:
            path.pop()
    return "/".join(path)


def _special(call: FunctionCall) -> str:
    """A special page by any of its names, in the wiki's language; its part after the slash stays."""
    try:
        return local_title(call.page.wiki.titles.make(SPECIAL, call.first), call.page.wiki).full
    except IllegalTitle:
        return special_page("Badtitle", call.page)


def _file_path(call: FunctionCall) -> str:
    """The address of a file itself; nothing where there is none. Sizes of thumbnails are not minded."""
    try:
        title = call.page.wiki.titles.make(FILE, call.first)
    except IllegalTitle:
        return ""
    return upload_address(title.name, call.page.wiki) if call.page.lookups.has_file(title) else ""


def _message(call: FunctionCall) -> str | None:
    """An interface message: the wiki's own page of it, or MediaWiki's words."""
    if not call.first:
        return None
    text = message_text(call.first, call.page)
    if text is None:
        return _month(call) or html.escape(f"⧼{call.first}⧽")
    for number, argument in enumerate(call.arguments(), 1):
        text = text.replace(f"${number}", argument)
    return call.expand(read_braces(text))


def _month(call: FunctionCall) -> str:
    """The short name of a month, which MediaWiki keeps as messages: jan, feb, …"""
    name = call.first.lower()
    spoken = language(call.page.wiki.site.language)
    return spoken.months_short[MONTHS.index(name)] if name in MONTHS else ""


def _page_size(call: FunctionCall) -> str:
    """The length of a page's wikitext in bytes."""
    try:
        text = call.page.lookups.template(call.page.wiki.titles.parse(decode(call.first)))
    except IllegalTitle:
        text = None
    size = len((text or "").encode())
    is_raw = call.page.words.name(call.argument(1)) == "rawsuffix"
    return str(size) if is_raw else written_number(str(size), call.page)


def _protection(call: FunctionCall) -> str:
    """Who may change a page: what nobody told counts as unprotected."""
    call.page.report("whether pages are protected is not known")
    return ""


def _protection_expiry(call: FunctionCall) -> str:
    """When a page may be changed again: what nobody told counts as unprotected, without end."""
    call.page.report("whether pages are protected is not known")
    try:
        title = call.page.wiki.titles.parse(decode(call.argument(1))) if call.argument(1) else call.page.title
    except IllegalTitle:
        return ""
    return "infinity" if title.namespace_id >= 0 and call.page.lookups.exists(title) else ""


def _pages_in_category(call: FunctionCall) -> str:
    """None are in a category that cannot be; how many are in others the archive does not ask."""
    try:
        call.page.wiki.titles.make(CATEGORY, call.first)
    except IllegalTitle:
        return "0"
    raise NotUnderstood("pagesincategory")


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
    "#rel2abs": _absolute,
    "#special": _special,
    "#speciale": lambda call: encode_title(_special(call)),
    "int": _message,
    "filepath": _file_path,
    "pagesize": _page_size,
    "protectionlevel": _protection,
    "protectionexpiry": _protection_expiry,
    "pagesincategory": _pages_in_category,
}
