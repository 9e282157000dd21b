"""Numbers as a language writes and counts them. What the languages do is data: ``scraper.languages``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from math import isfinite

from converters.language import Language, language, own_digits
from converters.wikitext.functions.call import Function, FunctionCall, beside_markers
from converters.wikitext.state import Page
from scraper.languages.plurals import plural_form

# Language::formatNumInternal. Only a number that stands alone has an exponent that is worked out.
NUMBER = re.compile(r"(-(?=[\d.]))?(\d+|(?=\.\d))(\.\d*)?")
SCIENTIFIC = re.compile(r"[+-]?(?:\d++\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
MINUS = "\u2212"
INFINITY = "∞"
EXPLICIT_FORM = re.compile(r"\d=")
# More digits than this are no longer those that were written: numbers pass through floating point.
EXACT_DIGITS = 15
# A number without point has its fraction cut to so many digits (NumberFormatter's own).
FRACTION_DIGITS = 3
# Languages that group lakhs and crores: those with the pattern #,##,##0.### in PHP's NumberFormatter or in their
# $digitGroupingPattern.
GROUPED_BY_TWO = frozenset(
    [
        "anp", "as", "awa", "bn", "bpy", "ccp", "gom-deva", "gu", "hi", "kn", "mai", "ml", "mr", "or", "pa", "sa", "ta",
        "tcy", "te",
    ]
)  # fmt: skip
# Those that group nothing (LanguageKm::formatNum, LanguageMy::formatNum).
UNGROUPED = frozenset(["blk", "kjp", "km", "ksw", "mnw", "my"])
DIGITS_LIMIT = 1000
THREE = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
TWO = re.compile(r"(?<=\d)(?=(?:\d{2})*\d{3}$)")


def written_number(text: str, page: Page) -> str:
    """The numbers in a text as the wiki's language writes them."""
    spoken = language(page.wiki.site.language)
    if text == "INF":
        return INFINITY
    if spoken.code in UNGROUPED:
        return _ungrouped(text, spoken)
    # Languages that write four digits together do not pass whole numbers through PHP's NumberFormatter.
    is_formatted = spoken.minimum_grouping == 1
    if is_formatted and SCIENTIFIC.fullmatch(text) and not NUMBER.fullmatch(text) and isfinite(float(text)):
        text = f"{float(text):.{FRACTION_DIGITS}f}".rstrip("0").rstrip(".")
    return NUMBER.sub(lambda found: _write(found, spoken), text)


def decimal_of(page: Page) -> str:
    """The decimal sign of the wiki's language."""
    return _signs(language(page.wiki.site.language).code).get(".", ".")


@lru_cache(maxsize=32)
def _signs(code: str) -> Mapping[str, str]:
    """A number's characters in a language: its own, or PHP's where MediaWiki does not tell the separators."""
    table = json.loads(files(__package__).joinpath("numbers.json").read_text("utf-8"))
    spoken = language(code)
    return {**spoken.digits, **spoken.separators, **table["languages"].get(code, {})}


def _write(found: re.Match[str], spoken: Language) -> str:
    sign, whole, fraction = found[1], found[2], found[3] or ""
    if len(whole) + len(fraction) > EXACT_DIGITS + 1:
        whole, fraction = _imprecise(whole, fraction)
    signs = _signs(spoken.code)
    # Longer ones are no numbers, and each place looks at all digits after it.
    if FRACTION_DIGITS + spoken.minimum_grouping <= len(whole) <= DIGITS_LIMIT:
        whole = (TWO if spoken.code in GROUPED_BY_TWO else THREE).sub(",", whole)
    digits = "".join(signs.get(character, character) for character in whole + fraction)
    return (MINUS if sign else "") + digits


def _ungrouped(text: str, spoken: Language) -> str:
    """The numbers in a text in the digits of the language, without separators (Language::formatNumNoSeparators)."""
    if text == "INF":
        return INFINITY
    return NUMBER.sub(lambda found: (MINUS if found[1] else "") + own_digits(found[2] + (found[3] or ""), spoken), text)


def _imprecise(whole: str, fraction: str) -> tuple[str, str]:
    """Both parts of a number as floating point has them, with as many digits as before."""
    value = float(f"{whole or 0}{fraction}")
    if not isfinite(value):
        return whole, fraction
    before, _, after = f"{Decimal(repr(value)):f}".partition(".")
    places = max(len(fraction) - 1, 0)
    return before.zfill(len(whole)), fraction[:1] + after.ljust(places, "0")[:places]


def _read(text: str, spoken: Language) -> str:
    """The number in a text as it was before it was written so (Language::parseFormattedNumber)."""
    if text.replace(MINUS, "-").lstrip("-") == INFINITY:
        return "-INF" if len(text) > 1 else "INF"
    text = text.replace(MINUS, "-")
    plain = {sign: own for table in (spoken.digits, spoken.separators) for own, sign in table.items() if sign}
    return "".join(plain.get(character, character) for character in text).replace(",", "")


def _formatnum(call: FunctionCall) -> str:
    suffix = call.page.words.name(call.argument(1))
    if suffix == "rawsuffix":
        return beside_markers(call.first, lambda text: _read(text, language(call.page.wiki.site.language)))
    if suffix == "nocommafysuffix":
        spoken = language(call.page.wiki.site.language)
        return beside_markers(call.first, lambda text: _ungrouped(text, spoken))
    return beside_markers(call.first, lambda text: written_number(text, call.page))


def _plural(call: FunctionCall) -> str:
    number = _read(call.first, language(call.page.wiki.site.language))
    forms: list[str] = []
    for position in range(1, len(call.rest) + 1):
        form = call.argument(position)
        if not EXPLICIT_FORM.search(form):
            forms.append(form)
        elif _value(form.partition("=")[0]) == _value(number):
            return form.partition("=")[2]
    return forms[min(_form(number, call.page), len(forms) - 1)] if forms else ""


def _form(number: str, page: Page) -> int:
    """The place of the form."""
    return plural_form(page.wiki.site.language, _value(number))


def _value(number: str) -> float:
    """A number as PHP casts it; what is none is 0."""
    value = float(number) if SCIENTIFIC.fullmatch(number) else 0
    return value if isfinite(value) else 0


NUMBERS: dict[str, Function] = {"formatnum": _formatnum, "plural": _plural}
