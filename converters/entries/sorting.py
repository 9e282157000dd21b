"""The order of names in lists, and the letter under which each stands."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from converters.language import PLAIN_LETTERS

NUMBER = re.compile(r"\d+")
LEADING_SIGNS = re.compile(r"^[\W_]+(?=\w)")
DIGITS = 9


@lru_cache(maxsize=10_000)
def sort_form(name: str) -> str:
    """Without accents, case and signs in front, numbers by value: É stands with E, and 2 before 10.

    The name itself decides between equals.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN_LETTERS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return NUMBER.sub(lambda number: number[0].zfill(DIGITS), LEADING_SIGNS.sub("", plain)) + "\0" + name


def letter(name: str) -> str:
    """The heading of a name in an index: its first letter in upper case; ``0–9`` for digits."""
    first = sort_form(name)[:1]
    if first.isdigit():
        return "0–9"
    return first.title() if first.strip("\0") else "…"
