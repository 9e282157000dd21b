"""Cases as text files: a page, then what its records must be.

A file has parts that begin with a line ``!! NAME``. The first is ``!! wikitext`` or ``!! html`` and holds the page;
each of the others names a table and the columns to look at, and lists the rows, values parted by `` | ``:
``-`` for NULL, ``⏎`` for a new line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from converters.document import Door, PageDocument, article, validate
from converters.document.wiki import Wiki
from converters.parse.pages import PageSource, read_document
from converters.records import TABLES, Reading, Row, Rows, extract, outline
from converters.wikitext.source import read_source
from scraper.model import UNKNOWN_SITE, Namespace, Rendering, Site, Title
from scraper.titles import TitleParser

FOLDER = Path(__file__).with_name("cases")
NAMESPACES = (
    Namespace(0, "", "", is_content=True),
    Namespace(1, "Discussion", "Talk"),
    Namespace(2, "Utilisateur", "User"),
    Namespace(6, "Fichier", "File", aliases=("Image",)),
    Namespace(10, "Modèle", "Template"),
    Namespace(12, "Aide", "Help"),
    Namespace(14, "Catégorie", "Category"),
)
WIKI = Wiki(replace(UNKNOWN_SITE, language="fr"), TitleParser(NAMESPACES))
TITLE = Title(0, "Assemblée du verger")


@dataclass(frozen=True, slots=True)
class Expectation:
    """Rows of one table, as readable lines."""

    table: str
    columns: tuple[str, ...]
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    kind: str
    page: str
    expectations: list[Expectation]

    def records(self) -> Rows:
        """All records of the page, with numbers counted inside it."""
        if self.kind == "html":
            return _records(PageDocument(article(self.page), TITLE, Door.RENDERED), "")
        return _records(read_document(PageSource(1, 1, TITLE, "wikitext", self.page), WIKI), self.page)

    def records_of_rendering(self, rendering: Rendering, site: Site) -> Rows:
        """The same of a wikitext case by the other door: a wiki has rendered it."""
        wiki = Wiki(site, WIKI.titles)
        return _records(read_document(PageSource(1, 1, TITLE, "wikitext", self.page, rendering), wiki), self.page)


def _records(document: PageDocument, text: str) -> Rows:
    assert validate(document.root) == []
    return extract(Reading(document, outline(document.root), WIKI, read_source(text).calls))


def read_case(path: Path) -> Case:
    parts = path.read_text("utf-8").removeprefix("!! ").split("\n!! ")
    kind, _, page = parts[0].partition("\n")
    return Case(path.stem, kind, page, [_expectation(part) for part in parts[1:]])


def lines_of(rows: list[Row], table: str, columns: tuple[str, ...]) -> list[str]:
    """The rows as they stand in a case file."""
    places = [TABLES[table].columns.index(column) for column in columns]
    return [" | ".join(_shown(row[place]) for place in places) for row in rows]


def _shown(value: object) -> str:
    return "-" if value is None else str(value).replace("\n", "⏎")


def _expectation(part: str) -> Expectation:
    heading, *lines = part.split("\n")
    table, _, columns = heading.partition(": ")
    return Expectation(table, tuple(columns.split()), [line for line in lines if line])
