"""All kinds of records, in the order in which they are kept: what others refer to comes first."""

from __future__ import annotations

from converters.records import (
    categories,
    files,
    fulltext,
    links,
    lists,
    properties,
    redirects,
    references,
    sections,
    tables,
    templates,
)
from converters.records.record import Extractor, Reading, Row, Rows, Table, numbered

EXTRACTORS: dict[str, Extractor] = {
    "sections": sections.EXTRACTOR,
    "links": links.EXTRACTOR,
    "categories": categories.EXTRACTOR,
    "redirects": redirects.EXTRACTOR,
    "templates": templates.EXTRACTOR,
    "properties": properties.EXTRACTOR,
    "lists": lists.EXTRACTOR,
    "tables": tables.EXTRACTOR,
    "references": references.EXTRACTOR,
    "files": files.EXTRACTOR,
    "text": fulltext.EXTRACTOR,
}
TABLES: dict[str, Table] = {table.name: table for kind in EXTRACTORS.values() for table in kind.tables}


def extract(page: Reading) -> Rows:
    """All records of a page: table → rows with numbers counted inside the page."""
    rows: Rows = {}
    for extractor in EXTRACTORS.values():
        rows |= extractor.extract(page)
    return rows


def records(page: Reading, page_id: int, rev_id: int | None) -> dict[str, list[Row]]:
    """All records of a page as they are kept; tables without a row are left out. Raises TooManyRecords."""
    return {name: numbered(TABLES[name], rows, page_id, rev_id) for name, rows in extract(page).items() if rows}


def versions() -> str:
    """All extractors and their versions in one line: part of what records were made from."""
    return " ".join(f"{name}:{extractor.version}" for name, extractor in EXTRACTORS.items())
