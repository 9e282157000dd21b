"""Answers that say how they are compressed, truly or not: PHP, the server and proxies each have a hand in it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response

from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.http import decoded
from scraper.sources.live.staying import LED_BY

ENCODING = "content-encoding"
PLAIN_FROM = "wikicompost_plain_from"  # in a request's meta: the host whose plain answer is said to be compressed
AT_ITS_PLACE = 590  # among the middlewares, where Scrapy has its own of this kind
MAGIC: Mapping[bytes, bytes] = {b"gzip": b"\x1f\x8b", b"x-gzip": b"\x1f\x8b", b"zstd": b"\x28\xb5\x2f\xfd"}
WITHOUT_MAGIC = frozenset({b"deflate", b"br"})
LOOKED_AT = 1000  # bytes
PIECE = 2**20  # bytes
CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r"})  # no text has them, and hardly anything compressed is without


class ContentEncoding(HttpCompressionMiddleware):
    """Scrapy's middleware, but that a plain answer is taken as it is, and a file as it came: it may be a gzip file."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Unpacked; where there was nothing to unpack, with PLAIN_FROM in the request's meta."""
        if LED_BY in request.meta:
            return response
        announced = response.headers.get(ENCODING)
        if announced is not None and is_plain(response.body, announced.strip().lower()):
            request.meta[PLAIN_FROM] = urlsplit(response.url).netloc
            del response.headers[ENCODING]
            return response
        return super().process_response(request, response)


def unpack_file(content: bytes | Path, encoding: str, target: Path, most: int) -> bool:
    """Write a file that a server compressed although it was asked for as it is. False: it did not, or it is damaged.

    Nor are more than ``most`` bytes written.
    """
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source, target.open("wb") as file:
        body = decoded(source, {ENCODING: encoding})
        try:
            while (piece := body.read(PIECE)) and file.tell() <= most:
                file.write(piece)
        except DAMAGES:
            return False
        return file.tell() <= most


def is_plain(body: bytes, encoding: bytes) -> bool:
    """Whether a body that is said to be in this encoding (HTTP's name, in lower case) is not."""
    head = body[:LOOKED_AT]
    if encoding in MAGIC:
        return not head.startswith(MAGIC[encoding][: len(head)])
    return encoding in WITHOUT_MAGIC and head != b"" and head.translate(None, CONTROLS) == head
