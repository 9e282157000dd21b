"""Compressed files as a stream that knows where each of its frames began, and can go on behind a damaged one.

WARC files are compressed record by record: after a damaged record the next frame is good again. A ``.warc.zst`` may
begin with its dictionary in a skippable frame (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
"""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, cast

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 2**16
LARGEST_OUTPUT = 2**20  # bytes that one step may unpack to, however well they were packed
LARGEST_DICTIONARY = 2**24
__all__ = ["DAMAGES", "Decompressor", "Frames", "Zlib", "frames_of", "opened", "zstd"]

ZSTD = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
# What reading bytes raises that are cut, damaged, locked by a password, or packed in a way that nobody here knows.
DAMAGES = (
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    lzma.LZMAError,
    zlib.error,
    zstd.ZstdError,
    brotli.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)


class Decompressor(Protocol):
    """What bz2, lzma and zstd have, and zlib nearly."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Zlib:
    """zlib's decompressor with the manners of the others. ``wbits`` as zlib has it; 31 is gzip."""

    def __init__(self, wbits: int = 31) -> None:
        self._zlib = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


MAGIC: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b\x08": Zlib,
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\0": lzma.LZMADecompressor,
    b"]\0\0": lzma.LZMADecompressor,  # .lzma has no magic number: this is what the xz tools' presets begin with
    ZSTD: zstd.ZstdDecompressor,
}


class Frames(io.RawIOBase):
    """The unpacked bytes of a file of frames.

    Raises one of :data:`DAMAGES` where it is damaged; what stands before is given first. ``frame`` is where in the file
    the present frame begins.
    """

    def __init__(self, raw: IO[bytes], magic: bytes, new: Callable[[], Decompressor]) -> None:
        self._raw = raw
        self._magic = magic
        self._new = new
        self._held = b""
        self._position = raw.tell()  # behind what is held
        self._decompressor: Decompressor | None = None
        self.frame = self._position

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes, never of two frames at once; nothing at the end."""
        wanted = LARGEST_OUTPUT if size < 0 else min(size, LARGEST_OUTPUT)
        while self._decompressor is not None or self._begin():
            if data := self._step(wanted):
                return data
        return b""

    def skip_frame(self) -> bool:
        """Go on at the next frame behind the present one; False when there is none."""
        self._decompressor = None
        self._position = self._raw.seek(self.frame + 1)
        self._held = b""
        while (found := self._held.find(self._magic)) < 0:
            self._held = self._held[-len(self._magic) + 1 :]
            if not self._fill():
                return False
        self._held = self._held[found:]
        return True

    def _begin(self) -> bool:
        """Zeros between frames are padding, as xz and tapes have it."""
        while not self._held.strip(b"\0"):
            self._held = b""
            if not self._fill():
                return False
        self._held = self._held.lstrip(b"\0")
        self.frame = self._position - len(self._held)
        self._decompressor = self._new()
        return True

    def _step(self, wanted: int) -> bytes:
        decompressor = cast(Decompressor, self._decompressor)
        if decompressor.needs_input and not self._held and not self._fill():
            raise EOFError("the file ends before its time")
        given, self._held = self._held, b""
        data = decompressor.decompress(given, wanted)
        if decompressor.eof:
            self._held = decompressor.unused_data
            self._decompressor = None
        return data

    def _fill(self) -> bool:
        more = self._raw.read(CHUNK)
        self._held += more
        self._position += len(more)
        return bool(more)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file unpacked, whatever it is packed with. Raises OSError."""
    with path.open("rb") as raw:
        frames = frames_of(raw)
        yield raw if frames is None else cast(IO[bytes], io.BufferedReader(frames, LARGEST_OUTPUT))


def frames_of(raw: IO[bytes]) -> Frames | None:
    """``None`` for a file that is not compressed."""
    begin = raw.tell()
    head = raw.read(8)
    raw.seek(begin)
    if head.startswith(DICTIONARY):
        return _with_dictionary(raw)
    for magic, new in MAGIC.items():
        if head.startswith(magic):
            return Frames(raw, magic, new)
    return None


def _with_dictionary(raw: IO[bytes]) -> Frames:
    """The dictionary may itself be compressed."""
    raw.read(4)
    size = int.from_bytes(raw.read(4), "little")
    if size > LARGEST_DICTIONARY:
        raise OSError(f"its dictionary says that it has {size:,} bytes")
    content = raw.read(size)
    if content.startswith(ZSTD):
        content = zstd.ZstdDecompressor().decompress(content, LARGEST_DICTIONARY)
    dictionary = zstd.ZstdDict(content)
    return Frames(raw, ZSTD, lambda: zstd.ZstdDecompressor(dictionary))
