"""``grammar``: a word in another case, in some of the few languages for which MediaWiki knows rules.

``grammar.json`` has the rules that MediaWiki 1.39 keeps as data (``tests/languages/make_grammar.py``); other languages
stand here as its classes of languages have them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from converters.wikitext.functions.call import Function, FunctionCall

# LanguageFi::convertGrammar: which vowels a word has, and the endings after back and after other vowels.
BACK_VOWELS = re.compile(r"[aou][^äöy]*$", re.I)
NEUTRAL = re.compile(r"wiki$", re.I)
CONSONANT = re.compile(r"[bcdfghjklmnpqrstvwxz]$", re.I)

# LanguageBs, LanguageDsb, LanguageHsb, LanguageHu and LanguageSl: what is written around the word.
AFFIXES = {
    "bs": {"instrumental": "s {}", "lokativ": "o {}"},
    "dsb": {"instrumental": "wo z {}", "lokatiw": "wo {}"},
    "hsb": {"instrumental": "z {}", "lokatiw": "wo {}"},
    "hu": {"rol": "{}ról", "ba": "{}ba", "k": "{}k"},
    "sl": {"mestnik": "o {}", "orodnik": "z {}"},
}


@dataclass(frozen=True, slots=True)
class _Ending:
    after_back: str
    after_front: str


FINNISH = {
    "genitive": _Ending("n", "n"),
    "elative": _Ending("sta", "stä"),
    "partitive": _Ending("a", "ä"),
    "inessive": _Ending("ssa", "ssä"),
}


def _finnish(word: str, case: str) -> str:
    is_back = BACK_VOWELS.search(word) is not None and NEUTRAL.search(word) is None
    stem = f"{word}i" if CONSONANT.search(word) else word
    if case == "illative":
        return f"{stem}{stem[-1:]}n"
    ending = FINNISH.get(case)
    return stem if ending is None else stem + (ending.after_back if is_back else ending.after_front)


def _by_rules(word: str, rules: list[list[str]]) -> str:
    for pattern, written in rules:
        # From the beginning of a line only: from each letter of it would take the square of its length.
        wanted = f"(?<!.){pattern}" if pattern.startswith("(.+)") else pattern
        if re.search(wanted, word):
            return re.sub(wanted, re.sub(r"\$(\d)", r"\\\1", written), word)
    return word


@lru_cache(maxsize=1)
def _rules() -> dict[str, dict[str, list[list[str]]]]:
    """Language → case → rules."""
    table: dict[str, dict[str, list[list[str]]]] = json.loads(
        files(__package__).joinpath("grammar.json").read_text("utf-8")
    )
    return table


def inflected(word: str, case: str, code: str) -> str:
    """A word in another case of a language, as it is where nobody knows how."""
    if code == "fi":
        return _finnish(word, case)
    if code in AFFIXES:
        return AFFIXES[code].get(case, "" if code == "hu" else "{}").format(word)
    return _by_rules(word, _rules().get(code, {}).get(case, []))


def _grammar(call: FunctionCall) -> str:
    return inflected(call.text(1), call.first, call.page.wiki.site.language)


GRAMMAR: dict[str, Function] = {"grammar": _grammar}
