"""The bytes of a dump, whatever their encoding, as UTF-8; and what is no dump is refused before it is parsed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

HEAD = 2**16  # bytes that are looked at before anything is parsed

# Byte order marks; UTF-32 before UTF-16, whose mark begins with the same bytes.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
UTF_8 = "utf-8"
PLAIN = (UTF_8, "ascii")
LATIN = "windows-1252"  # what is called ISO 8859-1 on the web
# A letter in UTF-8, and in hardly anything else.
LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
SURE = 3  # bytes that are no UTF-8; fewer may be damage
LONGEST_LETTER = 4  # bytes; the head may end within one
PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
ROOT = re.compile(rb"<(?:[\w.-]+:)?mediawiki[\s>]")


class NotADump(ValueError):
    """These bytes are no MediaWiki dump. The message says what they are."""


class UnreadableBytes(Exception):
    """The bytes of the dump end here, though not the dump: cut or damaged compression. The message says how."""


def take_head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first HEAD bytes or somewhat more, less only when there are no more; and the rest.

    Raises NotADump when not even the first byte can be read.
    """
    head = b""
    try:
        while len(head) < HEAD and (chunk := next(chunks, b"")):
            head += chunk
    except UnreadableBytes as error:
        if not head:
            raise NotADump(str(error)) from error
        return head, map(_raise, (error,))
    return head, chunks


def _raise(error: UnreadableBytes) -> bytes:
    raise error


def in_utf8(head: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The whole dump in UTF-8 without byte order mark; ``head`` is what stands before ``chunks``.

    Raises NotADump. Bytes that are wrong in their encoding become U+FFFD; wrong UTF-8 is left to the parser.
    """
    mark, encoding = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    is_utf8 = codecs.lookup(encoding).name in PLAIN
    head = head[len(mark) :]
    head = head if is_utf8 else decoder.decode(head).encode()
    _check(head)
    yield head
    for chunk in chunks:
        yield chunk if is_utf8 else decoder.decode(chunk).encode()


def _encoding(head: bytes) -> tuple[bytes, str]:
    """Byte order mark (empty without one) and encoding. Raises NotADump for one that Python does not know."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return mark, encoding
    for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if head.startswith(start):
            return b"", encoding
    declared = DECLARED.match(head)
    encoding = declared[1].decode("ascii") if declared else UTF_8
    try:
        is_readable = "<".encode(encoding) == b"<"  # unlike codecs.lookup, it knows encodings of text only
    except LookupError as error:
        raise NotADump(f"it declares the unknown encoding {encoding}") from error
    # A declaration that can be read is not in UTF-16, whatever it says.
    return b"", _as_it_is(head, encoding if is_readable else UTF_8)


def _as_it_is(head: bytes, declared: str) -> str:
    """The encoding that the bytes are in, where they show it: dumps that were stored or edited may declare another."""
    has_letters = LETTER.search(head) is not None
    if codecs.lookup(declared).name in PLAIN:
        return LATIN if not has_letters and len(NOT_ASCII.findall(head)) >= SURE else UTF_8
    others = LETTER.sub(b"", head[:-LONGEST_LETTER])
    return UTF_8 if has_letters and not NOT_ASCII.search(others) else declared


def _check(head: bytes) -> None:
    prolog = PROLOG.match(head)
    rest = head[prolog.end() :] if prolog else head
    if b"&lt;mediawiki " in head:
        raise NotADump("a browser saved it as a page that shows a dump: download what Special:Export answers instead")
    if rest[:9].upper() == b"<!DOCTYPE":
        raise NotADump("it has a DOCTYPE, which dumps never have and which can hide an entity bomb")
    if not ROOT.match(rest):
        shown = rest[:40].decode("utf-8", "replace") or "nothing"
        raise NotADump(f"it does not begin with <mediawiki> but with {shown!r}")
