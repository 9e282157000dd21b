"""``<langconvert from=… to=…>``: words converted from one variant of a language to another (since MediaWiki 1.36)."""

from __future__ import annotations

from converters.wikitext.spaces import trim
from converters.wikitext.state import Frame, Page, Parser, Tag
from converters.wikitext.variants.converter import Converter
from converters.wikitext.variants.system import system_of

# Message invalid-langconvert-attrs of MediaWiki 1.39.
ERROR = (
    '<span class="error"><strong>Error:</strong> Langconvert tag\'s <code>from</code> and <code>to</code> attributes '
    "must not be empty and must contain BCP 47 codes for convertible variants of the same language.</span>"
)


def render_langconvert(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The content in the variant; a complaint where there is none of that code in the language it is from."""
    start, end = (trim(tag.attributes.get(key, "")).lower() for key in ("from", "to"))
    main = start.partition("-")[0]
    system = system_of(main) if main == end.partition("-")[0] else None
    variant = system.coded(end) if system is not None and start not in system.codes else None
    if system is None or variant is None:
        return ERROR
    return Converter(system, variant).auto(parser.half(tag.content or "", frame), variant)
