"""What a record is: a row of a table that belongs to a page, as an extractor gives it and as it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from converters.document import PageDocument
from converters.document.wiki import Wiki
from converters.records.outline import Outline
from converters.wikitext.source import TemplateCall
from scraper.titles import IllegalTitle, TitleParser

# Numbers of records: page_id × this + the record's place in the page. The same page gives the same numbers.
RECORDS_PER_PAGE = 1_000_000

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


class TooManyRecords(ValueError):
    """A page has more records of one kind than any page that people read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of records.

    ``columns`` are those that the extractor fills, in the order of its rows: neither the key, nor the page, nor the
    revision, nor what only the whole archive knows. ``has_section`` says that the first of them is the section's
    position in the page. Columns in ``local`` hold numbers of other records of the page, counted from 1, or of
    sections, counted from 0; they become the archive's numbers in :func:`numbered`. A table whose key is
    ``page_id`` has one row for a page.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    has_section: bool = True
    local: frozenset[str] = frozenset()
    first: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that extractors read of one page.

    ``calls`` are the template calls of its wikitext. ``own_anchors`` are the anchors of those headings that stand in
    the wikitext itself, in order (templates can bring others); ``None`` where that is not known: then all are its own.
    """

    document: PageDocument
    outline: Outline
    wiki: Wiki
    calls: Sequence[TemplateCall] = ()
    own_anchors: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Extractor:
    """One kind of record. A new ``version`` makes every page be parsed again."""

    about: str
    version: int
    tables: tuple[Table, ...]
    extract: Callable[[Reading], Rows]


def numbered(table: Table, rows: Sequence[Row], page_id: int, rev_id: int | None) -> list[Row]:
    """Rows with their keys, page and revision, and local numbers made the archive's own.

    Raises TooManyRecords.
    """
    if table.key == "page_id":
        return [(page_id, rev_id, *row) for row in rows]
    base = page_id * RECORDS_PER_PAGE
    if len(rows) >= RECORDS_PER_PAGE:
        raise TooManyRecords(f"{len(rows)} rows for {table.name}")
    local = [number for number, column in enumerate(table.columns) if column in table.local]
    if table.has_section:
        local.append(0)
    moved = (_moved(row, local, base) for row in rows) if local else rows
    return [(base + number, page_id, rev_id, *row) for number, row in enumerate(moved, table.first)]


def namespace_of(title: str, titles: TitleParser) -> int | None:
    """The namespace of a full title; ``None`` for one the wiki does not list."""
    try:
        namespace_id = titles.parse(title).namespace_id
    except IllegalTitle:
        namespace_id = 0
    return namespace_id if namespace_id in titles.namespaces else None


def _moved(row: Row, local: Sequence[int], base: int) -> list[Any]:
    values = list(row)
    for number in local:
        if values[number] is not None:
            values[number] += base
    return values
