"""How a text is cut into the words that are searched for. ``script/search.js`` does the same to what a reader asks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from converters.language import PLAIN_LETTERS

# Scripts that write without spaces: pairs of neighbours are searched for.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
LONGEST = 40  # characters; longer ones are no words
APOSTROPHE, LETTER_APOSTROPHE = "'", "\u02bc"  # the second is a letter of other languages
# Words that French (and who writes like it) shortens before a vowel: "l'eau" is about "eau".
# For JavaScript only the letters of ASCII are some at the edge of a word.
ELISION = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel|pres)?qu)['\u02bc]", re.A)


def words(text: str) -> list[str]:
    """In the order of the text, small letters, without accents."""
    return [word for run in text.lower().split() for word in _words_of(run)]


def counted(text: str) -> dict[str, int]:
    """How often each of them stands there."""
    found: dict[str, int] = {}
    for run, times in Counter(text.lower().split()).items():
        for word in _words_of(run):
            found[word] = found.get(word, 0) + times
    return found


def _words_of(run: str) -> tuple[str, ...]:
    """Of what stands between two spaces. Pages say the same again and again, but not whole sentences without any."""
    return _remembered(run) if len(run) <= LONGEST else _read(run)


def _read(run: str) -> tuple[str, ...]:
    plain = run.translate(PLAIN)
    if LETTER_APOSTROPHE in plain or APOSTROPHE in plain:
        plain = ELISION.sub("", plain).replace(APOSTROPHE, " ")
    found: Iterable[str] = plain.split()
    if UNSPACED.search(plain):
        found = (piece for word in found for piece in _pieces(word))
    return tuple(word for word in found if len(word) <= LONGEST)


_remembered = lru_cache(maxsize=50_000)(_read)


class _Plain(dict[int, str]):
    """Letters without accents, spaces for what is neither letter nor digit, one sign for all apostrophes.

    Found out when first asked for: for ``str.translate``, which is quick.
    """

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code))
        plain = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
        self[code] = "".join(_kept(letter) for letter in plain.translate(PLAIN_LETTERS))
        return self[code]


PLAIN = _Plain()


def _kept(letter: str) -> str:
    if letter in "'\u2019":
        return APOSTROPHE
    return letter if letter.isalnum() else " "


def _pieces(word: str) -> Iterator[str]:
    """What is written with spaces as it stands, the rest in pairs."""
    position = 0
    for run in UNSPACED.finditer(word):
        yield from filter(None, [word[position : run.start()]])
        yield from (run[0][place : place + 2] for place in range(max(1, len(run[0]) - 1)))
        position = run.end()
    yield from filter(None, [word[position:]])
