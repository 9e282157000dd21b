"""The order of names in lists, and the letter under which each stands."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose but that readers look for under another.
FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})


@lru_cache(maxsize=10_000)
def sort_form(name: str) -> str:
    """Without accents and case, so that É stands with E; the name itself decides between equals."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(FOLDED))
    return "".join(character for character in decomposed if not unicodedata.combining(character)) + "\0" + name


def letter(name: str) -> str:
    """The heading of a name in an index: its first letter in upper case; ``0–9`` for digits."""
    first = sort_form(name)[:1]
    if first.isdigit():
        return "0–9"
    return first.upper() if first.strip("\0") else "…"
