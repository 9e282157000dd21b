"""How a language is written: its variants, and what turns one into the other.

``tables`` has one file a language, made by ``make.php`` from the converters of MediaWiki 1.39.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# What a wiki calls its language need not be one.
CODE = re.compile(r"[a-z-]{2,35}")


@dataclass(frozen=True, slots=True)
class System:
    """The variants of one language; ``main`` is what its pages are written in, mixed or not.

    ``codes``: variant → what BCP 47 calls it otherwise. ``levels``: ``disable`` or ``unidirectional`` where rules for a
    variant do not work both ways. ``flags`` are names of flags besides MediaWiki's own. ``separators`` stand in a
    description of rules. ``signs``: letters that only one variant has, by which text in it is known. ``keeps_roman``:
    Roman numerals are no words. ``tables``: variant → what becomes of words in it; ``bases``: variant → the one, maybe
    of another language, whose table it has besides its own; ``rules``: variant → patterns and what becomes of them,
    before any words. ``error`` stands where the rules of a page have no word for a variant.
    """

    main: str
    variants: Sequence[str]
    fallbacks: Mapping[str, Sequence[str]]
    codes: Mapping[str, str]
    names: Mapping[str, str]
    levels: Mapping[str, str]
    flags: Mapping[str, str]
    separators: Sequence[str]
    tables: Mapping[str, Mapping[str, str]]
    signs: Mapping[str, str]
    keeps_roman: bool
    bases: Mapping[str, str]
    rules: Mapping[str, Sequence[tuple[str, str]]]
    error: str

    def variant(self, code: str) -> str | None:
        """The variant of a code in any case."""
        code = code.lower()
        return code if code in self.variants else None

    def coded(self, code: str) -> str | None:
        """The variant of a code of BCP 47, in lower case."""
        return next((variant for variant in self.variants if self.codes.get(variant, variant) == code), None)

    def letters(self, variant: str) -> Mapping[str, str]:
        """What becomes of words and letters in a variant."""
        base = self.bases.get(variant, self.main)
        owner = system_of(base.partition("-")[0]) or self
        return {**owner.tables.get(base, {}), **self.tables.get(variant, {})}

    def patterns(self, variant: str) -> Sequence[tuple[re.Pattern[str], str]]:
        """What goes before words and letters in a variant, in order, with the replacements."""
        return _patterns(self.main, variant)

    def separator(self) -> re.Pattern[str]:
        """Where one rule ends: a semicolon before what may be the next one."""
        return _separator(self.main)


@lru_cache(maxsize=16)
def system_of(code: str) -> System | None:
    """The variants of a language, ``None`` where it has none, or MediaWiki knows of none."""
    path = files(__package__).joinpath("tables", f"{code}.json")
    if not CODE.fullmatch(code) or not path.is_file():
        return None
    table = json.loads(path.read_text("utf-8"))
    return System(**{"signs": {}, "keeps_roman": False, "bases": {}, "rules": {}, **table})


@lru_cache(maxsize=16)
def _patterns(main: str, variant: str) -> Sequence[tuple[re.Pattern[str], str]]:
    system = system_of(main)
    rules = system.rules.get(variant, ()) if system else ()
    return [(re.compile(pattern), replacement) for pattern, replacement in rules]


@lru_cache(maxsize=16)
def _separator(main: str) -> re.Pattern[str]:
    system = system_of(main)
    codes = "|".join(map(re.escape, system.variants if system else ()))
    # Also before "from => variant:", and at the end.
    return re.compile(rf";\s*+(?=(?:{codes})\s*:|[^;]*?=>\s*(?:{codes})\s*:|\s*$)", re.A)
