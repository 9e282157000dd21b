"""Files that a dump carries (``<contents encoding="base64">``): put aside before the XML is parsed, never in memory."""

from __future__ import annotations

import binascii
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

BEGINNING = re.compile(rb"""<contents\s[^<>]*\bencoding=["']base64["'][^<>]*>""")
LONGEST_TAG = 200  # bytes at the end of a chunk in which such a tag may have begun
INCOMING = "incoming"  # folder beside the archive, where there is room for files


class Contents:
    """Files put aside, known by what stands in their place in the dump."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, Path] = {}
        self._count = 0

    def put_aside(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same dump, with the name of a file put aside in the place of its base64."""
        held = b""
        for chunk in chunks:
            held += chunk
            while found := BEGINNING.search(held):
                yield held[: found.end()]
                held = yield from self._one(held[found.end() :], chunks)
            cut = _tag_that_may_begin(held)
            if cut:
                yield held[:cut]
            held = held[cut:]
        if held:
            yield held

    @contextmanager
    def taken(self, name: str) -> Iterator[Path | None]:
        """The file under this name, for the last time; ``None`` when its base64 was damaged."""
        path = self._paths.pop(name, None)
        yield path
        if path is not None:
            path.unlink()

    def _one(self, held: bytes, chunks: Iterator[bytes]) -> Generator[bytes, None, bytes]:
        """Put the base64 up to the next tag aside, tell its name, return what follows."""
        self._count += 1
        name = f"file {self._count}"
        with (self._folder / name).open("wb") as target:
            decoder = _Base64(target)
            while (end := held.find(b"<")) < 0:
                decoder.write(held)
                held = next(chunks, b"<")
            decoder.write(held[:end])
        if decoder.is_whole:
            self._paths[name] = self._folder / name
        yield name.encode()
        return held[end:]


class _Base64:
    """Decodes piece by piece."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._rest = b""
        self._is_damaged = False

    @property
    def is_whole(self) -> bool:
        return not self._is_damaged and not self._rest

    def write(self, text: bytes) -> None:
        text = self._rest + text.translate(None, b" \t\r\n")
        cut = len(text) - len(text) % 4
        self._rest = text[cut:]
        try:
            self._target.write(binascii.a2b_base64(text[:cut], strict_mode=True))
        except binascii.Error:
            self._is_damaged = True


@contextmanager
def contents_beside(folder: Path) -> Iterator[Contents]:
    """For one reading of a dump into the archive in ``folder``; what a killed one left there is removed."""
    incoming = folder / INCOMING
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir()
    try:
        yield Contents(incoming)
    finally:
        shutil.rmtree(incoming)


def _tag_that_may_begin(held: bytes) -> int:
    """Where at the end of ``held`` a tag begins that is not closed yet; its length when there is none."""
    start = held.rfind(b"<", -LONGEST_TAG)
    return len(held) if start < 0 or held.find(b">", start) >= 0 else start
