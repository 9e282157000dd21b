"""The rules inside tables: what may stand in them, and what moves before them."""

from __future__ import annotations

from collections.abc import Collection

from converters.wikitext.tidy.body import Body, is_blank
from converters.wikitext.tidy.builder import TreeBuilder
from converters.wikitext.tidy.names import CELLS, FOSTERING, ROW_GROUPS, TABLE_PARTS, TABLE_SCOPE

ROOTS = ("html", "template")


class Table(Body):
    """Directly in a table ("in table")."""

    def text(self, builder: TreeBuilder, text: str) -> None:
        if builder.current.name not in FOSTERING:
            self._foster(builder, text)
        elif is_blank(text):
            builder.add_text(text)
        else:
            self._foster(builder, text)

    def _foster(self, builder: TreeBuilder, text: str) -> None:
        builder.is_fostering = True
        super().text(builder, text)
        builder.is_fostering = False

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name in TABLE_PARTS:
            self._start_part(builder, name, attributes)
        elif name == "table":
            if builder.has(("table",), TABLE_SCOPE):
                Table.end(self, builder, name)
                again(builder, name, attributes)
        elif name == "style":
            super().start(builder, name, attributes)
        else:
            builder.is_fostering = True
            super().start(builder, name, attributes)
            builder.is_fostering = False

    def _start_part(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        builder.pop_above(("table", *ROOTS))
        if name == "caption":
            builder.formatting.append(None)
            _enter(builder, name, attributes, "caption")
        elif name == "colgroup":
            _enter(builder, name, attributes, "columns")
        elif name in ROW_GROUPS:
            _enter(builder, name, attributes, "rows")
        elif _enter(builder, "colgroup" if name == "col" else "tbody", "", "columns" if name == "col" else "rows"):
            again(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name == "table":
            if builder.has(("table",), TABLE_SCOPE):
                builder.pop_to(("table",))
                builder.reset_mode()
        elif name not in TABLE_PARTS:
            builder.is_fostering = True
            super().end(builder, name)
            builder.is_fostering = False


class Caption(Body):
    """In a table's caption."""

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name in TABLE_PARTS:
            if self._close(builder):
                again(builder, name, attributes)
        else:
            super().start(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name in ("caption", "table"):
            if self._close(builder) and name == "table":
                again_end(builder, name)
        elif name not in TABLE_PARTS:
            super().end(builder, name)

    @staticmethod
    def _close(builder: TreeBuilder) -> bool:
        is_open = builder.has(("caption",), TABLE_SCOPE)
        if is_open:
            builder.close_implied()
            builder.pop_to(("caption",))
            builder.forget_cell()
            builder.mode = "table"
        return is_open


class Columns(Body):
    """In a group of columns."""

    def text(self, builder: TreeBuilder, text: str) -> None:
        if is_blank(text):
            builder.add_text(text)
        else:
            self._close(builder)
            again_text(builder, text)

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name == "col":
            builder.add_void(name, attributes)
        else:
            self._close(builder)
            again(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name != "col":
            self._close(builder)
        if name not in ("col", "colgroup"):
            again_end(builder, name)

    @staticmethod
    def _close(builder: TreeBuilder) -> None:
        if builder.current.name == "colgroup":
            builder.pop()
        builder.mode = "table"


class Rows(Table):
    """Between the rows ("in table body")."""

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name == "tr":
            builder.pop_above((*ROW_GROUPS, *ROOTS))
            _enter(builder, name, attributes, "row")
        elif name in CELLS:
            builder.pop_above((*ROW_GROUPS, *ROOTS))
            if _enter(builder, "tr", "", "row"):
                again(builder, name, attributes)
        elif name in TABLE_PARTS:
            if self._close(builder):
                again(builder, name, attributes)
        else:
            super().start(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name in ROW_GROUPS:
            if builder.has((name,), TABLE_SCOPE):
                self._close(builder)
        elif name == "table":
            if self._close(builder):
                again_end(builder, name)
        elif name not in TABLE_PARTS:
            super().end(builder, name)

    @staticmethod
    def _close(builder: TreeBuilder) -> bool:
        return _leave(builder, ROW_GROUPS, "table")


class Row(Table):
    """Between the cells of a row."""

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name in CELLS:
            builder.pop_above(("tr", *ROOTS))
            if _enter(builder, name, attributes, "cell"):
                builder.formatting.append(None)
        elif name in TABLE_PARTS:
            if self._close(builder):
                again(builder, name, attributes)
        else:
            super().start(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name == "tr":
            self._close(builder)
        elif name == "table" or (name in ROW_GROUPS and builder.has((name,), TABLE_SCOPE)):
            if self._close(builder):
                again_end(builder, name)
        elif name not in TABLE_PARTS:
            super().end(builder, name)

    @staticmethod
    def _close(builder: TreeBuilder) -> bool:
        return _leave(builder, ("tr",), "rows")


class Cell(Body):
    """In a cell."""

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        if name in TABLE_PARTS:
            if self._close(builder, CELLS):
                again(builder, name, attributes)
        else:
            super().start(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        if name in CELLS:
            if builder.has((name,), TABLE_SCOPE):
                self._close(builder, (name,))
        elif name in FOSTERING:
            if builder.has((name,), TABLE_SCOPE):
                self._close(builder, CELLS)
                again_end(builder, name)
        elif name not in TABLE_PARTS:
            super().end(builder, name)

    @staticmethod
    def _close(builder: TreeBuilder, names: frozenset[str] | tuple[str, ...]) -> bool:
        is_open = builder.has(names, TABLE_SCOPE)
        if is_open:
            builder.close_implied()
            builder.pop_to(names)
            builder.forget_cell()
            builder.mode = "row"
        return is_open


def _enter(builder: TreeBuilder, name: str, attributes: str, mode: str) -> bool:
    """Open a part of a table, with its own rules."""
    is_added = builder.add(name, attributes) is not None
    if is_added:
        builder.mode = mode
    return is_added


MODES: dict[str, Body] = {
    "body": Body(),
    "table": Table(),
    "caption": Caption(),
    "columns": Columns(),
    "rows": Rows(),
    "row": Row(),
    "cell": Cell(),
}


def again(builder: TreeBuilder, name: str, attributes: str) -> None:
    """Give a start tag to the rules that hold now."""
    MODES[builder.mode].start(builder, name, attributes)


def again_end(builder: TreeBuilder, name: str) -> None:
    """The same for an end tag."""
    MODES[builder.mode].end(builder, name)


def again_text(builder: TreeBuilder, text: str) -> None:
    """The same for text."""
    MODES[builder.mode].text(builder, text)


def _leave(builder: TreeBuilder, names: Collection[str], mode: str) -> bool:
    """Close the part of a table that is open, and go on by the rules around it; false where none is."""
    is_open = builder.has(names, TABLE_SCOPE)
    if is_open:
        builder.pop_above((*names, *ROOTS))
        builder.pop()
        builder.mode = mode
    return is_open
