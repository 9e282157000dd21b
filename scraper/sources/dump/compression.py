"""The bytes of a dump, however it is compressed: told by what the file begins with, not by its name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

from scraper.readers.dump import UnreadableBytes
from scraper.sources.dump.seven_zip import read_seven_zip
from scraper.sources.source import UnusableSource

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 2**18
STANDARD_INPUT = "-"
MAGIC: dict[bytes, Callable[[IO[bytes]], object]] = {
    b"BZh": bz2.BZ2File,
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"\xfd7zXZ\0": lzma.LZMAFile,
    b"]\0\0": lzma.LZMAFile,  # .lzma has no magic number: this is what the xz tools' presets begin with
    b"\x28\xb5\x2f\xfd": lambda stream: zstd.ZstdFile(stream, options={zstd.DecompressionParameter.window_log_max: 27}),
}
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
ZIP = b"PK\3\4"
# The header before each file (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7): the method, and
# how long its name and its further fields are.
ZIP_HEADER = struct.Struct("<8xH16xHH")
ERRORS = (EOFError, OSError, RuntimeError, lzma.LZMAError, zlib.error, zstd.ZstdError, zipfile.BadZipFile)
HEAD = 4096  # bytes that tell what a file holds


class Readable(Protocol):
    """What all of them are: ``read1`` gives what is there, so that nothing before a damaged place is lost."""

    def read1(self, size: int, /) -> bytes: ...


def beginning(path: Path) -> bytes:
    """What a file begins with once it is unpacked; empty where that cannot be told, and for 7z archives."""
    try:
        with path.open("rb") as stream:
            return _unpacker(stream.peek(len(SEVEN_ZIP)), stream).read1(HEAD)
    except (*ERRORS, UnusableSource):
        return b""


@contextmanager
def unpacked(given: str) -> Iterator[Iterator[bytes]]:
    """The unpacked bytes of a file, or of standard input, in chunks that may raise UnreadableBytes.

    Raises UnusableSource when there is no such file, or it cannot be unpacked here.
    """
    stream = _open(given)
    try:
        head = stream.peek(len(SEVEN_ZIP))
        if head.startswith(SEVEN_ZIP):
            with read_seven_zip(stream, given) as chunks:
                yield chunks
        else:
            yield _chunks(_unpacker(head, stream))
    finally:
        if given != STANDARD_INPUT:
            stream.close()


def _open(given: str) -> io.BufferedReader:
    if given == STANDARD_INPUT:
        if sys.stdin.isatty():
            raise UnusableSource("standard input is the keyboard here: pipe a dump into it, or give a file.")
        return cast(io.BufferedReader, sys.stdin.buffer)
    try:
        return Path(given).open("rb")
    except OSError as error:
        raise UnusableSource(f"{given} cannot be opened: {error.strerror}.") from error


def _unpacker(head: bytes, stream: io.BufferedReader) -> Readable:
    for magic, unpack in MAGIC.items():
        if head.startswith(magic):
            return cast(Readable, unpack(stream))
    return _zip_member(stream) if head.startswith(ZIP) and stream.seekable() else stream


def _zip_member(stream: io.BufferedReader) -> Readable:
    """The one dump in a zip file. Raises UnusableSource when there is not exactly one file in it."""
    try:
        archive = zipfile.ZipFile(stream)
    except ERRORS:  # the directory stands at the end: the first file is there without it
        return _first_member(stream)
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if len(names) != 1:
        raise UnusableSource(f"the zip file holds {len(names):,} files, wanted is one. Unpack it and give the folder.")
    return cast(Readable, archive.open(names[0]))


def _first_member(stream: io.BufferedReader) -> Readable:
    """What follows the first header of a zip file. Raises UnusableSource when nothing can be read of it."""
    stream.seek(0)
    header = stream.read(ZIP_HEADER.size)
    if len(header) == ZIP_HEADER.size:
        method, name, extra = ZIP_HEADER.unpack(header)
        stream.seek(name + extra, io.SEEK_CUR)
        if method == zipfile.ZIP_DEFLATED:
            return _Deflated(stream)
    raise UnusableSource("the zip file is cut or damaged: nothing can be read of it.")


class _Deflated:
    """A file of a zip without directory: up to its own end, wherever the zip file ends."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def read1(self, size: int, /) -> bytes:
        while not self._inflater.eof:
            packed = self._inflater.unconsumed_tail or self._stream.read1(CHUNK)
            if not packed:
                raise EOFError("the zip file ends before the dump in it")
            if found := self._inflater.decompress(packed, size):
                return found
        return b""


def _chunks(stream: Readable) -> Iterator[bytes]:
    """What ``stream`` gives, in chunks of CHUNK bytes or somewhat more: pipes and gzip give crumbs."""
    crumbs: list[bytes] = []
    try:
        while crumb := stream.read1(CHUNK):
            crumbs.append(crumb)
            if sum(map(len, crumbs)) >= CHUNK:
                yield b"".join(crumbs)
                crumbs.clear()
    except ERRORS as error:
        if crumbs:
            yield b"".join(crumbs)
        raise UnreadableBytes(f"the file is cut or damaged here: {error}") from error
    if crumbs:
        yield b"".join(crumbs)
