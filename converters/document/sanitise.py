"""The one door through which HTML passes before anything is written: after it, nothing can run or leave its box.

What the vocabulary has is let through without its marks, MathML Core included; SVG elements are not (pictures in SVG
are files).
Scripts, handlers, forms, frames, unknown elements and attributes, addresses with a scheme that runs or embeds
something, and style that fetches or escapes are dropped; text stays, except that of scripts and styles.
"""

from __future__ import annotations

import re

import nh3

from converters.document.style import PROPERTIES, safe_style
from converters.document.vocabulary import COMMON_ATTRIBUTES, ELEMENTS

# $wgUrlProtocols of MediaWiki 1.43 (MainConfigSchema), where a wiki's links may lead.
SCHEMES = frozenset({
    "bitcoin", "ftp", "ftps", "geo", "git", "gopher", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix",
    "mms", "news", "nntp", "redis", "sftp", "sip", "sips", "sms", "ssh", "svn", "tel", "telnet", "urn", "worldwind",
    "xmpp",
})  # fmt: skip
FETCHING = frozenset({"src"})
FETCHABLE = re.compile(r"(?:https?:)?//|[^:/?#]*(?:[/?#]|$)", re.I)
# Text without any of these is its own HTML, and stands for nothing else.
MARKUP = re.compile("[<>&\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff\ufffe\uffff]")
# Their content is code or another document, never words of the page.
WITHOUT_WORDS = frozenset({"script", "style", "iframe", "noembed", "noframes", "template", "title", "svg", "object"})


def _filter(_element: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return safe_style(value) or None
    if attribute in FETCHING and not FETCHABLE.match(value.strip()):
        return None
    return value


# Marks are for who reads documents; only the numbers of lines are drawn from theirs.
_WRITTEN = {
    name: {attribute for attribute in kind.attributes if not attribute.startswith("data-") or attribute == "data-line"}
    for name, kind in ELEMENTS.items()
}
_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(WITHOUT_WORDS),
    attributes=_WRITTEN | {"*": set(COMMON_ATTRIBUTES)},
    generic_attribute_prefixes={"aria-"},
    attribute_filter=_filter,
    link_rel=None,
    url_schemes=set(SCHEMES),
    filter_style_properties=set(PROPERTIES),
)


def sanitise(html: str) -> str:
    """The safe part of an HTML fragment, as HTML5 would read it inside a ``<div>``.

    Give whole tables: a lone row or cell has no place there and only its words come out.
    """
    return _CLEANER.clean(html) if MARKUP.search(html) else html
