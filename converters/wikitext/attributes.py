"""Attributes in wikitext: of tags, tables, rows and cells (Sanitizer::fixTagAttributes)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from converters.document.vocabulary import MARKS, is_allowed
from converters.wikitext.css import checked_style
from converters.wikitext.entities import decode

GAP = r"[ \t\n\f\r]*"
# Sanitizer::getAttribsRegex: a quote that is missing closes at the end.
ATTRIBUTE = re.compile(
    rf"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)(?:{GAP}={GAP}(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^ \t\n\f\r>]*)))?"""
)
NAME = re.compile(r"[:\w][:\w.-]*")
# Ours, which only the door itself writes.
RESERVED = frozenset({"href", "src", "rel", "hreflang"})
# Sanitizer::setupAttributesAllowedInternal: RDFa and microdata. MediaWiki's page has them, the page document does not.
SCOPED = frozenset({"itemid", "itemref", "itemtype"})
SEMANTIC = SCOPED | {"about", "datatype", "itemprop", "itemscope", "property", "resource", "typeof"}
ARIA = frozenset(f"aria-{name}" for name in ("describedby", "flowto", "hidden", "label", "labelledby", "owns"))
DATA = re.compile(r"data-(?!(?:ooui|mw|parsoid|upload|headline)(?:-|$))[a-z0-9._-]*")
# What may stand on the marks for machines.
MACHINE = {"meta": ("content",), "link": ("href", "title")}
ADDRESS = re.compile(r"(?:https?:)?//\S+$", re.I)
# Sanitizer::EVIL_URI_PATTERN.
EVIL = re.compile(r"(?:^|\s|\*/\s*)(?:javascript|vbscript)(?:\W|$)", re.I)
SPACES = re.compile(r"[ \t\r\n]+")
# libxml2 compares each attribute of an element with those before it.
MOST = 1000
ID_LIMIT = 1024
# What later passes would take for wikitext (Sanitizer::safeEncodeAttribute).
ARMOUR = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;",
    "|": "&#124;", "_": "&#95;", "\n": "&#10;", "\t": "&#9;", "''": "&#39;&#39;", "://": "&#58;//",
}  # fmt: skip
ARMOURED = re.compile("''|://|[&<>\"{}\\[\\]|_\n\t]")


def read_attributes(source: str) -> dict[str, str]:
    """Names in lower case and values with entities decoded, in order; of two with one name the last counts."""
    found: dict[str, str] = {}
    for match in islice(ATTRIBUTE.finditer(source), MOST):
        name = match[1].lower()
        if NAME.fullmatch(name):
            value = match[2] or match[3] or match[4] or ""
            found[name] = decode(SPACES.sub(" ", value).strip(" "))
    return found


def write_attributes(element: str, attributes: dict[str, str]) -> str:
    """Those that MediaWiki has on the element, as they stand in a tag, each with a space before it."""
    kept = {name: value for name, value in attributes.items() if _is_kept(element, name, value)}
    return "".join(
        f' {name}="{armoured(_value(name, value))}"'
        for name, value in kept.items()
        if name not in SCOPED or "itemscope" in kept
    )


def clean_attributes(element: str, source: str) -> str:
    """The attributes of an element as they were written, reduced to those that MediaWiki has on it."""
    return _cleaned(element, source) if source and not source.isspace() else ""


@lru_cache(maxsize=4096)
def _cleaned(element: str, source: str) -> str:
    return write_attributes(element, read_attributes(source))


def _is_kept(element: str, name: str, value: str) -> bool:
    if name.startswith("data-"):
        return name not in MARKS and DATA.fullmatch(name) is not None
    if name.startswith("aria-"):
        return name in ARIA
    if name in SEMANTIC:
        return EVIL.search(value) is None
    if element in MACHINE:
        return name in MACHINE[element] and (name != "href" or ADDRESS.match(value) is not None)
    return name not in RESERVED and is_allowed(element, name) and (name != "tabindex" or value == "0")


def armoured(value: str) -> str:
    """A value as it stands in quotes, with nothing in it that later passes would touch."""
    return ARMOURED.sub(lambda found: ARMOUR[found[0]], value) if ARMOURED.search(value) else value


def _value(name: str, value: str) -> str:
    value = value.replace("\x7f", "")
    if name == "style":
        return checked_style(value)
    return SPACES.sub("_", value[:ID_LIMIT]) if name == "id" else value
