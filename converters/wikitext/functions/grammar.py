"""``grammar``: a word in another case. Of the few languages for which MediaWiki knows rules, Finnish is here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converters.wikitext.functions.call import Function, FunctionCall

# LanguageFi::convertGrammar: which vowels a word has, and the endings after back and after other vowels.
BACK_VOWELS = re.compile(r"[aou][^äöy]*$", re.I)
NEUTRAL = re.compile(r"wiki$", re.I)
CONSONANT = re.compile(r"[bcdfghjklmnpqrstvwxz]$", re.I)


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


def _grammar(call: FunctionCall) -> str:
    word = call.text(1)
    return _finnish(word, call.first) if call.page.wiki.site.language == "fi" else word


GRAMMAR: dict[str, Function] = {"grammar": _grammar}
