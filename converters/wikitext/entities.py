"""Character references, by MediaWiki's rules: never without the semicolon, and only characters that HTML may have."""

from __future__ import annotations

import re
from html.entities import html5

REFERENCE = re.compile(r"&(?:#([0-9]+)|#[xX]([0-9A-Fa-f]+)|([A-Za-z0-9\x80-\U0010ffff]+));")
# Sanitizer::MW_ENTITY_ALIASES: the marks of direction by their Hebrew and Arabic names.
ALIASES = {"רלמ": "\u200f", "رلم": "\u200f"}
REPLACEMENT = "\ufffd"
LONGEST_NUMBER = 8


def decode(text: str) -> str:
    """The text with its references decoded, to U+FFFD for characters that HTML may not have; other names stay."""
    return REFERENCE.sub(_character, text) if "&" in text else text


def decode_visible(text: str) -> str:
    """The same in the running text, where numbers of such characters stay as they are written."""
    return REFERENCE.sub(_visible_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    return _named(found) if found[3] else _numbered(found) or REPLACEMENT


def _visible_character(found: re.Match[str]) -> str:
    return _named(found) if found[3] else _numbered(found) or found[0]


def _named(found: re.Match[str]) -> str:
    return html5.get(found[3] + ";") or ALIASES.get(found[3]) or found[0]


def _numbered(found: re.Match[str]) -> str:
    """The character of a number; empty for one that HTML may not have."""
    digits = (found[1] or found[2]).lstrip("0")
    if not digits or len(digits) > LONGEST_NUMBER:
        return ""
    number = int(digits, 10 if found[1] else 16)
    return chr(number) if is_valid(number) else ""


def is_valid(number: int) -> bool:
    """Whether HTML may have the character of this number (Sanitizer::validateCodepoint)."""
    return (
        number in (0x9, 0xA)
        or 0x20 <= number <= 0x7E
        or 0xA0 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
