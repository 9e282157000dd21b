"""Tables: each place of a table's grid with its text and the headers above and beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converters.records.outline import Outline, Place
from converters.records.record import Extractor, Reading, Row, Rows, Table

TABLES = Table(
    "tables",
    "table_id",
    ("section_id", "parent_id", "caption", "css_class", "row_count", "column_count"),
    local=frozenset({"parent_id"}),
)
TABLE_CELLS = Table(
    "table_cells",
    "table_cell_id",
    (
        "section_id",
        "table_id",
        "row_number",
        "column_number",
        "is_header",
        "is_repeated",
        "row_header",
        "column_header",
        "text",
    ),
    local=frozenset({"table_id"}),
)

TABLE = frozenset({"table"})
CELLS = frozenset({"td", "th"})
# https://html.spec.whatwg.org/multipage/tables.html#attr-tdth-colspan
MAX_SPAN = 1000
# A grid larger than people read is spanned by an attack: from there on cells stand alone.
MAX_PLACES = 20_000


@dataclass(slots=True, eq=False)
class Cell:
    """A cell where it begins, rows and columns counted from 0."""

    place: Place
    text: str
    row: int
    column: int
    width: int
    height: int

    @property
    def is_header(self) -> bool:
        return self.place.name == "th"

    @property
    def scope(self) -> str:
        return (self.place.element.get("scope") or "").lower()


GridRow = dict[int, Cell]


def extract(page: Reading) -> Rows:
    outline = page.outline
    tables = outline.of(TABLE)
    numbers: dict[Place | None, int] = {table: number for number, table in enumerate(tables, 1)}
    rows: list[Row] = []
    cells: list[Row] = []
    for number, table in enumerate(tables, 1):
        grid = grid_of(outline, table)
        width = max((max(row, default=-1) + 1 for row in grid), default=0)
        parent = numbers.get(table.inside(TABLE))
        rows.append(
            (table.section, parent, _caption(outline, table), table.element.get("class") or "", len(grid), width)
        )
        cells += _cells(number, grid)
    return {"tables": rows, "table_cells": cells}


def grid_of(outline: Outline, table: Place) -> list[GridRow]:
    """The table's rows, column → cell; a cell stands at every place that its spans cover."""
    lines = [child for child in table.children if child.name == "tr"]
    grid: list[GridRow] = [{} for _ in lines]
    places = 0
    for number, line in enumerate(lines):
        column = 0
        for place in (child for child in line.children if child.name in CELLS):
            while column in grid[number]:
                column += 1
            cell = _cell(outline, place, number, column)
            cell.height = min(cell.height or len(lines), len(lines) - number)
            if places + cell.width * cell.height > MAX_PLACES:
                cell.width = cell.height = 1
            places += cell.width * cell.height
            _fill(grid, cell)
            column += cell.width
    return grid


def _cell(outline: Outline, place: Place, row: int, column: int) -> Cell:
    width = max(1, _span(place, "colspan"))
    return Cell(place, outline.text(place), row, column, width, _span(place, "rowspan"))


def _span(place: Place, attribute: str) -> int:
    digits = (place.element.get(attribute) or "1").strip()
    return min(int(digits[:5]), MAX_SPAN) if digits.isascii() and digits.isdigit() else 1


def _fill(grid: list[GridRow], cell: Cell) -> None:
    for row in grid[cell.row : cell.row + cell.height]:
        for column in range(cell.column, cell.column + cell.width):
            row.setdefault(column, cell)


def _cells(table: int, grid: list[GridRow]) -> Iterator[Row]:
    above: dict[int, list[Cell]] = {}
    for number, row in enumerate(grid):
        beside = _joined(cell for cell in row.values() if _heads_row(cell, row))
        for column, cell in sorted(row.items()):
            is_repeated = (cell.row, cell.column) != (number, column)
            headers = ("", "") if cell.is_header else (beside, _joined(above.get(column, ())))
            yield (
                cell.place.section, table, number + 1, column + 1,
                int(cell.is_header), int(is_repeated), *headers, cell.text,
            )  # fmt: skip
        for column, cell in row.items():
            if cell.row == number and _heads_column(cell, row):
                above[column] = [other for other in above.get(column, ()) if not _replaces(cell, other)] + [cell]


def _heads_column(cell: Cell, row: GridRow) -> bool:
    """A header cell without scope heads its columns when nothing but headers and empty cells stand in its row."""
    if not cell.is_header or cell.scope in ("row", "rowgroup"):
        return False
    return cell.scope in ("col", "colgroup") or all(other.is_header or not other.text for other in row.values())


def _heads_row(cell: Cell, row: GridRow) -> bool:
    return cell.is_header and not _heads_column(cell, row)


def _replaces(new: Cell, old: Cell) -> bool:
    """A header ends the rule of an earlier one over the same columns (HTML: it is blocked)."""
    return (new.column, new.width) == (old.column, old.width)


def _joined(cells: Iterator[Cell] | list[Cell] | tuple[()]) -> str:
    texts = {id(cell): cell.text.replace("\n", " ") for cell in cells}
    return " / ".join(text for text in texts.values() if text)


def _caption(outline: Outline, table: Place) -> str:
    return " ".join(outline.text(child) for child in table.children if child.name == "caption")


EXTRACTOR = Extractor("Tables as cells with headers and spans resolved", 1, (TABLES, TABLE_CELLS), extract)
