"""The elements of a dump as they come: one revision in memory at a time, and on behind damaged places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from scraper.readers.dump_bytes import UnreadableBytes

TAGS = ("mediawiki", "siteinfo", "page", "revision", "upload", "logitem")
LARGEST_ELEMENT = 96 * 2**20  # bytes of XML; MediaWiki's texts end at 16 MiB, which escaping may lengthen
MARK = re.compile(rb"<(page|logitem|revision|upload)[\s>]")  # never in a text: there it is &lt;page>
LONGEST_MARK = 10  # bytes of what MARK finds
INSIDE_PAGE = (b"revision", b"upload")
# libxml2's numbers of errors that concern a character and leave the elements around it whole: character not allowed
# by XML, entity not declared, name of an entity missing, its semicolon missing, not UTF-8.
STRAY = frozenset({9, 26, 68, 23, 81})
MOST_STRAYS = 16
INSIDE, OUTSIDE = b"<mediawiki><page>", b"<mediawiki>"
GOES_ON: dict[bytes, Literal["revision", "page", ""]] = {INSIDE: "revision", OUTSIDE: "page", b"": ""}
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffd\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place that is no XML. ``offset`` counts bytes of the unpacked dump in UTF-8, ``line`` its lines from 1.

    ``goes_on`` is where reading goes on: at the same page's next ``revision``, at the next ``page``, or not at all.
    """

    offset: int
    line: int
    reason: str
    goes_on: Literal["revision", "page", ""] = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An element of TAGS begins (what stands before it is read), or is whole (its content is forgotten afterwards).

    ``first_line`` is how many lines of the dump stand before what the present parser was given.
    """

    element: etree._Element
    is_whole: bool
    first_line: int

    @property
    def name(self) -> str:
        return local_name(self.element)

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.first_line + (self.element.sourceline or 0)


def read_elements(chunks: Iterable[bytes]) -> Iterator[Event | Damage]:
    """The elements named in TAGS, in document order, from the dump's bytes in UTF-8.

    ``chunks`` may raise UnreadableBytes: what came before it is read.
    """
    return _ElementReader(chunks).read()


def local_name(element: etree._Element) -> str:
    """Its name without the schema's namespace, which changes with every version."""
    return str(element.tag).rpartition("}")[2]


class _ElementReader:
    """Feeds one XML parser, and after damage another one, which begins with the next element that is surely whole."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._place = _Place()
        self._unread = b""
        self._begun = -1  # the byte with which the present parser began, after damage
        self._first_line = 0  # newlines before what the present parser was given
        self._is_inside_page = False

    def read(self) -> Iterator[Event | Damage]:
        parser = _new_parser(b"")
        while True:
            try:
                yield from self._parse(parser)
                return
            except etree.XMLSyntaxError as error:
                damage = self._damage(error)
                opening = self._skip(damage.offset, error.code in STRAY and self._is_inside_page)
            except UnreadableBytes as error:
                yield Damage(self._place.end, self._place.end_line, str(error))
                return
            yield replace(damage, goes_on=GOES_ON[opening])
            if not opening:
                return
            parser = _new_parser(opening)

    def _parse(self, parser: etree.XMLPullParser) -> Iterator[Event]:
        pending = 0
        for chunk in self._stream():
            error = _feed(parser, chunk)
            pending += len(chunk)
            for kind, element in parser.read_events():
                pending = 0
                event = Event(element, kind == "end", self._first_line)
                self._follow(event)
                yield event
                if event.is_whole:
                    _forget(element)
            if error is not None:
                raise error
            if pending > LARGEST_ELEMENT:
                raise etree.XMLSyntaxError(f"an element does not end within {pending:,} bytes", 0, 0, 0)
        parser.close()

    def _follow(self, event: Event) -> None:
        name = event.name
        if name == "page":
            self._is_inside_page = False
        elif not event.is_whole:
            self._is_inside_page = name in ("revision", "upload")

    def _stream(self) -> Iterator[bytes]:
        if self._unread:
            chunk, self._unread = self._unread, b""
            yield chunk
        for chunk in self._chunks:
            self._place.advance(chunk)
            yield chunk

    def _damage(self, error: etree.XMLSyntaxError) -> Damage:
        line, column = error.position
        if not line:  # the end of the file, or of what we are ready to hold
            return Damage(self._place.end, self._place.end_line, error.msg or "")
        line += self._first_line
        return Damage(self._place.offset_of(line, column), line, (error.msg or "").partition(", line")[0].strip())

    def _skip(self, offset: int, is_stray: bool) -> bytes:
        """Go to the next element after ``offset`` that is surely whole: what to open the parser with, ``b""`` for none.

        After a stray character that is the page's next revision. A longer damage may hide where the next page
        begins, so that only the page after that is sure.
        """
        strays = 0 if is_stray else MOST_STRAYS + 1
        # The mark at which the present parser began may be damaged itself: it is not tried twice.
        tail = self._place.since(max(offset, self._begun + 1))
        while True:
            for found in MARK.finditer(tail):
                strays += _count_strays(tail[: found.start()]) if strays <= MOST_STRAYS else 0
                if found[1] not in INSIDE_PAGE or strays <= MOST_STRAYS:
                    self._resume(tail[found.start() :])
                    return INSIDE if found[1] in INSIDE_PAGE else OUTSIDE
            strays += _count_strays(tail)
            chunk = self._next_chunk()
            if not chunk:
                return b""
            tail = tail[-LONGEST_MARK:] + chunk

    def _resume(self, unread: bytes) -> None:
        self._unread = unread
        self._begun = self._place.end - len(unread)
        self._first_line = self._place.end_line - 1 - unread.count(b"\n")

    def _next_chunk(self) -> bytes:
        try:
            chunk = next(self._chunks, b"")
        except UnreadableBytes:
            return b""
        self._place.advance(chunk)
        return chunk


class _Place:
    """The two chunks read last, and where in the dump they stand: XML errors are never further back."""

    def __init__(self) -> None:
        self._chunks = (b"", b"")
        self._offset = 0
        self._lines = 0

    @property
    def end(self) -> int:
        return self._offset + sum(map(len, self._chunks))

    @property
    def end_line(self) -> int:
        return self._lines + 1 + sum(chunk.count(b"\n") for chunk in self._chunks)

    def advance(self, chunk: bytes) -> None:
        dropped, kept = self._chunks
        self._offset += len(dropped)
        self._lines += dropped.count(b"\n")
        self._chunks = (kept, chunk)

    def offset_of(self, line: int, column: int) -> int:
        """The byte of that line (from 1) and column; what lies beyond the end is cut: libxml2 may lose count."""
        recent = b"".join(self._chunks)
        position = 0
        for _ in range(min(line - 1 - self._lines, recent.count(b"\n"))):
            position = recent.find(b"\n", position) + 1
        return self._offset + min(position + column, len(recent))

    def since(self, offset: int) -> bytes:
        return b"".join(self._chunks)[max(0, offset - self._offset) :]


def _new_parser(opening: bytes) -> etree.XMLPullParser:
    """A parser that was given the start tags ``opening``, of which nobody hears."""
    # huge_tree lifts libxml2's limits on long texts, and those on entities with them. Therefore a DOCTYPE, without
    # which no entity can be declared, never gets here (see scraper.readers.dump_bytes). With resolve_entities=False
    # lxml 6.1 would not tell of an entity that is not declared.
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=tuple("{*}" + tag for tag in TAGS),
        huge_tree=True,
        resolve_entities="internal",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    if opening:
        parser.feed(opening)
        list(parser.read_events())
    return parser


def _count_strays(skipped: bytes) -> int:
    return len(FORBIDDEN.findall(skipped.decode("utf-8", "replace")))


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> etree.XMLSyntaxError | None:
    """The error is returned, not raised: events from before it are to be read first."""
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _forget(element: etree._Element) -> None:
    """Free what was read. The element itself stays until the next one: libxml2 is still writing behind it."""
    parent = element.getparent()
    element.clear(keep_tail=True)
    while parent is not None and element.getprevious() is not None:
        del parent[0]
