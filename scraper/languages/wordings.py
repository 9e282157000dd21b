"""An interface message turned round: from its text to a pattern that reads what it showed."""

from __future__ import annotations

import re
from functools import cache

PARAMETER = re.compile(r"\$(\d)")
CHOICE = re.compile(r"\{\{\s*(?:PLURAL|GENDER|GRAMMAR)\s*:\s*([^|{}]*)((?:\|[^{}]*)?)\}\}", re.IGNORECASE)
CALL = re.compile(r"\{\{[^{}]*\}\}")
LINK = re.compile(r"\[\[:?(?:[^\]|]*\|)?([^\]]*)\]\]")
OUTSIDE_LINK = re.compile(r"\[\S+ ([^\]]*)\]")
MARKUP = re.compile(r"'{2,5}|<[^>]*>")
ENTITIES = {"&#32;": " ", "&#160;": " ", "&nbsp;": " ", "&quot;": '"', "&amp;": "&", "\u00a0": " "}
PIECES = re.compile(r"(\$\d|\x01[^\x02]*\x02|\x03)")


@cache
def pattern_of(message: str) -> re.Pattern[str]:
    """Matches the whole text that the message makes; groups ``p1``, ``p2``… are its parameters."""
    text = CHOICE.sub(_choice, message)
    text = MARKUP.sub("", OUTSIDE_LINK.sub(r"\1", LINK.sub(r"\1", CALL.sub("\x03", text))))
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    seen: set[str] = set()
    return re.compile(r"\s*" + "".join(_piece(piece, seen) for piece in PIECES.split(text)) + r"\s*", re.DOTALL)


def _choice(found: re.Match[str]) -> str:
    """All forms that a word may take, in marks that the other rules leave alone; the number itself is written apart."""
    forms = [form.partition("=")[2] if re.match(r"\d+=", form) else form for form in found[2].split("|")[1:]]
    return f"\x01{'|'.join(forms)}\x02" if forms else "\x03"


def _piece(piece: str, seen: set[str]) -> str:
    if piece.startswith("\x01"):
        return "(?:" + "|".join(_words(form, seen) for form in piece[1:-1].split("|")) + ")"
    return ".*?" if piece == "\x03" else _words(piece, seen)


def _words(text: str, seen: set[str]) -> str:
    """Literal words, white space of any length; a parameter is caught where it stands first."""
    pattern = ""
    for piece in re.split(r"(\$\d|\s+)", text):
        found = PARAMETER.fullmatch(piece)
        if found:
            pattern += ".*?" if piece in seen else f"(?P<p{found[1]}>.*?)"
            seen.add(piece)
        else:
            pattern += r"\s+" if piece.isspace() else re.escape(piece)
    return pattern
