"""What a language says: names of languages, marks of direction, words for men and women (CoreParserFunctions)."""

from __future__ import annotations

from unicodedata import bidirectional

from converters.language import language, own_name
from converters.wikitext.functions.call import Function, FunctionCall
from scraper.languages.tables import html_code

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
# Classes of letters → the sign that begins an embedding; and the one that ends it.
DIRECTION = {"L": "\u202a", "R": "\u202b", "AL": "\u202b"}
POP = "\u202c"
# Which form stands for people who told nobody: the third, where there are three.
UNKNOWN_FORM = 3


def _language(call: FunctionCall) -> str:
    """A language's own name of itself; the code where MediaWiki knows none."""
    return own_name(call.first.lower()) or call.first.lower()


def _gender(call: FunctionCall) -> str:
    """The form for a user whose gender nobody knows: the archive does not tell it."""
    forms = len(call.rest)
    return call.argument(UNKNOWN_FORM if forms >= UNKNOWN_FORM else 1) if forms else ""


def _bidi(call: FunctionCall) -> str:
    """The text embedded in the direction of its first letter that has one (Language::embedBidi)."""
    directions = (DIRECTION.get(bidirectional(character)) for character in call.first)
    opening = next((direction for direction in directions if direction), "")
    return f"{opening}{call.first}{POP}" if opening else call.first


def _direction(call: FunctionCall) -> str:
    """In which direction a language is written, the page's own where none is named (since MediaWiki 1.43)."""
    return "rtl" if language(call.first or call.page.wiki.site.language).is_rtl else "ltr"


def _standard_code(call: FunctionCall) -> str:
    """The standard code of a language, of the page's own where none is named (since MediaWiki 1.43)."""
    return html_code(call.first or call.page.wiki.site.language)


SPEECH: dict[str, Function] = {
    "#language": _language,
    "#dir": _direction,
    "#bcp47": _standard_code,
    "gender": _gender,
    "bidi": _bidi,
}
