"""Data in JSON as the table that MediaWiki draws of it (JsonContent::rootValueTable)."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, NoReturn

from lxml import etree

from converters.document.page import Door, PageDocument
from converters.document.tree import CONTROLS, Element
from scraper.model import Title

# What is larger is for programs: a reader is better served with its source.
LONGEST = 500_000
MOST_CELLS = 10_000
DEEPEST = 30
CONSTANTS = {True: "true", False: "false", None: "null"}


class EmptyWords(NamedTuple):
    """What a table says that has no rows: messages ``content-json-empty-object`` and ``content-json-empty-array``."""

    object: str
    array: str


class Number(str):
    """A number as it is written."""

    __slots__ = ()


class TooMuch(ValueError):
    """There are more cells, or tables in tables, than anybody reads."""


def read(text: str, title: Title, empty: EmptyWords) -> PageDocument | None:
    """``None`` for what is no JSON, and for what is too large or too deep to be read as a table."""
    if len(text) > LONGEST:
        return None
    try:
        value = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_refuse)
        table = _Drawing(empty).root(value)
    except (ValueError, RecursionError):
        return None
    root = etree.Element("article")
    root.append(table)
    return PageDocument(root, title, Door.PLAIN)


def _refuse(constant: str) -> NoReturn:
    """Python reads ``NaN`` and ``Infinity``; PHP and the standard do not."""
    raise ValueError(constant)


class _Drawing:
    def __init__(self, empty: EmptyWords) -> None:
        self._empty = empty
        self._cells = 0

    def root(self, value: Any) -> Element:
        """A list stands in a box of its own, as in MediaWiki."""
        if isinstance(value, dict):
            return self._table(value, 1)
        if isinstance(value, list):
            return self._table([value], 1)
        table = etree.Element("table", {"class": "mw-json mw-json-single-value"})
        row = etree.SubElement(etree.SubElement(table, "tbody"), "tr")
        etree.SubElement(row, "td").text = _written(value)
        return table

    def _table(self, value: dict[str, Any] | list[Any], depth: int) -> Element:
        if depth > DEEPEST:
            raise TooMuch
        table = etree.Element("table", {"class": "mw-json"})
        body = etree.SubElement(table, "tbody")
        if isinstance(value, dict):
            for key, item in value.items():
                row = etree.SubElement(body, "tr")
                head = etree.SubElement(row, "th")
                etree.SubElement(head, "span").text = CONTROLS.sub("\ufffd", key)
                self._cell(row, item, depth)
        else:
            for item in value:
                self._cell(etree.SubElement(body, "tr"), item, depth)
        if not value:
            words = self._empty.object if isinstance(value, dict) else self._empty.array
            etree.SubElement(etree.SubElement(body, "tr"), "td", {"class": "mw-json-empty"}).text = words
        return table

    def _cell(self, row: Element, value: Any, depth: int) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise TooMuch
        if isinstance(value, dict | list):
            etree.SubElement(row, "td").append(self._table(value, depth + 1))
        else:
            etree.SubElement(row, "td", {"class": "mw-json-value"}).text = _written(value)


def _written(value: Any) -> str:
    """Texts stand in quotation marks, with their lines as they are."""
    if isinstance(value, Number):
        return value
    return CONTROLS.sub("\ufffd", f'"{value}"') if isinstance(value, str) else CONSTANTS[value]
