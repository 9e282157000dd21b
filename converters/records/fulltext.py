"""The page's plain text for search, and the other spellings of words whose letters full-text search keeps apart."""

from __future__ import annotations

import re

from converters.language import PLAIN_LETTERS
from converters.language.letters import SPELLED
from converters.records.record import Extractor, Reading, Rows, Table

PAGE_TEXT = Table("page_text", "page_id", ("title", "text", "alias"), has_section=False)

# FTS5's remove_diacritics keeps the letters of ``SPELLED``. The other way only where the ligature is one of the
# language's usual spellings: cœur, ægypte.
LIGATURES = {"oe": "œ", "ae": "æ"}
FOLDABLE = re.compile("|".join((*SPELLED, *LIGATURES)))
WORD = re.compile(r"\w+")


def extract(page: Reading) -> Rows:
    """Headings and text of all sections. ``page_text`` is keyed by the page itself."""
    title = page.document.title.full
    text = page.outline.slice(0, len(page.outline.pieces))
    return {"page_text": [(title, text, aliases(f"{title}\n{text}"))]}


def aliases(text: str) -> str:
    """Other spellings of the text's words, each once, in order."""
    folded = text.lower()
    if not FOLDABLE.search(folded):
        return ""
    words = dict.fromkeys(word for word in WORD.findall(folded) if FOLDABLE.search(word))
    return " ".join(dict.fromkeys(spelling for word in words for spelling in _spellings(word)))


def _spellings(word: str) -> list[str]:
    plain, ligature = word.translate(PLAIN_LETTERS), word
    for letters, sign in LIGATURES.items():
        ligature = ligature.replace(letters, sign)
    return [spelling for spelling in (plain, ligature) if spelling != word]


EXTRACTOR = Extractor("Plain text for search", 1, (PAGE_TEXT,), extract)
