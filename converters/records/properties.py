"""Values of the properties of Semantic MediaWiki: what pages state about themselves."""

from __future__ import annotations

from converters.document.page import Annotation
from converters.records.record import Extractor, Reading, Row, Rows, Table
from scraper.titles import IllegalTitle, TitleParser

PROPERTY_VALUES = Table(
    "property_values",
    "property_value_id",
    ("subobject", "property", "value", "target_title"),
    has_section=False,
)


def extract(page: Reading) -> Rows:
    """One row for each value; what a page says twice stands once, as in Semantic MediaWiki."""
    return {"property_values": [_row(annotation, page.wiki.titles) for annotation in page.document.annotations]}


def _row(annotation: Annotation, titles: TitleParser) -> Row:
    return annotation.subobject, annotation.property, annotation.value, _target(annotation.value, titles)


def _target(value: str, titles: TitleParser) -> str:
    """The full title that the value would be; empty where it can be none."""
    try:
        return titles.parse(value.partition("#")[0]).full
    except IllegalTitle:
        return ""


EXTRACTOR = Extractor("Values of properties of Semantic MediaWiki", 1, (PROPERTY_VALUES,), extract)
