"""No-break spaces that MediaWiki adds in every language (Sanitizer::armorFrenchSpaces)."""

from __future__ import annotations

import re

BEFORE_SIGN = re.compile(r" (?=[?:;!%»›](?!\w))")
AFTER_QUOTE = re.compile(r"(?<=[«‹]) ")
NO_BREAK_SPACE = "\u00a0"


def typeset(text: str) -> str:
    """The text with its spaces before ``? : ; ! % »`` and after ``«`` kept from breaking."""
    if " " not in text:
        return text
    text = BEFORE_SIGN.sub(NO_BREAK_SPACE, text)
    return AFTER_QUOTE.sub(NO_BREAK_SPACE, text) if "« " in text or "‹ " in text else text
