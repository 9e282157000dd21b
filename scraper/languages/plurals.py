"""Which form of a word stands with a number: the rules of CLDR, as MediaWiki carries them (languages/data/plurals.xml).

https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.languages.tables import first

# n % 100 != 11..14,71 - n is the number, i its whole part; v, w, f and t tell of decimals, e of exponents.
RELATION = re.compile(r"(?P<operand>[nivwftce])(?: % (?P<modulus>\d+))? (?P<sign>!?=) (?P<ranges>[\d.,]+)")


@lru_cache(maxsize=4096)
def plural_form(code: str, number: float) -> int:
    """The place, from 0, of the form that goes with a number; the last form is for all other numbers."""
    rules: list[str] = first(code, "plurals")
    return next(place for place, rule in enumerate(rules) if not rule or _holds(rule, abs(number)))


def _holds(rule: str, number: float) -> bool:
    return any(all(_is_true(part, number) for part in either.split(" and ")) for either in rule.split(" or "))


def _is_true(relation: str, number: float) -> bool:
    """Raises ValueError for what is no relation of CLDR."""
    found = RELATION.fullmatch(relation.strip())
    if found is None:
        raise ValueError(f"{relation!r} is no rule for plurals")
    operands = {"n": number, "i": int(number)}
    value = operands.get(found["operand"], int(not float(number).is_integer()))
    value = value % int(found["modulus"]) if found["modulus"] else value
    is_within = any(_within(value, one) for one in found["ranges"].split(","))
    return is_within == (found["sign"] == "=")


def _within(value: float, bounds: str) -> bool:
    low, _, high = bounds.partition("..")
    return float(value).is_integer() and int(low) <= value <= int(high or low)
