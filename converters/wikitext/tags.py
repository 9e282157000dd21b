"""HTML in wikitext: allowed tags stay, everything else becomes visible text (Sanitizer::internalRemoveHtmlTags)."""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.wikitext.attributes import clean_attributes, read_attributes
from converters.wikitext.markers import MARK

# Sanitizer::getRecognizedTagData of MediaWiki 1.39.
ALLOWED = frozenset({
    "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "data", "dd", "del",
    "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark",
    "ol", "p", "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "table", "td", "th", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
# Marks for machines, kept only with what they need (Sanitizer::validateTag).
NEEDED = {"meta": ("itemprop", "content"), "link": ("itemprop", "href")}
VOID = frozenset({"br", "hr", "wbr"}) | NEEDED.keys()
# With a slash at their end they are empty; other tags are opened all the same, as in HTML.
CLOSED_BY_SLASH = frozenset({"li", "dt", "dd"})
TAG = re.compile(r"(/?)([A-Za-z][^\t\n\v />\0]*+)([^<>]*?)(/?)>")
STRAY_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z0-9\x80-\uffff]+);)")


def clean_tags(text: str, restore: Callable[[str], str]) -> str:
    """The text with allowed tags in lower case and clean, all other ``<`` and ``&`` escaped.

    ``restore`` gives attributes what was put aside in them.
    """
    if "&" in text:
        text = STRAY_AMPERSAND.sub("&amp;", text)
    if "<" not in text:
        return text.replace(">", "&gt;")
    before, *chunks = text.split("<")
    return before.replace(">", "&gt;") + "".join(_clean_chunk(chunk, restore) for chunk in chunks)


def _clean_chunk(chunk: str, restore: Callable[[str], str]) -> str:
    found = TAG.match(chunk)
    name = found[2].lower() if found else ""
    if found is None or (name not in ALLOWED and not _is_mark(name, found[3])):
        return "&lt;" + chunk.replace(">", "&gt;")
    closing, attributes, slash = found[1], found[3], found[4]
    rest = chunk[found.end() :].replace(">", "&gt;")
    if closing and name not in VOID:
        return f"</{name}>{rest}"
    written = clean_attributes(name, restore(attributes) if MARK in attributes else attributes)
    if slash and name in CLOSED_BY_SLASH:
        return f"<{name}{written}></{name}>{rest}"
    return f"<{name}{written}>{rest}"


def _is_mark(name: str, attributes: str) -> bool:
    return name in NEEDED and read_attributes(attributes).keys() >= set(NEEDED[name])
