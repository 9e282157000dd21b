"""Character references, by MediaWiki's rules: never without the semicolon, and only characters that HTML may have."""

from __future__ import annotations

import re
from html.entities import html5

REFERENCE = re.compile(r"&(?:#([0-9]+)|#[xX]([0-9A-Fa-f]+)|([A-Za-z0-9\x80-\U0010ffff]+));")
# Sanitizer::MW_ENTITY_ALIASES: the marks of direction by their Hebrew and Arabic names.
ALIASES = {"רלמ": "\u200f", "رلم": "\u200f"}
NUMBER = re.compile(r"&#(?:[0-9]+|[xX][0-9A-Fa-f]+);")
LONGEST_NUMBER = 8


def decode(text: str) -> str:
    """The text with its references decoded; what is none stays as it is written."""
    return REFERENCE.sub(_character, text) if "&" in text else text


def decode_attribute(text: str) -> str:
    """The same in the value of an attribute, where a character that HTML may not have becomes U+FFFD."""
    return NUMBER.sub("\ufffd", decode(text)) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return html5.get(name + ";") or ALIASES.get(name) or found[0]
    digits = (decimal or hexadecimal).lstrip("0")
    if not digits or len(digits) > LONGEST_NUMBER:
        return found[0]
    number = int(digits, 10 if decimal else 16)
    return chr(number) if is_valid(number) else found[0]


def is_valid(number: int) -> bool:
    """Whether HTML may have the character of this number (Sanitizer::validateCodepoint)."""
    return (
        number in (0x9, 0xA)
        or 0x20 <= number <= 0x7E
        or 0xA0 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
