"""``<langconvert from=… to=…>``: words converted from one variant of a language to another (since MediaWiki 1.36)."""

from __future__ import annotations

import re

from converters.wikitext.state import Frame, Page, Parser, Tag
from converters.wikitext.variants.converter import Converter
from converters.wikitext.variants.system import system_of

# Other names of variants that MediaWiki takes (LanguageCode::getDeprecatedCodeMapping, bcp47).
SYNONYMS = {"sr-cyrl": "sr-ec", "sr-latn": "sr-el"}

CODE = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+)*")

# Message invalid-langconvert-attrs of MediaWiki 1.39.
ERROR = (
    '<span class="error"><strong>Error:</strong> Langconvert tag\'s <code>from</code> and <code>to</code> attributes '
    "must not be empty and must contain BCP 47 codes for convertible variants of the same language.</span>"
)


def render_langconvert(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The content in the variant; as it is written where nobody knows how."""
    inner = parser.half(tag.content or "", frame)
    wanted = SYNONYMS.get(tag.attributes.get("to", "").lower(), tag.attributes.get("to", "").lower())
    system = system_of(wanted.partition("-")[0])
    if not CODE.fullmatch(wanted) or not CODE.fullmatch(tag.attributes.get("from", "").lower()):
        return ERROR
    if system is None or system.variant(wanted) is None:
        page.report("the language of a <langconvert> is not understood")
        return inner
    return Converter(system, wanted).convert(inner)
