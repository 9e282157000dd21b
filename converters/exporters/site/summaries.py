"""Edit summaries: a section link (``/* Ordre du jour */``), links in brackets, and plain words; never HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

PIECES = re.compile(r"/\*(?P<section>.*?)\*/|\[\[:?(?P<target>[^\[\]|]+)(?:\|(?P<label>[^\[\]]*))?\]\]")

# Twice CommentStore::COMMENT_CHARACTER_LIMIT; the search takes the square of the length.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a summary. ``title`` is where it leads: ``None`` for plain words, empty for the edited page itself."""

    text: str
    title: str | None = None
    fragment: str = ""


def pieces(summary: str) -> list[Piece]:
    """What a summary says, in order."""
    found, end = [], 0
    for match in PIECES.finditer(summary, 0, LONGEST):
        found.append(Piece(summary[end : match.start()]))
        found.append(_section(match) if match["section"] is not None else _link(match))
        end = match.end()
    found.append(Piece(summary[end:]))
    return [piece for piece in found if piece.text]


def _section(match: re.Match[str]) -> Piece:
    name = match["section"].strip()
    return Piece(f"→ {name}" if name else "", "", name.replace(" ", "_"))


def _link(match: re.Match[str]) -> Piece:
    title, _, fragment = match["target"].partition("#")
    return Piece(match["label"] or match["target"], title.strip().replace("_", " "), fragment.replace(" ", "_"))
