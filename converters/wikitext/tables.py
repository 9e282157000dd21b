"""Tables in pipe syntax, line by line (Parser::handleTables)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converters.wikitext.attributes import clean_attributes

OPENING = re.compile(r"^(:*)\s*\{\|(.*)$", re.S)
MARKS = ("|", "!")
CELLS = {"|": "td", "!": "th", "|+": "caption"}


@dataclass(slots=True)
class _Table:
    """An open table: how deep it is indented, and what is open in it."""

    indent: int
    row: str = ""
    is_row_open: bool = False
    has_row: bool = False
    cell: str = ""


def render_tables(text: str) -> str:
    """The text with its tables as HTML; tables still open at its end are closed there."""
    if "{|" not in text:
        return text
    writer = _Writer()
    for line in text.split("\n"):
        writer.take(line)
    return writer.end()


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[_Table] = []

    def take(self, line: str) -> None:
        stripped = line.strip()
        opening = OPENING.match(stripped) if stripped[:1] in "{:" and "{|" in stripped else None
        if opening:
            self._open(len(opening[1]), opening[2])
        elif not self.tables or stripped[:1] not in MARKS:
            self.lines.append(line)
        elif stripped.startswith("|}"):
            self._close(stripped[2:])
        elif stripped.startswith("|-"):
            self._row(stripped)
        else:
            self._cells(stripped)

    def end(self) -> str:
        while self.tables:
            self._close("")
        return "\n".join(self.lines)

    def _open(self, indent: int, attributes: str) -> None:
        self.lines.append("<dl><dd>" * indent + f"<table{clean_attributes('table', attributes)}>")
        self.tables.append(_Table(indent))

    def _close(self, rest: str) -> None:
        table = self.tables.pop()
        ending = self._cell_end(table) + ("</tr>" if table.is_row_open else "")
        if not table.has_row:
            ending += "<tr><td></td></tr>"
        self.lines.append(f"{ending}</table>{'</dd></dl>' * table.indent}{rest}")

    def _row(self, line: str) -> None:
        table = self.tables[-1]
        self.lines.append(self._cell_end(table) + ("</tr>" if table.is_row_open else ""))
        table.row = clean_attributes("tr", line[1:].lstrip("-"))
        table.is_row_open = False

    def _cells(self, line: str) -> None:
        mark = "|+" if line.startswith("|+") else line[0]
        content = line[len(mark) :]
        if mark == "!":
            content = content.replace("!!", "||")
        for number, cell in enumerate(content.split("||")):
            # After the first cell of a caption line MediaWiki goes on with data cells.
            self._cell(CELLS[mark] if number == 0 or mark != "|+" else "td", cell)

    def _cell(self, element: str, cell: str) -> None:
        table = self.tables[-1]
        opening = self._cell_end(table)
        if element != "caption" and not table.is_row_open:
            opening += f"<tr{table.row}>\n"
            table.row, table.is_row_open, table.has_row = "", True, True
        table.cell = element
        attributes, content = _split_attributes(cell)
        self.lines.append(f"{opening}<{element}{clean_attributes(element, attributes)}>{content}")

    @staticmethod
    def _cell_end(table: _Table) -> str:
        ending = f"</{table.cell}>" if table.cell else ""
        table.cell = ""
        return ending


def _split_attributes(cell: str) -> tuple[str, str]:
    before, bar, after = cell.partition("|")
    # The bar of a link or of a language variant does not end attributes.
    if not bar or "[[" in before or "-{" in before:
        return "", cell
    return before, after
