"""HTTP messages as WARC files hold them: the head, and the body without what served its transport (RFC 9112)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import brotli

from scraper.sources.captured.frames import LARGEST_OUTPUT, ZSTD, Decompressor, Zlib, zstd
from scraper.sources.captured.item import Body

STATUS_LINE = re.compile(rb"HTTP/[\d.]+\s+(\d{3})")
BLOCK = 2**16
LONGEST_CHUNK_LINE = 1024
DEFLATE = 47  # zlib's wbits for both of its own heads
BARE_DEFLATE = -15
GZIP = b"\x1f\x8b"
PADDING = b"\0\r\n"  # behind a body, by tools that count badly


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of an answer, or of a question (``status`` 0). Names in lower case; repeated fields joined.

    ``size`` is in bytes, with the empty line; 0 where there was no HTTP.
    """

    first_line: str
    status: int
    fields: Mapping[str, str]
    size: int = 0


def read_head(lines: bytes) -> Head:
    """From the bytes before the empty line."""
    first, *rest = re.split(rb"\r?\n(?![ \t])", lines.strip(b"\r\n"))
    status = STATUS_LINE.match(first)
    return Head(first.decode("latin-1"), int(status[1]) if status else 0, read_fields(rest))


def read_fields(lines: list[bytes]) -> dict[str, str]:
    """``Name: value`` each."""
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            key = name.strip().decode("latin-1").lower()
            text = " ".join(value.decode("utf-8", "replace").split())
            fields[key] = f"{fields[key]}, {text}" if key in fields else text
    return fields


def decoded(body: Body, fields: Mapping[str, str]) -> Body:
    """The body as the wiki wrote it. Many tools store it decoded already and keep the fields: then it is left as is.

    Reading it raises one of ``frames.DAMAGES`` where it is cut or damaged.
    """
    started = Started(body)
    if "chunked" in fields.get("transfer-encoding", "").lower() and CHUNK_LINE.match(started.head(LONGEST_CHUNK_LINE)):
        started = Started(Chunks(started))
    coding = fields.get("content-encoding", "").lower().strip()
    head = started.head(4)
    if coding in {"gzip", "x-gzip"} and head.startswith(GZIP):
        return Decoded(started, Zlib, GZIP)
    if coding == "deflate":
        return Decoded(started, lambda: Zlib(DEFLATE if _is_zlib(head) else BARE_DEFLATE))
    if coding == "br" and not head.lstrip().startswith((b"<", b"{")):
        return Decoded(started, Brotli)
    if coding == "zstd" and head.startswith(ZSTD):
        return Decoded(started, zstd.ZstdDecompressor, ZSTD)
    return started


class Started:
    """A body whose first bytes can be looked at before it is read."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._held = b""

    def head(self, size: int) -> bytes:
        if len(self._held) < size:
            self._held += self._body.read(size - len(self._held))
        return self._held[:size]

    def read(self, size: int, /) -> bytes:
        given, self._held = self._held[:size], self._held[size:]
        return given + self._body.read(size - len(given)) if len(given) < size else given


CHUNK_LINE = re.compile(rb"[ ]*([0-9A-Fa-f]{1,12})[ ]*(?:;[^\r\n]*)?\r?\n")


class Chunks:
    """A body in chunks (RFC 9112, 7.1)."""

    def __init__(self, body: Started) -> None:
        self._body = body
        self._left = 0
        self._is_over = False

    def read(self, size: int, /) -> bytes:
        pieces: list[bytes] = []
        while size > 0 and not self._is_over:
            if not self._left:
                self._next_chunk()
                continue
            piece = self._body.read(min(size, self._left))
            if not piece:
                raise EOFError("the answer ends within a chunk")
            pieces.append(piece)
            size -= len(piece)
            self._left -= len(piece)
            if not self._left:
                self._pass_over_line_end()
        return b"".join(pieces)

    def _next_chunk(self) -> None:
        line = CHUNK_LINE.match(self._body.head(LONGEST_CHUNK_LINE))
        if line is None:
            raise EOFError("the answer is damaged between two chunks")
        self._body.read(line.end())
        self._left = int(line[1], 16)
        self._is_over = not self._left

    def _pass_over_line_end(self) -> None:
        head = self._body.head(2)
        self._body.read(2 if head == b"\r\n" else head[:1] == b"\n")


class Decoded:
    """A compressed body, unpacked as far as it is read and no further.

    gzip bodies may have several members (RFC 1952, 2.2) and zstd ones several frames (RFC 8878, 3): ``magic`` is what
    each begins with.
    """

    def __init__(self, body: Body, new: Callable[[], Any], magic: bytes = b"") -> None:
        self._body = body
        self._new = new
        self._magic = magic
        self._held = b""
        self._decompressor: Decompressor = new()

    def read(self, size: int, /) -> bytes:
        pieces: list[bytes] = []
        while size > 0 and (not self._decompressor.eof or self._begin_next()):
            data = self._input() if self._decompressor.needs_input else b""
            if not data and self._decompressor.needs_input:
                raise EOFError("the compressed answer ends before its time")
            piece = self._decompressor.decompress(data, min(size, LARGEST_OUTPUT))
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _input(self) -> bytes:
        data, self._held = self._held, b""
        return data or self._body.read(BLOCK)

    def _begin_next(self) -> bool:
        """False at the end of the body."""
        rest = self._decompressor.unused_data
        while len(rest) < len(self._magic) and (more := self._body.read(BLOCK)):
            rest += more
        if not self._magic or not rest.strip(PADDING):
            return False
        if not rest.startswith(self._magic):
            raise EOFError("something else stands behind the compressed answer")
        self._held, self._decompressor = rest, self._new()
        return True


class Brotli:
    """Brotli's decompressor with the manners of the others; it keeps what is too much for one step."""

    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()
        self._output = b""

    @property
    def eof(self) -> bool:
        return bool(self._brotli.is_finished()) and not self._output

    unused_data = b""

    @property
    def needs_input(self) -> bool:
        return not self._output and bool(self._brotli.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        if not self._output:
            self._output = self._brotli.process(data, output_buffer_limit=LARGEST_OUTPUT)
        given, self._output = self._output[:max_length], self._output[max_length:]
        return given


def _is_zlib(head: bytes) -> bool:
    """RFC 1950: the first two bytes as a number are a multiple of 31. Servers send bare deflate under the same name."""
    return len(head) >= 2 and head[0] & 15 == zlib.DEFLATED and int.from_bytes(head[:2]) % 31 == 0
