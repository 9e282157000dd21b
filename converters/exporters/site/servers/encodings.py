"""Addresses from the time before a wiki wrote UTF-8: ``/wiki/%E9t%E9`` for ``Été``, as old pages elsewhere have it.

MediaWiki takes a title that is no UTF-8 for one in its language's old encoding (Language::checkTitleEncoding). What is
UTF-8 and what not can be told byte by byte, from the left: https://www.rfc-editor.org/rfc/rfc3629#section-4.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from converters.language import language
from scraper.model import Site

DIGIT = "[0-9A-Fa-f]"
NEXT = f"%[89ABab]{DIGIT}"
# An address up to its first byte that is no UTF-8.
SOUND = rf"(?:[^?%\s]|%[0-7]{DIGIT}|%[CDcd]{DIGIT}{NEXT}|%[Ee]{DIGIT}{NEXT}{NEXT}|%[Ff]{DIGIT}{NEXT}{NEXT}{NEXT})*"
# How an address goes on behind a byte that promised more bytes than follow.
ANYTHING = r"[^?\s]*"
OTHERWISE = rf"(?:(?:[^?%\s]|%[0-7C-Fc-f]){ANYTHING})?"


def old_bytes(site: Site, letters: Iterable[str]) -> dict[int, str]:
    """How such bytes are to be read, for letters of titles, large and small; none in encodings of several bytes."""
    told = (site.siteinfo.get("general") or {}).get("fallback8bitEncoding")
    wanted = {letter for title in letters if not title.isascii() for letter in (title, title.lower())}
    found = {}
    for byte in range(0x80, 0x100):
        with suppress(LookupError, ValueError):
            letter = bytes([byte]).decode(str(told or language(site.language).encoding))
            if letter in wanted:
                found[byte] = letter
    return found


def stray(byte: int) -> str:
    """An expression for a byte that is no UTF-8 where it stands behind :data:`SOUND`, and for what follows."""
    promised = 3 if byte >= 0xF0 else 2 if byte >= 0xE0 else 1 if byte >= 0xC0 else 0
    follows = "".join(f"(?:{NEXT}" for _ in range(promised - 1)) + ")?" * (promised - 1)
    sent = "".join(f"[{digit}{digit.lower()}]" if digit.isalpha() else digit for digit in f"{byte:02X}")
    return f"%{sent}({follows}{OTHERWISE if promised else ANYTHING})"
