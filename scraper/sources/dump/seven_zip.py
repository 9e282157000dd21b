"""7z archives as a stream: py7zr pushes what it unpacks, a dump is pulled."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from scraper.readers.dump import UnreadableBytes
from scraper.sources.source import UnusableSource

WAITING = 64  # chunks that py7zr may be ahead; it unpacks about 32 KiB at a time
END = b""


class _Stopped(Exception):
    """Nobody reads any more."""


class _Pipe:
    """A file for py7zr to write to; what is written waits in a short queue."""

    def __init__(self) -> None:
        self._queue: queue.Queue[bytes | Exception] = queue.Queue(WAITING)
        self._stopped = threading.Event()

    def put(self, item: bytes | Exception) -> None:
        while not self._stopped.is_set():
            try:
                self._queue.put(item, timeout=0.5)
                return
            except queue.Full:
                continue
        raise _Stopped

    def write(self, data: bytes) -> int:
        if data:
            self.put(bytes(data))
        return len(data)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def flush(self) -> None:
        """Nothing waits here that a reader could not have."""

    def close(self) -> None:
        """The end is told by the thread, after the last member."""

    def size(self) -> int:
        return 0

    def chunks(self) -> Iterator[bytes]:
        while True:
            item = self._queue.get()
            if isinstance(item, Exception):
                raise UnreadableBytes(f"the 7z archive is cut or damaged: {item}") from item
            if item == END:
                return
            yield item

    def stop(self) -> None:
        self._stopped.set()


@contextmanager
def read_seven_zip(stream: IO[bytes], name: str) -> Iterator[Iterator[bytes]]:
    """The bytes of the one dump in a 7z archive.

    Raises UnusableSource without py7zr, for a stream without seek, or when there is not exactly one XML file in it.
    """
    archive, member = _open(stream, name)
    pipe = _Pipe()
    thread = threading.Thread(target=_unpack, args=(archive, member, pipe), daemon=True)
    thread.start()
    try:
        yield pipe.chunks()
    finally:
        pipe.stop()
        thread.join()
        archive.close()


def _open(stream: IO[bytes], name: str) -> tuple[Any, str]:
    if not stream.seekable():
        raise UnusableSource("a 7z archive cannot be read from standard input: save it and give the file.")
    try:
        import py7zr
    except ImportError as error:
        raise UnusableSource(f"{name} is a 7z archive: `pip install wikicompost[7z]` reads it.") from error
    try:
        archive = py7zr.SevenZipFile(stream, "r")
        members = [member for member in archive.getnames() if ".xml" in member]
    except Exception as error:  # py7zr lets struct.error, KeyError and others of a damaged header out
        raise UnusableSource(f"{name} is a damaged 7z archive: {error}") from error
    if len(members) != 1:
        raise UnusableSource(
            f"{name} holds {len(members)} XML files, wanted is one. Unpack it and give the folder: {', '.join(members)}"
        )
    return archive, members[0]


def _unpack(archive: Any, member: str, pipe: _Pipe) -> None:
    try:
        archive.extract(targets=[member], factory=_Factory(pipe))
        pipe.put(END)
    except _Stopped:
        return
    except Exception as error:  # whatever a damaged archive makes py7zr raise belongs to the reader
        pipe.put(error)


class _Factory:
    """py7zr's WriterFactory, by its shape: py7zr is imported only where there is a 7z archive."""

    def __init__(self, pipe: _Pipe) -> None:
        self._pipe = pipe

    def create(self, filename: str) -> _Pipe:
        return self._pipe
