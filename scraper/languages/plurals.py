"""Which form of a word stands with a number: the rules of CLDR, as MediaWiki carries them (languages/data/plurals.xml).

https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules. Only whole numbers are counted here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.languages.tables import first

# n % 100 != 11..14,71 - of a whole number n and i are its value; v, w, f, t and e tell of decimals and are 0.
RELATION = re.compile(r"(?P<operand>[nivwftce])(?: % (?P<modulus>\d+))? (?P<sign>!?=) (?P<ranges>[\d.,]+)")


@lru_cache(maxsize=4096)
def plural_form(code: str, number: int) -> int:
    """The place, from 0, of the form that goes with a whole number; the last form is for all other numbers."""
    rules: list[str] = first(code, "plurals") or ["n = 1"]
    return next((place for place, rule in enumerate(rules) if _holds(rule, abs(number))), len(rules))


def _holds(rule: str, number: int) -> bool:
    return any(all(_is_true(part, number) for part in either.split(" and ")) for either in rule.split(" or "))


def _is_true(relation: str, number: int) -> bool:
    """Raises ValueError for what is no relation of CLDR."""
    found = RELATION.fullmatch(relation.strip())
    if found is None:
        raise ValueError(f"{relation!r} is no rule for plurals")
    value = number if found["operand"] in "ni" else 0
    value = value % int(found["modulus"]) if found["modulus"] else value
    is_within = any(_within(value, one) for one in found["ranges"].split(","))
    return is_within == (found["sign"] == "=")


def _within(value: int, bounds: str) -> bool:
    low, _, high = bounds.partition("..")
    return int(low) <= value <= int(high or low)
