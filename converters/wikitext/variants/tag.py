"""``<langconvert from=… to=…>``: words converted from one variant of a language to another (since MediaWiki 1.36)."""

from __future__ import annotations

from converters.wikitext.state import Frame, Page, Parser, Tag
from converters.wikitext.variants.converter import Converter
from converters.wikitext.variants.system import system_of

# Other names of variants that MediaWiki takes (LanguageCode::getDeprecatedCodeMapping, bcp47).
SYNONYMS = {"sr-cyrl": "sr-ec", "sr-latn": "sr-el"}


def render_langconvert(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The content in the variant; as it is written where nobody knows how."""
    inner = parser.half(tag.content or "", frame)
    wanted = SYNONYMS.get(tag.attributes.get("to", "").lower(), tag.attributes.get("to", "").lower())
    system = system_of(wanted.partition("-")[0])
    if system is None or system.variant(wanted) is None or "from" not in tag.attributes:
        page.report("the language of a <langconvert> is not understood")
        return inner
    return Converter(system, wanted).convert(inner)
