"""What mw.ustring asks for. Positions count characters from 1, those below 0 from the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from converters.wikitext.scribunto.patterns import Found, find, is_plain

Result = tuple[Any, ...]


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _start(text: str, position: float | None) -> int:
    """A position as a place counted from 0."""
    place = int(position or 1)
    return max(0, len(text) + place if place < 0 else place - 1)


def _sub(text: object, first: float | None = 1, last: float | None = -1) -> str:
    whole = _text(text)
    end = int(-1 if last is None else last)
    return whole[_start(whole, first) : max(0, len(whole) + end + 1) if end < 0 else end]


def _codepoints(text: object, first: float | None = 1, last: float | None = None) -> Result:
    return tuple(map(ord, _sub(text, first, first if last is None else last)))


def _char(*codes: float) -> str:
    return "".join(chr(int(code)) for code in codes)


def _search(text: str, pattern: str, position: float | None) -> Found | None:
    start = _start(text, position)
    return find(text, pattern, start) if start <= len(text) else None


def _find(text: object, pattern: object, position: float | None = 1, plain: bool | None = False) -> Result:
    whole, wanted = _text(text), _text(pattern)
    if plain or is_plain(wanted):
        place = whole.find(wanted, _start(whole, position))
        return (place + 1, place + len(wanted)) if place >= 0 else (None,)
    found = _search(whole, wanted, position)
    return (found.start + 1, found.end, *found.captures) if found else (None,)


def _match(text: object, pattern: object, position: float | None = 1) -> Result:
    whole = _text(text)
    found = _search(whole, _text(pattern), position)
    return (None,) if found is None else found.captures or (whole[found.start : found.end],)


def _next(text: object, pattern: object, position: float) -> Result:
    """For gmatch: where to go on, and the captures."""
    whole = _text(text)
    # Here ^ means itself.
    found = _search(
        whole, _text(pattern).replace("^", "%^", 1) if _text(pattern)[:1] == "^" else _text(pattern), position
    )
    if found is None:
        return (None,)
    after = found.end + (1 if found.end > found.start else 2)
    return (after, *(found.captures or (whole[found.start : found.end],)))


def _span(text: object, pattern: object, position: float) -> Result:
    """For gsub: from, to, and the captures."""
    found = _search(_text(text), _text(pattern), position)
    return (None,) if found is None else (found.start + 1, found.end, *found.captures)


USTRINGS: dict[str, Callable[..., Any]] = {
    "ustring_upper": lambda text: _text(text).upper(),
    "ustring_lower": lambda text: _text(text).lower(),
    "ustring_len": lambda text: len(_text(text)),
    "ustring_sub": _sub,
    "ustring_codepoint": _codepoints,
    "ustring_char": _char,
    "ustring_find": _find,
    "ustring_match": _match,
    "ustring_next": _next,
    "ustring_span": _span,
    "ustring_toNFC": lambda text: unicodedata.normalize("NFC", _text(text)),
    "ustring_toNFD": lambda text: unicodedata.normalize("NFD", _text(text)),
    "ustring_isutf8": lambda _text: True,
}
