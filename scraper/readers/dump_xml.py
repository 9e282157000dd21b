"""The elements of a dump as they come: one revision in memory at a time, and on behind damaged places."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from scraper.readers.dump_bytes import UnreadableBytes
from scraper.readers.dump_place import MARK, MARKED, Bytes

TAGS = ("mediawiki", "siteinfo", "page", "revision", "upload", "logitem")
LARGEST_ELEMENT = 96 * 2**20  # bytes of XML; MediaWiki's texts end at 16 MiB, which escaping may lengthen
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


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stops. ``is_stray``: not far, and nothing that stands behind it is touched."""

    damage: Damage
    is_stray: bool


class _ElementReader:
    """Feeds one XML parser, and after damage another one, which begins with the next element that is surely whole."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._bytes = Bytes(chunks)
        self._starts = (0, 0)  # elements of MARKED that began in the last two chunks
        self._resumed = -1  # the byte with which the present parser began, after damage
        self._first_line = 0  # newlines before what the present parser was given
        self._is_inside_page = False

    def read(self) -> Iterator[Event | Damage]:
        opening = b""
        try:
            while stop := (yield from self._parse(_new_parser(opening))):
                opening = self._skip(stop)
                yield replace(stop.damage, goes_on=GOES_ON[opening])
                if not opening:
                    return
        except UnreadableBytes as error:
            yield Damage(self._bytes.end, self._bytes.end_line, str(error))

    def _parse(self, parser: etree.XMLPullParser) -> Generator[Event, None, _Stop | None]:
        """Returns where it stops before the end."""
        pending, self._starts = 0, (0, 0)
        while chunk := self._bytes.take():
            error = _feed(parser, chunk)
            pending += len(chunk)
            self._starts = (self._starts[1], 0)
            for kind, element in parser.read_events():
                pending = 0
                event = Event(element, kind == "end", self._first_line)
                self._follow(event)
                yield event
                if event.is_whole:
                    _forget(element)
            if stop := self._stop(error, pending):
                return stop
        return self._close(parser)

    def _follow(self, event: Event) -> None:
        name = event.name
        if not event.is_whole and name in MARKED:
            self._starts = (self._starts[0], self._starts[1] + 1)
        if name == "page":
            self._is_inside_page = False
        elif not event.is_whole:
            self._is_inside_page = name in ("revision", "upload")

    def _stop(self, error: etree.XMLSyntaxError | None, pending: int) -> _Stop | None:
        """``pending`` bytes brought nothing."""
        if error is not None:
            return self._damage(error)
        if pending > LARGEST_ELEMENT:
            reason = f"an element does not end within {pending:,} bytes"
            return _Stop(Damage(self._bytes.end, self._bytes.end_line, reason), False)
        # While elements are read nothing hides them, so that this costs something in long texts and behind damage only.
        return self._hidden(self._bytes.end) if pending or self._bytes.is_behind_damage else None

    def _close(self, parser: etree.XMLPullParser) -> _Stop | None:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            return self._damage(error)
        return None

    def _damage(self, error: etree.XMLSyntaxError) -> _Stop:
        line, column = error.position
        reason = (error.msg or "").partition("\n")[0].strip()
        if not line:  # the end of the file
            place, line = self._bytes.end, self._bytes.end_line
        else:
            line += self._first_line
            place, reason = self._bytes.offset_of(line, column), reason.partition(", line")[0].strip()
        is_stray = error.code in STRAY and self._is_inside_page
        return self._hidden(place) or _Stop(Damage(place, line, reason), is_stray)

    def _hidden(self, before: int) -> _Stop | None:
        hidden = self._bytes.hidden(sum(self._starts), before)
        if hidden is None:
            return None
        return _Stop(Damage(hidden.offset, hidden.line, hidden.reason), hidden.is_mark and self._is_inside_page)

    def _skip(self, stop: _Stop) -> bytes:
        """Go to the next element behind it that is surely whole: what to open the parser with, ``b""`` for none.

        After a stray character that is the page's next revision. A longer damage may hide where the next page
        begins, so that only the page after that is sure.
        """
        strays = 0 if stop.is_stray else MOST_STRAYS + 1
        # The mark at which the present parser began may be damaged itself: it is not tried twice.
        tail = self._bytes.since(max(stop.damage.offset, self._resumed + 1))
        while True:
            for found in MARK.finditer(tail):
                strays += _count_strays(tail[: found.start()]) if strays <= MOST_STRAYS else 0
                if found[1] not in INSIDE_PAGE or strays <= MOST_STRAYS:
                    self._resume(len(tail) - found.start())
                    return INSIDE if found[1] in INSIDE_PAGE else OUTSIDE
            strays += _count_strays(tail)
            tail = self._next_chunk()
            if not tail:
                return b""

    def _resume(self, unread: int) -> None:
        self._bytes.go_back(unread)
        self._resumed = self._bytes.end
        self._first_line = self._bytes.end_line - 1

    def _next_chunk(self) -> bytes:
        try:
            return self._bytes.take()
        except UnreadableBytes:
            return b""


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
