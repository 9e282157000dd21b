"""Tables in pipe syntax, line by line (Parser::handleTables)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from converters.wikitext.attributes import clean_attributes
from converters.wikitext.markers import MARK
from converters.wikitext.spaces import SPACES, trim

OPENING = re.compile(r"(:*)\s*\{\|(.*)", re.S | re.A)
ROW = re.compile(r"\|-+")
# Exclamation marks outside of tags part the cells of a heading line.
HEADING_PARTS = re.compile(r"<[^<>]*>|!!")
MARKS = ("|", "!")
CELLS = {"|": "td", "!": "th", "|+": "caption"}
# A bar in a link or in language variants does not end a cell's attributes.
PROTECTED = re.compile(r"\[\[|-\{")
EMPTY_ROW = "<tr><td></td></tr>"


@dataclass(slots=True)
class _Table:
    """An open table, and what is open in it; ``row`` has the attributes of a row that has not begun yet."""

    row: str = ""
    cell: str = ""
    is_row_open: bool = False
    is_cell_open: bool = False
    has_row: bool = False


def render_tables(text: str, restore: Callable[[str], str]) -> str:
    """The text with its tables as HTML; tables still open at its end are closed there.

    ``restore`` gives attributes what was put aside in them.
    """
    if "{|" not in text:
        return text
    writer = _Writer(restore)
    for line in text.split("\n"):
        writer.take(line)
    return writer.end()


class _Writer:
    def __init__(self, restore: Callable[[str], str]) -> None:
        self.restore = restore
        self.lines: list[str] = []
        self.tables: list[_Table] = []
        # Of the table opened last: MediaWiki keeps one for all.
        self.indent = 0

    def take(self, line: str) -> None:
        stripped = trim(line)
        opening = OPENING.fullmatch(stripped) if stripped[:1] in ("{", ":") and "{|" in stripped else None
        if opening:
            self._open(len(opening[1]), opening[2])
        elif not self.tables or stripped[:1] not in MARKS:
            self.lines.append(line)
        elif stripped.startswith("|}"):
            self._close(stripped[2:])
        elif stripped.startswith("|-"):
            self._row(ROW.sub("", stripped, count=1))
        else:
            self._cells(stripped)

    def end(self) -> str:
        while self.tables:
            table = self.tables.pop()
            self.lines += ["</td>"] * table.is_cell_open + ["</tr>"] * table.is_row_open
            self.lines += [EMPTY_ROW] * (not table.has_row) + ["</table>"]
        text = "\n".join(self.lines)
        return "" if text == f"<table>\n{EMPTY_ROW}\n</table>" else text

    def _open(self, indent: int, attributes: str) -> None:
        self.indent = indent
        self.lines.append("<dl><dd>" * indent + f"<table{self._attributes('table', attributes)}>")
        self.tables.append(_Table())

    def _close(self, rest: str) -> None:
        table = self.tables.pop()
        ending = _cell_end(table) + ("</tr>" if table.is_row_open else "") + ("" if table.has_row else EMPTY_ROW)
        line = f"{ending}</table>{rest}"
        self.lines.append(line.rstrip(SPACES) + "</dd></dl>" * self.indent if self.indent else line)

    def _row(self, attributes: str) -> None:
        table = self.tables[-1]
        self.lines.append(_cell_end(table) + ("</tr>" if table.is_row_open else ""))
        table.row, table.has_row = self._attributes("tr", attributes), True
        table.is_row_open = False
        table.cell = ""

    def _cells(self, line: str) -> None:
        mark = "|+" if line.startswith("|+") else line[0]
        content = line[len(mark) :]
        if mark == "!" and "!!" in content:
            content = HEADING_PARTS.sub(lambda found: "||" if found[0] == "!!" else found[0], content)
        self.lines.append("".join(self._cell(CELLS[mark], cell) for cell in content.split("||")))

    def _cell(self, element: str, content: str) -> str:
        table = self.tables[-1]
        opening = ""
        if element != "caption":
            opening = "" if table.is_row_open else f"<tr{table.row}>\n"
            table.row, table.is_row_open, table.has_row = "", True, True
        if table.is_cell_open:
            opening = f"</{table.cell}>\n{opening}"
        table.cell, table.is_cell_open = element, True
        attributes, bar, words = content.partition("|")
        if not bar or PROTECTED.search(attributes):
            return f"{opening}<{element}>{trim(content)}"
        return f"{opening}<{element}{self._attributes(element, attributes)}>{trim(words)}"

    def _attributes(self, element: str, written: str) -> str:
        return clean_attributes(element, self.restore(written) if MARK in written else written)


def _cell_end(table: _Table) -> str:
    ending = f"</{table.cell}>" if table.is_cell_open else ""
    table.is_cell_open = False
    return ending
