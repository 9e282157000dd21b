"""White space as PHP's ``trim`` knows it: a no-break space or an ideographic one is a sign like any other."""

from __future__ import annotations

SPACES = " \t\n\r\x00\x0b"


def trim(text: str) -> str:
    """The text without white space around it."""
    return text.strip(SPACES)
