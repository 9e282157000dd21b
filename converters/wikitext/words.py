"""The words of wikitext in one wiki's language: from its siteinfo, or from our own tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from converters.document.wiki import Wiki
from converters.language import fallbacks, language
from converters.wikitext.markers import END

PHP_TRAIL = re.compile(r"^/\^\((.*?)\)\(\.\*\)\$/")
PHP_CHARACTER = re.compile(r"\\x\{(10[0-9A-Fa-f]{4}|[0-9A-Fa-f]{1,5})\}")
# What a behaviour switch begins with; Japanese ones also with those of its own width.
UNDERSCORES = ("__", "＿＿")
ANY_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """``names``: spelling → MediaWiki's own name of the word (``vignette`` → ``img_thumbnail``).

    ``folded`` has those that stand in any case, in lower case. ``patterns`` are those with a value (``alt=$1``);
    ``called`` has the names of variables and parser functions, which stand in double braces without ``#``;
    ``pictures`` has those that are options of files; ``functions``: spelling → MediaWiki's own name of a parser
    function, both without ``#`` and colon, the spelling in lower case where the case does not count; ``switches`` finds
    behaviour switches (``__SOMMAIRE__``); ``trail`` the letters after a link that belong to it, ``prefix`` those before
    it, in the few languages that have such.
    """

    names: Mapping[str, str]
    folded: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    called: frozenset[str]
    functions: Mapping[str, str]
    pictures: Mapping[str, str]
    switches: re.Pattern[str]
    trail: re.Pattern[str]
    prefix: re.Pattern[str] | None

    def name(self, spelling: str) -> str | None:
        """MediaWiki's name of a word without value."""
        return self.names.get(spelling) or self.folded.get(spelling.lower())

    def function(self, spelling: str) -> str | None:
        """MediaWiki's name of a parser function; one whose case counts goes first (Parser::callParserFunction)."""
        return self.functions.get(spelling) or self.functions.get(spelling.lower())

    def picture(self, text: str) -> tuple[str, str | None] | None:
        """MediaWiki's name of a file's option (``img_…``), and its value if it has one."""
        name = self.pictures.get(text)
        return (name, None) if name else self.value(text)

    def value(self, text: str) -> tuple[str, str] | None:
        """MediaWiki's name and the value of a word like ``alt=…`` or ``120px``."""
        for pattern, name in self.patterns:
            found = pattern.fullmatch(text)
            if found:
                return name, found[1]
        return None


@lru_cache(maxsize=8)
def words_of(wiki: Wiki) -> Words:
    """The words of a wiki. Where it did not tell them, English and its language's from our table."""
    tables = _tables()
    magic_words = wiki.siteinfo.get("magicwords") or _shipped(wiki.site.language, tables)
    general = wiki.siteinfo.get("general") or {}
    own = language(wiki.site.language)
    trail = str(general.get("linktrail") or own.trail)
    before = (
        _charset(str(general.get("linkprefixcharset") or own.prefix)) if general.get("linkprefix", own.prefix) else ""
    )
    hooks = wiki.siteinfo.get("functionhooks") or tables["functions"]
    called = {*tables["called"], *wiki.siteinfo.get("variables", ())}
    return replace(
        _words(json.dumps(magic_words, sort_keys=True), trail, frozenset(called), frozenset(hooks)),
        prefix=_prefix(before) if before else None,
    )


@lru_cache(maxsize=8)
def _words(magic_words: str, trail: str, called: frozenset[str], hooks: frozenset[str]) -> Words:
    entries: list[dict[str, Any]] = json.loads(magic_words)
    names: dict[str, str] = {}
    folded: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for entry in entries:
        for alias in entry["aliases"]:
            if "$1" in alias:
                patterns.append((_pattern(alias), entry["name"]))
            elif _is_exact(entry):
                names.setdefault(alias, entry["name"])
            else:
                folded.setdefault(alias.lower(), entry["name"])
    switches = (alias for entry in entries for alias in entry["aliases"] if alias.startswith(UNDERSCORES))
    image_patterns = (item for item in patterns if item[1].startswith("img_"))
    # The words whose case counts come last and stay.
    functions = {
        spelling if _is_exact(entry) else spelling.lower(): entry["name"]
        for entry in sorted(entries, key=_is_exact)
        if entry["name"] in hooks
        for spelling in (alias.rstrip(":").removeprefix("#") for alias in entry["aliases"])
    }
    pictures = {
        alias: entry["name"]
        for entry in reversed(entries)
        if entry["name"].startswith("img_")
        for alias in entry["aliases"]
    }
    return Words(
        names, folded, tuple(image_patterns), called, functions, pictures, _any_of(switches), _trail(trail), None
    )


def _is_exact(entry: Mapping[str, Any]) -> bool:
    """Whether the case of a word counts: formatversion 1 has an empty string for what formatversion 2 calls true."""
    return entry.get("case-sensitive", False) is not False


def _pattern(alias: str) -> re.Pattern[str]:
    before, _, after = alias.partition("$1")
    return re.compile(re.escape(before) + "(.*)" + re.escape(after))


def _charset(php: str) -> str:
    """PHP's ``\\x{80}`` as the character itself."""
    return PHP_CHARACTER.sub(lambda found: chr(int(found[1], 16)), php)


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(spellings), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.I)


def _prefix(charset: str) -> re.Pattern[str] | None:
    """Letters before a link, among which a marker's end never counts; the wiki may tell what is no set of letters."""
    try:
        return re.compile(f"(?:(?<![{charset}])|(?<={END}))(?:(?!{END})[{charset}])+\\Z")
    except re.error:
        return None


def _trail(php: str) -> re.Pattern[str]:
    # MediaWiki's languages write "/^([a-zà…]+)(.*)$/sDu"; Python's re knows no \p{L}.
    found = PHP_TRAIL.match(_charset(php))
    try:
        return re.compile(found[1]) if found else re.compile("[a-z]+")
    except re.error:
        return ANY_LETTERS


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(files(__package__).joinpath("words.json").read_text("utf-8"))
    return tables


def _shipped(spoken: str, tables: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The words of MediaWiki and of ParserFunctions in a language; all of the latter stand in any case."""
    spoken_first = [tables["languages"].get(code, {}) for code in fallbacks(spoken)]
    functions = (
        {"name": name, "aliases": [alias for own in spoken_first for alias in own.get(name, ())]}
        for name in tables["languages"]["en"]
    )
    return [*language(spoken).words, *functions]
