"""The bytes of a dump on their way to the XML parser: where they stand, and which elements begin in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MARK = re.compile(rb"<(page|logitem|revision|upload)[\s/>]")  # never in a text: there it is &lt;page>
MARKED = frozenset({"page", "logitem", "revision", "upload"})
LONGEST_TAG = 200  # bytes at the end of a chunk in which a tag may have begun
CHUNK = 2**18  # bytes
PIECE = 2**14  # bytes of the first chunk behind damage
NEVER = b"<<<"  # stands in no XML
# What hides elements until its end comes, which MediaWiki never writes behind the head of a dump.
HIDING = {
    b"!--": ("a comment", b"-->"),
    b"![CDATA[": ("a CDATA section", b"]]>"),
    b"?": ("a processing instruction", b"?>"),
    None: ("a tag", NEVER),
}
UNSEEN = "something before it does not end"
HIDES = re.compile(rb'<(?:(!--|!\[CDATA\[|\?)|\w[^<>"]*(?:"[^<>"]*"[^<>"]*)*"[^<>"]*[<>])')


@dataclass(frozen=True, slots=True)
class Hidden:
    """What does not end where it should. ``closing`` would end it, NEVER where that is not one piece.

    ``offset`` and ``line`` (from 1) are where it begins, as near as the bytes still show.
    """

    offset: int
    line: int
    reason: str
    closing: bytes = NEVER

    @property
    def is_mark(self) -> bool:
        """Whether it is one of HIDING, which hides no page's beginning by itself."""
        return self.closing != NEVER


class Bytes:
    """A dump's bytes in chunks that end within no tag, with the place of the two taken last; they can be given back.

    XML errors are never further back than these two.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = b""
        self._taken = 0  # bytes of what is held
        self._size = CHUNK
        self._recent = (b"", b"")
        self._offset = 0  # of what is recent
        self._lines = 0  # newlines before it
        self._suspect: Hidden | None = None  # what began and may hide what follows

    @property
    def end(self) -> int:
        """The byte behind what was taken."""
        return self._offset + sum(map(len, self._recent))

    @property
    def end_line(self) -> int:
        """Its line, from 1."""
        return self._lines + 1 + sum(chunk.count(b"\n") for chunk in self._recent)

    @property
    def is_behind_damage(self) -> bool:
        """Whether something was given back not long ago: chunks are smaller then."""
        return self._size < CHUNK

    def take(self) -> bytes:
        """The next chunk, ``b""`` at the end. Raises UnreadableBytes."""
        while (end := self._end_of_chunk()) == self._taken:
            more = next(self._chunks, b"")
            if not more:
                break
            self._held, self._taken = self._held[self._taken :] + more, 0
        return self._taken_up_to(end if end > self._taken else len(self._held))

    def _taken_up_to(self, end: int) -> bytes:
        if end == self._taken:
            return b""
        chunk, self._taken = self._held[self._taken : end], end
        self._size = min(2 * self._size, CHUNK)
        dropped, kept = self._recent
        self._offset += len(dropped)
        self._lines += dropped.count(b"\n")
        self._recent = (kept, chunk)
        return chunk

    def go_back(self, count: int) -> None:
        """Give back so many of the bytes in the two chunks taken last."""
        recent = b"".join(self._recent)
        passed = len(recent) - count
        self._lines += recent.count(b"\n", 0, passed)
        self._offset += passed
        self._recent, self._suspect = (b"", b""), None
        if count > self._taken:
            self._held, self._taken = recent[passed:] + self._held[self._taken :], count
        self._taken -= count
        self._size = PIECE

    def offset_of(self, line: int, column: int) -> int:
        """The byte of that line (from 1) and column; what lies beyond the end is cut: libxml2 may lose count."""
        recent = b"".join(self._recent)
        position = 0
        for _ in range(min(line - 1 - self._lines, recent.count(b"\n"))):
            position = recent.find(b"\n", position) + 1
        return self._offset + min(position + column, len(recent))

    def since(self, offset: int) -> bytes:
        """What was taken last, from that byte on."""
        return b"".join(self._recent)[max(0, offset - self._offset) :]

    def hidden(self, begun: int, before: int) -> Hidden | None:
        """What keeps the parser from elements that stand before the byte ``before``, if anything does.

        ``begun`` is how many elements of MARKED began in the two chunks taken last, as the parser saw them.
        """
        recent = b"".join(self._recent)
        marks = [found.start() for found in MARK.finditer(recent)]
        since, until = marks[begun - 1 : begun] or [0], marks[begun : begun + 1] or [len(recent)]
        if begun or self._suspect is None:
            self._suspect = self._hiding(recent, since[0], until[0])
        if len(marks) <= begun or recent.find(b">", marks[begun], max(0, before - self._offset)) < 0:
            return None
        if self._suspect and recent.find(self._suspect.closing, marks[begun]) >= 0:
            return None
        return self._suspect or Hidden(self._offset + marks[begun], self._line(recent, marks[begun]), UNSEEN)

    def _hiding(self, recent: bytes, since: int, until: int) -> Hidden | None:
        """What begins between two elements and may hide the second one."""
        found = HIDES.search(recent, since, until)
        if found is None:
            return None
        what, closing = HIDING[found[1]]
        return Hidden(self._offset + found.start(), self._line(recent, found.start()), f"{what} does not end", closing)

    def _line(self, recent: bytes, position: int) -> int:
        return self._lines + 1 + recent.count(b"\n", 0, position)

    def _end_of_chunk(self) -> int:
        """Where in what is held the next chunk ends; where the last one does, when only a tag's beginning is left."""
        end = min(self._taken + self._size, len(self._held))
        start = self._held.rfind(b"<", max(self._taken, end - LONGEST_TAG), end)
        return end if start < 0 or self._held.find(b">", start, end) >= 0 else start
