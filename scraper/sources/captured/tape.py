"""WARC files as a tape of records: each can be read while it passes, and a damaged one costs itself only."""

from __future__ import annotations

from typing import IO

from scraper.sources.captured.frames import DAMAGES, Frames, frames_of

BLOCK = 2**18
BEGINNING = b"WARC/"
LONGEST_HEAD = 2**20
EMPTY_LINE = b"\r\n\r\n"


class DamagedRecord(Exception):
    """What the record says of itself is not so."""


class Tape:
    """Bytes of a WARC file, unpacked. ``place`` is where in the file the last record began."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._frames: Frames | None = frames_of(raw)
        self._held = b""
        self._at = 0  # in what is held
        self._position = raw.tell()  # of an uncompressed file, behind what is held
        self.place = self._position
        self._is_alone = True  # the last record began where a frame begins

    def record(self) -> bytes | None:
        """The head of the next record, without its empty line; ``None`` at the end.

        Raises DamagedRecord where there is none, or one of DAMAGES.
        """
        while self._held[self._at : self._at + 1] in {b"\r", b"\n", b""}:
            if self._at >= len(self._held) and not self._fill():
                return None
            self._at += self._held[self._at : self._at + 1] in {b"\r", b"\n"}
        fresh = self._at == 0 and self._frames is not None
        place = self._frames.frame if self._frames else self._position - len(self._held) + self._at
        if not self._starts_with(BEGINNING):
            raise DamagedRecord("it is longer or shorter than it says")
        self.place, self._is_alone = place, fresh
        head = self._until(EMPTY_LINE)
        if b"\n" + BEGINNING in head:
            self._at -= len(head) + len(EMPTY_LINE)
            raise DamagedRecord("its head is cut")
        return head

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; fewer only at the end of the file."""
        pieces: list[bytes] = []
        while size > 0:
            piece = self._held[self._at : self._at + size]
            if not piece:
                if not self._fill():
                    break
                continue
            self._at += len(piece)
            size -= len(piece)
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def go_on(self) -> bool:
        """To where the next record may begin behind the damaged one; False when there is none."""
        if self._frames is None:
            self._position = self._raw.seek(self.place + 1)
            self._held, self._at = b"", 0
            return self._find_beginning()
        if self._is_alone or not self._find_beginning():
            self._held, self._at = b"", 0
            return self._frames.skip_frame()
        return True

    def _until(self, mark: bytes) -> bytes:
        while (found := self._held.find(mark, self._at)) < 0:
            if len(self._held) - self._at > LONGEST_HEAD:
                raise DamagedRecord("its head has no end")
            if not self._more():
                raise EOFError("the file ends before its time")
        head, self._at = self._held[self._at : found], found + len(mark)
        return head

    def _starts_with(self, mark: bytes) -> bool:
        while len(self._held) - self._at < len(mark):
            if not self._more():
                return False
        return self._held.startswith(mark, self._at)

    def _find_beginning(self) -> bool:
        try:
            while (found := self._held.find(b"\n" + BEGINNING, self._at)) < 0:
                self._at = max(self._at, len(self._held) - len(BEGINNING))
                if not self._more():
                    return False
        except DAMAGES:
            return False
        self._at = found + 1
        return True

    def _more(self) -> bool:
        """Behind what is held and not read yet."""
        rest = self._held[self._at :]
        if not self._fill():
            return False
        self._held = rest + self._held
        return True

    def _fill(self) -> bool:
        """In the place of what was held. Nothing changes at the end."""
        data = (self._frames or self._raw).read(BLOCK)
        if not data:
            return False
        self._position += len(data)
        self._held, self._at = data, 0
        return True
