"""HTML in wikitext: allowed tags stay, everything else becomes visible text (Sanitizer::internalRemoveHtmlTags)."""

from __future__ import annotations

import re

from converters.wikitext.attributes import clean_attributes

# Sanitizer::getRecognizedTagData of MediaWiki 1.39.
ALLOWED = frozenset({
    "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "data", "dd", "del",
    "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark",
    "ol", "p", "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "table", "td", "th", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
VOID = frozenset({"br", "hr", "wbr"})
TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]*)((?:[\s/][^<>]*)?)>")
STRAY_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z0-9\x80-\uffff]+);)")


def clean_tags(text: str) -> str:
    """The text with allowed tags in lower case and clean, all other ``<`` and ``&`` escaped."""
    if "&" in text:
        text = STRAY_AMPERSAND.sub("&amp;", text)
    if "<" not in text:
        return text.replace(">", "&gt;")
    before, *chunks = text.split("<")
    return before.replace(">", "&gt;") + "".join(map(_clean_chunk, chunks))


def _clean_chunk(chunk: str) -> str:
    found = TAG.match(chunk)
    if found is None or found[2].lower() not in ALLOWED:
        return "&lt;" + chunk.replace(">", "&gt;")
    closing, name, attributes = found[1], found[2].lower(), found[3]
    rest = chunk[found.end() :].replace(">", "&gt;")
    if name in VOID:
        return f"<{name}{clean_attributes(name, attributes.rstrip('/'))}>{rest}"
    if closing:
        return f"</{name}>{rest}"
    opened = f"<{name}{clean_attributes(name, attributes.rstrip('/'))}>"
    # <span/> is an empty span, not one that stays open.
    return f"{opened}</{name}>{rest}" if attributes.endswith("/") else opened + rest
