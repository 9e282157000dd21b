"""Answers that were compressed without a word of it, or twice: by PHP and again by a server or proxy before it."""

from __future__ import annotations

import zlib

from scraper.sources.live.failures import Fault, Unanswered
from scraper.sources.live.settings import LARGEST_ANSWER

GZIP = b"\x1f\x8b\x08"  # begins no text in UTF-8
GZIP_HEAD = 31  # zlib's wbits for gzip


def unpacked(body: bytes) -> bytes:
    """The text inside. Raises Unanswered where it is cut, or too large."""
    while body.startswith(GZIP):
        unpacker = zlib.decompressobj(GZIP_HEAD)
        try:
            body = unpacker.decompress(body, LARGEST_ANSWER)
        except zlib.error as error:
            raise Unanswered(Fault.CUT, str(error)) from error
        if not unpacker.eof:
            raise Unanswered(Fault.LARGE if unpacker.unconsumed_tail else Fault.CUT, "a compressed answer")
    return body
