"""Letters that Unicode does not take apart into letter and accent, and how people write them on other keyboards."""

from __future__ import annotations

SPELLED = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
# For ``str.translate``.
PLAIN_LETTERS = str.maketrans(SPELLED)
