"""Special:Interwiki (Extension:Interwiki 2.0 and later, part of MediaWiki since 1.21): prefixes that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model import Interwiki
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class, plain_text
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.reading import Reading

ROW, CELL = "mw-interwikitable-row", "mw-interwikitable-"


def read_interwikis(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The rows of its tables."""
    return Reading.of(found for row in page.classes.get(ROW, ()) for found in _interwiki(row))


def _interwiki(row: Element) -> Iterator[Interwiki]:
    prefix, url = (_text(row, name) for name in ("prefix", "url"))
    if prefix and url:
        yield Interwiki(prefix, url, is_local=first_of_class(row, f"{CELL}local-yes") is not None)


def _text(row: Element, name: str) -> str:
    cell = first_of_class(row, CELL + name)
    return "" if cell is None else plain_text(cell).strip()
