"""Files on their way to disk: what came stays when the connection breaks off, and is gone on from."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from scraper.sources.live.failures import Fault, Unanswered
from scraper.sources.live.settings import LARGEST_ANSWER

PREFIX = "download-"  # of files that a killed harvest may leave beside the archive
SMALL = 16 * 2**20  # bytes that need no file; what is larger, or of unknown size, goes to disk as it comes
SLOWEST = 1000  # bytes a second; what comes more slowly for the whole of a time-out counts as not coming
SLICE = 64 * 2**10  # bytes; tries in a row that together bring less of a file count as failures
LARGEST_FILE = 4 * 2**30  # bytes of a file whose size nobody told; MediaWiki before 1.42 keeps no larger one
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
WHOLE, PART = 200, 206


class Landing:
    """A file of ours that answers are written to."""

    def __init__(self, folder: Path, size: int | None) -> None:
        """``size`` is what the wiki tells of it, in bytes."""
        # Without a buffer: a full disk is noticed by what is written, not by whoever closes the file.
        self._file = NamedTemporaryFile(buffering=0, dir=folder, prefix=PREFIX, delete=False)  # noqa: SIM115
        self.path = Path(self._file.name)
        self.most = max(size or LARGEST_FILE, LARGEST_ANSWER)
        self._validator = ""
        self.refusal: Unanswered | None = None  # why what comes cannot be written

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()

    def discard(self) -> None:
        """It is not needed."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.tell()

    def headers(self) -> dict[str, str]:
        """How to ask for what is missing: the rest, if the file is still the same (RFC 9110, 13.1.5 and 14.2)."""
        plain = {"Accept-Encoding": "identity"}
        if not self.size:
            return plain
        same = {"If-Range": self._validator} if self._validator else {}
        return {**plain, "Range": f"bytes={self.size}-", **same}

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """An answer begins: the whole, or what follows on a part that is there. ``headers`` has lower-case names."""
        length = headers.get("content-length", "")
        start = _part_of(headers)[0] if status == PART else 0
        if start > self.size:
            self.refusal = Unanswered(Fault.UNREADABLE, f"another part came than the one from byte {self.size:,} on")
            return
        self._go_to(start)
        self._check(self.size + (int(length) if length.isdecimal() else 0))
        etag = headers.get("etag", "")
        self._validator = etag if etag.startswith('"') else headers.get("last-modified", "")

    def write(self, data: bytes) -> bool:
        """False when it cannot be: ``refusal`` says why."""
        self._check(self.size + len(data))
        try:
            while data and not self.refusal:
                data = data[self._file.write(data) :]
        except OSError as error:
            self.refusal = Unanswered(Fault.LARGE, f"it cannot be written: {error.strerror}")
        return not self.refusal

    def start_over(self) -> None:
        """Nothing of what came counts."""
        self._go_to(0)

    def is_whole(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether an answer that came to its end ended the file: servers may give smaller parts than were asked for."""
        return not self.refusal and (status != PART or self.size >= _part_of(headers)[1])

    def _check(self, size: int) -> None:
        if size > self.most:
            detail = f"{size:,} bytes and perhaps more come where {self.most:,} were expected"
            self.refusal = Unanswered(Fault.LARGE, detail)

    def _go_to(self, place: int) -> None:
        self._file.seek(place)
        self._file.truncate()


def _part_of(headers: Mapping[str, str]) -> tuple[int, int]:
    """Where a part begins, beyond any file if that is not told, and the size of the whole as far as it is."""
    found = CONTENT_RANGE.match(headers.get("content-range", ""))
    if found is None:
        return sys.maxsize, 0
    return int(found[1]), int(found[2]) + 1 if found[3] == "*" else int(found[3])
