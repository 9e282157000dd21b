"""Words of a language and what becomes of them, found as PHP's ``strtr`` finds them: at each place the longest."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping


class Lexicon:
    """Words and their replacements, those of a page before those that it builds on."""

    def __init__(self, words: Mapping[str, str], base: Lexicon | None = None) -> None:
        self._words = words
        self._base = base
        # First letter → lengths of the words that begin with it.
        self._lengths: dict[str, set[int]] = {}
        for word in filter(None, words):
            self._lengths.setdefault(word[0], set()).add(len(word))
        self.letters: str = "".join(self._lengths) + (base.letters if base else "")
        self._first = re.compile(f"[{re.escape(self.letters)}]") if self.letters else None

    def replace(self, text: str, removed: Container[str] = ()) -> str:
        """The text with its words replaced; those ``removed`` stay, and hide shorter ones."""
        if self._first is None:
            return text
        pieces: list[str] = []
        done = 0
        found = self._first.search(text)
        while found:
            start = found.start()
            word = self._longest(text, start)
            end = start + (len(word) or 1)
            if word and word not in removed:
                pieces += (text[done:start], self.replacement(word) or "")
                done = end
            found = self._first.search(text, end)
        return "".join((*pieces, text[done:])) if pieces else text

    def _longest(self, text: str, start: int) -> str:
        for length in sorted(self.lengths(text[start]), reverse=True):
            word = text[start : start + length]
            if len(word) == length and self.replacement(word) is not None:
                return word
        return ""

    def lengths(self, first: str) -> set[int]:
        """How long the words are that begin with a letter."""
        own = self._lengths.get(first, set())
        return own | self._base.lengths(first) if self._base else own

    def replacement(self, word: str) -> str | None:
        """What stands for one word; ``None`` for a word that stays."""
        own = self._words.get(word)
        return own if own is not None or self._base is None else self._base.replacement(word)
