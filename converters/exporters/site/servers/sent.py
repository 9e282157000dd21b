"""Expressions for what comes over the wire: a title in every way in which browsers, wikis and people encode it.

They hold only what PCRE (nginx, Apache), RE2 (Caddy) and JavaScript read alike, and no character that means something
in the files of those servers: quotation marks, braces, backquotes and their like stand as the percent signs that they
are sent as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

# What may stand in the path of a redirect as it is; "$" would begin a variable.
PATH_SAFE = "/:!'()*,;@-._~&=+"
# Sent as they are or encoded, as the sender likes (RFC 3986, sub-delims and more).
EITHER_WAY = "!'()*,;@&=+$:/.~"
PLAIN = re.compile(r"[A-Za-z0-9-]")
# Browsers leave these as they are behind the question mark (https://url.spec.whatwg.org/#query-percent-encode-set).
RAW_IN_QUERIES = "\\^`"
# nginx reads no word of its configuration that is longer than 4,096 bytes.
LONGEST = 3_000


def as_sent(text: str) -> str:
    """An expression for a title or a path; a space is an underscore as well."""
    found = "".join(_sent(character) for character in text)
    return found if len(found.encode()) <= LONGEST else re.escape(quote(text.replace(" ", "_"), safe=PATH_SAFE))


def as_path(path: str) -> str:
    """An expression for folders, whose slashes and dots nobody encodes."""
    return "/".join(r"\.".join(map(as_sent, segment.split("."))) for segment in path.split("/"))


def one_of(texts: Iterable[str]) -> Iterator[str]:
    """Expressions that together mean any of these texts; each is short enough for every server."""
    found: list[str] = []
    length = 0
    for expression in (as_path(text) for text in texts):
        size = len(expression.encode()) + 1
        if found and length + size > LONGEST:
            yield f"(?:{'|'.join(found)})"
            found, length = [], 0
        found.append(expression)
        length += size
    if found:
        yield f"(?:{'|'.join(found)})"


def target(path: str) -> str:
    """A path as a redirect sends it."""
    return quote(path, safe=PATH_SAFE)


def _sent(character: str) -> str:
    if PLAIN.fullmatch(character):
        return character
    encoded = "".join(f"%{_digits(byte)}" for byte in character.encode("utf-8", "replace"))
    if character in " _":
        return "(?:_|%20)"
    if character in EITHER_WAY:
        return f"(?:[{character}]|{encoded})"
    if character in RAW_IN_QUERIES:
        return rf"(?:\x{ord(character):02X}|{encoded})"
    return f"(?:{character}|{encoded})" if not character.isascii() and character.isprintable() else encoded


def _digits(byte: int) -> str:
    """Both cases of the letters among hexadecimal digits."""
    return "".join(f"[{digit}{digit.lower()}]" if digit.isalpha() else digit for digit in f"{byte:02X}")
