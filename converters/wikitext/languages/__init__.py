"""What MediaWiki 1.39 knows of each of its languages, for wikis that do not tell it themselves.

``tables`` has one file a language, made by ``make.php`` from MediaWiki's own languages/messages and languages/i18n.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

# What is taken whole from the first language of a chain that has it.
FALLING_BACK = ("trail", "months", "months_genitive", "months_short", "days", "days_short")


@dataclass(frozen=True, slots=True)
class Language:
    """One language; what it does not have itself is that of its fallbacks, English at last.

    ``is_rtl``: it is written from right to left.
    ``namespaces``: number → name with underscores, ``$1`` for the wiki's name; ``aliases``: name → number. ``words``
    are entries as siteinfo's ``magicwords`` has them. ``trail`` is MediaWiki's pattern of the letters after a link,
    ``prefix`` the characters of those before it, empty in most languages. ``months`` and the like begin with January
    and Sunday. ``separators`` and ``digits`` map a number's characters to the language's own.
    ``special_pages``: MediaWiki's own name → the language's names and those of its fallbacks.
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
    minimum_grouping: int
    special_pages: Mapping[str, Sequence[str]]


@lru_cache(maxsize=32)
def language(code: str) -> Language:
    """The language of a code such as ``de`` or ``zh-hans``; English where MediaWiki has no such language."""
    tables: list[dict[str, Any]] = [_table(name) for name in _chain(code)]
    words: dict[str, Mapping[str, Any]] = {}
    for table in tables:
        for name, entry in table.get("words", {}).items():
            words.setdefault(name, {"name": name, "aliases": entry["aliases"], "case-sensitive": entry["case"]})
    first = tables[0]
    return Language(
        code,
        first.get("is_rtl", False),
        {int(number): name for table in reversed(tables) for number, name in table.get("namespaces", {}).items()},
        {name: number for table in reversed(tables) for name, number in table.get("aliases", {}).items()},
        tuple(words.values()),
        prefix=first.get("prefix", ""),
        separators=_first(tables, "separators") or {},
        digits=_first(tables, "digits") or {},
        **{name: _first(tables, name) for name in FALLING_BACK},
        special_pages=_merged(tables, "special_pages"),
        minimum_grouping=_first(tables, "minimum_grouping") or 1,
    )


def _merged(tables: Sequence[Mapping[str, Any]], name: str) -> dict[str, list[str]]:
    """Lists of all tables, those of the first before those of its fallbacks."""
    merged: dict[str, list[str]] = {}
    for table in tables:
        for key, values in table.get(name, {}).items():
            merged.setdefault(key, []).extend(values)
    return merged


def own_name(code: str) -> str:
    """A language's name of itself, empty where MediaWiki does not know it."""
    return str(_table(code).get("name", ""))


def _first(tables: Sequence[Mapping[str, Any]], name: str) -> Any:
    return next((table[name] for table in tables if name in table), None)


def _chain(code: str) -> list[str]:
    """The code and those it falls back to, each once, English last."""
    fallbacks = _table(code).get("fallback", []) if code else []
    return list(dict.fromkeys(name for name in (code, *fallbacks, "en") if name and _table(name)))


@lru_cache(maxsize=64)
def _table(code: str) -> dict[str, Any]:
    path = files(__package__).joinpath("tables", f"{code.replace('/', '')}.json")
    table: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return table
