"""Captures in WARC files: responses, resources and revisits, as a stream.

The format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/. Libraries for it end at
the first damaged record; captures of wikis that are gone cannot be had a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import IO

from scraper.model import Timestamp
from scraper.problems import Problem
from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.heads import HEAD
from scraper.sources.captured.http import Head, Started, decoded, read_fields, read_head
from scraper.sources.captured.item import Item
from scraper.sources.captured.posted import FORM, LONGEST_FORM, Posted
from scraper.sources.captured.tape import DamagedRecord, Tape

WAYBACK = re.compile(r"https?://[^/]+/web/(?P<time>\d{14})(?:[a-z]{2}_)?/(?P<url>https?://.+)")
EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
LONGEST_HTTP_HEAD = 2**16
BLOCK = 2**20
ANSWERS = {"response", "resource", "revisit"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")  # WARC 1.1 allows fractions of a second behind it
NEVER = "1970-01-01T00:00:00"

Opener = Callable[[], AbstractContextManager[IO[bytes]]]


class Warc:
    """One WARC file. ``open_stream`` opens it at its beginning; what it gives can seek."""

    def __init__(self, name: str, open_stream: Opener) -> None:
        self.name = name
        self._open = open_stream

    @classmethod
    def at(cls, path: Path) -> Warc:
        return cls(path.name, lambda: path.open("rb"))

    def items(self) -> Iterator[Item | Problem]:
        """In the order of the file."""
        try:
            with self._open() as raw:
                yield from _Reading(self.name, raw).items()
        except DAMAGES as error:
            yield Problem("capture-damaged", self.name, f"it cannot be read: {error}")


class _Content:
    """The bytes of one record behind its head. ``is_damaged`` once reading them failed."""

    def __init__(self, tape: Tape, size: int) -> None:
        self._tape = tape
        self._left = size
        self.is_damaged = False

    def read(self, size: int, /) -> bytes:
        wanted = min(size, self._left)
        try:
            data = self._tape.read(wanted)
        except DAMAGES:
            self.is_damaged = True
            raise
        self._left -= len(data)
        if len(data) < wanted:
            self.is_damaged = True
            raise EOFError("the file ends before its time")
        return data

    def pass_over(self) -> None:
        """What nobody wanted to read."""
        while self.read(BLOCK):
            pass


class _Reading:
    """One reading of a WARC file."""

    def __init__(self, name: str, raw: IO[bytes]) -> None:
        self._name = name
        self._tape = Tape(raw)
        self._posted = Posted()

    def items(self) -> Iterator[Item | Problem]:
        """To the end of the file; whoever reads an item is told by an exception where its bytes are damaged."""
        while True:
            try:
                head = self._tape.record()
                if head is None:
                    return
                fields = read_fields(head.splitlines()[1:])
                content = _Content(self._tape, _length(fields))
                item = self._item(fields, content)
                if item is not None:
                    yield item
                is_whole = _pass_over(content)
            except (*DAMAGES, DamagedRecord) as error:
                yield Problem("capture-damaged", self._place, f"the record is cut or damaged: {error}")
                is_whole = False
            if not is_whole and not self._tape.go_on():
                return

    @property
    def _place(self) -> str:
        return f"{self._name}, at byte {self._tape.place:,}"

    def _item(self, fields: Mapping[str, str], content: _Content) -> Item | None:
        url = fields.get("warc-target-uri", "").strip("<>")
        kind = fields.get("warc-type", "")
        ids = [fields.get("warc-concurrent-to"), fields.get("warc-record-id")]
        if kind == "request":
            self._ask(ids, content)
        if kind not in ANSWERS or not url.startswith(("http://", "https://")):
            return None
        is_http = kind != "resource" and fields.get("content-type", "").startswith("application/http")
        body = Started(content)
        head = _http_head(body) if is_http else Head("", 200, _of_resource(fields))
        if kind == "revisit" and not body.head(1):
            return None  # the same bytes were captured before
        return self._answer(self._posted.address(url, ids), fields, head, body)

    def _answer(self, url: str, fields: Mapping[str, str], head: Head, body: Started) -> Item | None:
        left = _length(fields) - head.size
        url, taken_at = unwrapped(url, fields.get("warc-date", ""))
        whole = Started(decoded(body, head.fields))
        try:
            beginning = whole.head(HEAD)
        except DAMAGES as error:
            raise DamagedRecord(str(error)) from error
        whole.read(len(beginning))
        return Item(self._place, url, head.status, head.fields, taken_at, beginning, whole, _cut(fields, head, left))

    def _ask(self, ids: list[str | None], content: _Content) -> None:
        body = Started(content)
        head = _http_head(body)
        if head.first_line.startswith("POST") and head.fields.get("content-type", "").startswith(FORM):
            self._posted.ask(ids, body.read(LONGEST_FORM))


def unwrapped(url: str, date: str) -> tuple[str, Timestamp]:
    """The address and time of a capture, also where it was taken from the Wayback Machine."""
    if found := WAYBACK.match(url):
        return found["url"], Timestamp.from_mediawiki(found["time"])
    moment = MOMENT.match(date)
    return url, Timestamp(f"{moment[0] if moment else NEVER}Z")


def _cut(fields: Mapping[str, str], head: Head, size: int) -> str:
    """Why the answer, of which ``size`` bytes were captured, is not whole; empty when nothing says so.

    Bodies that were packed or in chunks often stand unpacked in the file: there HTTP's length says nothing.
    """
    if reason := fields.get("warc-truncated"):
        return f"whoever captured it cut it ({reason})"
    told = head.fields.get("content-length", "")
    is_plain = not head.fields.keys() & {"content-encoding", "transfer-encoding"}
    if head.size and is_plain and told.isdecimal() and int(told) > size:
        return f"it has {size:,} bytes of {int(told):,}"
    return ""


def _pass_over(content: _Content) -> bool:
    """False where its reader has met the damage already."""
    if content.is_damaged:
        return False
    content.pass_over()
    return True


def _length(fields: Mapping[str, str]) -> int:
    length = fields.get("content-length", "")
    if not length.isdecimal():
        raise DamagedRecord("it does not say how long it is")
    return int(length)


def _http_head(body: Started) -> Head:
    lines = body.head(LONGEST_HTTP_HEAD)
    found = EMPTY_LINE.search(lines)
    head = body.read(found.end() if found else len(lines))
    return replace(read_head(head), size=len(head))


def _of_resource(fields: Mapping[str, str]) -> dict[str, str]:
    """A resource was captured without HTTP: only the record knows its type."""
    return {"content-type": fields.get("content-type", "")}
