"""What a wiki's language brings to its wikitext, for wikis that do not tell it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scraper.languages.tables import chain, first, joined, known, parts, several, table_of

MONTHS = (
    "january", "february", "march", "april", "may_long", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS_GENITIVE = tuple(f"{month.removesuffix('_long')}-gen" for month in MONTHS)
MONTHS_SHORT = tuple(month[:3] for month in MONTHS)
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
DAYS_SHORT = tuple(day[:3] for day in DAYS)
IRANIAN_MONTHS = tuple(f"iranian-calendar-m{number}" for number in range(1, 13))
HIJRI_MONTHS = tuple(f"hijri-calendar-m{number}" for number in range(1, 13))
# Adar of leap years is two months: 6a and 6b.
HEBREW_MONTHS = (
    *(f"hebrew-calendar-m{number}" for number in range(1, 13)),
    "hebrew-calendar-m6a",
    "hebrew-calendar-m6b",
)
HEBREW_MONTHS_GENITIVE = tuple(f"{month}-gen" for month in HEBREW_MONTHS)
# MediaWiki's own, where a language has prefixes of links and does not say of which letters.
PREFIX = "a-zA-Z\\x{80}-\\x{10ffff}"


@dataclass(frozen=True, slots=True)
class Language:
    """One language; what it does not say itself is that of its fallbacks, English at last.

    ``is_rtl``: it is written from right to left.
    ``namespaces``: number → name with underscores, ``$1`` for the wiki's name; ``aliases``: name → number. ``words``
    are entries as siteinfo's ``magicwords`` has them. ``trail`` is MediaWiki's pattern of the letters after a link,
    ``prefix`` the characters of those before it, empty in most languages. ``months`` and the like begin with January
    and Sunday; those of the Hebrew calendar with Tishrei, and end with the two Adars. ``separators`` and ``digits`` map
    a number's characters to the language's own. ``clock`` is the format of a time of day.
    ``special_pages``: MediaWiki's own name → the language's names and those of its fallbacks. ``encoding``: in which
    its old wikis wrote addresses, by a name that iconv knows.
    """

    code: str
    is_rtl: bool
    namespaces: Mapping[int, str]
    aliases: Mapping[str, int]
    words: Sequence[Mapping[str, Any]]
    trail: str
    prefix: str
    months: Sequence[str]
    months_genitive: Sequence[str]
    months_short: Sequence[str]
    days: Sequence[str]
    days_short: Sequence[str]
    separators: Mapping[str, str]
    digits: Mapping[str, str]
    months_iranian: Sequence[str]
    months_hijri: Sequence[str]
    months_hebrew: Sequence[str]
    months_hebrew_genitive: Sequence[str]
    clock: str
    minimum_grouping: int
    special_pages: Mapping[str, Sequence[str]]
    encoding: str


@lru_cache(maxsize=32)
def language(code: str) -> Language:
    """The language of a code such as ``de`` or ``zh-hans``; English where MediaWiki has no such language."""
    code = known(code)
    return Language(
        code,
        bool(first(code, "rtl")),
        {0: "", **{int(number): str(several(names)[0]) for number, names in joined(code, "namespaceNames").items()}},
        _aliases(code),
        tuple(_words(code)),
        prefix=str(first(code, "linkPrefixCharset") or PREFIX) if first(code, "linkPrefixExtension") else "",
        trail=str(first(code, "linkTrail")),
        separators=first(code, "separatorTransformTable") or {},
        digits=first(code, "digitTransformTable") or {},
        months=_messages(code, MONTHS),
        months_genitive=_messages(code, MONTHS_GENITIVE),
        months_short=_messages(code, MONTHS_SHORT),
        days=_messages(code, DAYS),
        days_short=_messages(code, DAYS_SHORT),
        months_iranian=_messages(code, IRANIAN_MONTHS),
        months_hijri=_messages(code, HIJRI_MONTHS),
        months_hebrew=_messages(code, HEBREW_MONTHS),
        months_hebrew_genitive=_messages(code, HEBREW_MONTHS_GENITIVE),
        clock=_clock(code),
        minimum_grouping=int(first(code, "minimumGroupingDigits") or 1),
        special_pages=_gathered(parts(code, "specialPageAliases")),
        encoding=str(first(code, "fallback8bitEncoding")),
    )


def interface_message(name: str, code: str, *, is_older: bool) -> str | None:
    """A message of MediaWiki's interface by the name of its page, where it is one of those that we know.

    ``is_older``: in the words of MediaWiki 1.39, else in those of 1.43.
    """
    key, _, asked = name.partition("/")
    key = key.replace(" ", "_")
    words = joined(known(asked if own_name(asked) else code), "messages").get(key[:1].lower() + key[1:])
    return str(several(words)[-1 if is_older else 0]) if words else None


def fallbacks(code: str) -> tuple[str, ...]:
    """The languages in which something is said to readers of this one, nearest first; English is the last."""
    return tuple(dict.fromkeys((code, *chain(known(code)))))


def own_name(code: str) -> str:
    """A language's name of itself, empty where MediaWiki does not know it."""
    return str(table_of(code).get("name", ""))


def _clock(code: str) -> str:
    """The format of a time of day that the language shows to those who chose none (Language::time)."""
    usual = str(first(code, "defaultDateFormat")).replace(" or mdy", "")
    formats = joined(code, "dateFormats")
    return str(several(formats.get(f"{usual} time", "H:i"))[-1])


def _aliases(code: str) -> dict[str, int]:
    """What namespaces may be called besides: aliases, the forms for men and women, the names of another version."""
    found = {str(name): int(number) for name, number in joined(code, "namespaceAliases").items()}
    for genders in parts(code, "namespaceGenderAliases"):
        for number, forms in genders.items():
            found.update({name: int(number) for form in several(forms) for name in form.values()})
    for number, names in (table_of(code).get("namespaceNames") or {}).items():
        found.update({name: int(number) for name in several(names)[1:]})
    return found


def _words(code: str) -> Iterator[dict[str, Any]]:
    """Each word with the spellings of the language and then of its fallbacks (LocalisationCache::mergeMagicWords)."""
    for part, is_exact in (("magicWords", False), ("magicWordsOfExactCase", True)):
        for name, spellings in _gathered(parts(code, part)).items():
            yield {"name": name, "aliases": spellings, "case-sensitive": is_exact}


def _gathered(mappings: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, Sequence[str]]:
    """The lists of all mappings by key, nearer ones first, nothing twice."""
    found: dict[str, dict[str, None]] = {}
    for mapping in mappings:
        for key, values in mapping.items():
            found.setdefault(key, {}).update(dict.fromkeys(values))
    return {key: tuple(values) for key, values in found.items()}


def _messages(code: str, keys: Iterable[str]) -> tuple[str, ...]:
    said = joined(code, "messages")
    return tuple(str(several(said[key])[0]) for key in keys)
