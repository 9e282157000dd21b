"""From a capture to all that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scraper import languages
from scraper.model import Capture
from scraper.readers.html.addresses import read_address
from scraper.readers.html.banners import Piece, pieces_of
from scraper.readers.html.context import NOTHING, Kind, Known, PageContext
from scraper.readers.html.links import Link, links_of
from scraper.readers.html.page import ParsedPage, parse_page
from scraper.readers.html.recognition import recognise
from scraper.readers.html.registry import DATA_READERS, NAMESPACE_READERS, PAGE_READERS, SPECIAL_READERS, PageReader
from scraper.readers.reading import Reading

VIEWS = (Kind.VIEW, Kind.OLD_VIEW, Kind.MISSING)
BEGINNING = 1000  # bytes that tell an answer's format
XML_ROOT = re.compile(rb"<(feed|rss|rdf:RDF|mediawiki|api)[\s>]")
XML_KINDS = {b"feed": Kind.FEED, b"rss": Kind.FEED, b"rdf:RDF": Kind.FEED, b"mediawiki": Kind.EXPORT, b"api": Kind.API}
HTML_BEGINS = re.compile(rb"<!doctype html|<html|<head|<body|<title|<div|<p\b|<!--", re.IGNORECASE)


NO_READING = Reading()


@dataclass(frozen=True)
class PageReading:
    """What a capture is and tells. ``page`` is the parsed page, ``None`` where it is no page of a wiki."""

    what: PageContext
    reading: Reading = NO_READING
    page: ParsedPage | None = None
    known: Known = NOTHING

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What leads to more of this wiki."""
        return links_of(self.page, self.what, self.known) if self.page else ()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What may be banners, to be counted over many pages; see :mod:`scraper.readers.html.banners`."""
        return pieces_of(self.page) if self.page else ()


def read_page(capture: Capture, known: Known = NOTHING) -> PageReading:
    """Everything that the capture tells of the wiki. Never raises for what a wiki, or anybody, wrote into it."""
    kind = data_kind(capture, known)
    if kind is not None:
        return PageReading(PageContext(kind), _joined(reader(capture, known) for reader in DATA_READERS.get(kind, ())))
    page = parse_page(capture)
    if page is None:
        return PageReading(PageContext(Kind.OTHER))
    what = recognise(page, known)
    reading = _joined(reader(page, what, known) for reader in readers_of(what))
    if what.kind is Kind.OTHER:
        return PageReading(PageContext(Kind.API) if reading.facts else what, reading)
    return PageReading(what, reading, page, known)


def readers_of(what: PageContext) -> tuple[PageReader, ...]:
    """The readers that such a page is given to."""
    found = PAGE_READERS.get(what.kind, ())
    if what.kind in VIEWS:
        found += NAMESPACE_READERS.get(what.namespace_id or 0, ())
    return found + SPECIAL_READERS.get(_canonical(what), ())


def _canonical(what: PageContext) -> str:
    """The special page's name in MediaWiki itself: pages up to 1.10 tell the wiki's own, addresses older ones."""
    if not what.special or what.special in SPECIAL_READERS:
        return what.special
    return languages.of(what.language or what.user_language).special(what.special) or what.special


def data_kind(capture: Capture, known: Known = NOTHING) -> Kind | None:
    """The kind of an answer that is no HTML, ``None`` for HTML. Its beginning decides, not what it was declared as."""
    start = capture.body[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    root = XML_ROOT.search(start)
    if start.startswith(b"<") and root and not HTML_BEGINS.match(start):
        return XML_KINDS[root[1]]
    address = read_address(capture.url, known.rules)
    if address and address.action == "raw":
        return Kind.RAW
    if start.startswith((b"{", b"[")) and (b"api.php" in capture.url.encode() or start.startswith(b'{"')):
        return Kind.API
    return None


def _joined(readings: Iterable[Reading]) -> Reading:
    several = tuple(readings)
    return Reading(
        tuple(fact for reading in several for fact in reading.facts),
        tuple(problem for reading in several for problem in reading.problems),
    )
