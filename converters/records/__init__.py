"""Records: what can be counted and asked about in pages, read purely from their documents and wikitext."""

from converters.records.outline import Outline, outline
from converters.records.record import RECORDS_PER_PAGE, Extractor, Reading, Row, Rows, Table, TooManyRecords
from converters.records.registry import EXTRACTORS, TABLES, extract, records, versions

__all__ = [
    "EXTRACTORS",
    "RECORDS_PER_PAGE",
    "TABLES",
    "Extractor",
    "Outline",
    "Reading",
    "Row",
    "Rows",
    "Table",
    "TooManyRecords",
    "extract",
    "outline",
    "records",
    "versions",
]
