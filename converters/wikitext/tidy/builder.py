"""The growing tree: open elements, open formatting, and where the next child goes."""

from __future__ import annotations

from collections.abc import Container

from converters.wikitext.tidy.names import CELLS, FOSTERING, IMPLIED, ROW_GROUPS, SCOPE
from converters.wikitext.tidy.node import Node
from converters.wikitext.tidy.paragraphs import add_element, add_text

# Browsers stop at 512; nobody writes such pages.
DEPTH_LIMIT = 256
# Formatting open at one place: each block reopens all of it.
FORMATTING_LIMIT = 20
# As many of one tag are reopened (the HTML standard's "Noah's Ark clause").
ALIKE_LIMIT = 3
MODE_OF = {"table": "table", "caption": "caption", "colgroup": "columns", "tr": "row"}


class TreeBuilder:
    """State of one tree. ``open`` are the elements not closed yet, outermost first.

    ``formatting`` are the inline elements that go on after a block closed them; ``None`` in it marks where a cell or
    caption began. ``mode`` is the key of the rules for the next token, in :mod:`converters.wikitext.tidy.tables`.
    """

    def __init__(self) -> None:
        self.root = Node("html")
        self.root.needs_wrapping = self.root.is_open = True
        self.open = [self.root]
        self.formatting: list[Node | None] = []
        self.mode = "body"
        self.is_fostering = self.drops_newline = False
        self.is_whole = True

    @property
    def current(self) -> Node:
        return self.open[-1]

    # Growing

    def place(self, target: Node | None = None) -> tuple[Node, bool]:
        """Where a child goes: a node, and whether before it; inside a table's own parts that is before the table."""
        target = target or self.open[-1]
        if not self.is_fostering or target.name not in FOSTERING:
            return target, False
        for node in reversed(self.open):
            if node.name == "table":
                return (node, True) if node.parent is not None else (self.root, False)
        return self.root, False

    def add_text(self, text: str) -> None:
        reference, is_before = self.place()
        add_text(reference, text, is_before)

    def add_void(self, name: str, attributes: str = "") -> None:
        """An element without content."""
        reference, is_before = self.place()
        add_element(reference, Node(name, attributes), is_before)

    def add(self, name: str, attributes: str = "") -> Node | None:
        """Open an element; ``None`` where too many are open already."""
        if len(self.open) >= DEPTH_LIMIT:
            self.is_whole = False
            return None
        node = Node(name, attributes)
        self.push(node)
        return node

    def push(self, node: Node) -> None:
        reference, is_before = self.place()
        add_element(reference, node, is_before)
        node.is_open = True
        self.open.append(node)

    # Closing

    def pop(self) -> Node:
        node = self.open.pop()
        node.is_open = False
        return node

    def pop_to(self, names: Container[str]) -> None:
        """Close elements up to and with the first of these."""
        while len(self.open) > 1 and self.pop().name not in names:
            pass

    def pop_above(self, names: Container[str]) -> None:
        """Close elements until one of these is the innermost."""
        while len(self.open) > 1 and self.open[-1].name not in names:
            self.pop()

    def close_implied(self, but: str = "") -> None:
        """Close elements whose end tag may be left out."""
        while self.open[-1].name in IMPLIED and self.open[-1].name != but:
            self.pop()

    def has(self, names: Container[str], scope: Container[str] = SCOPE) -> bool:
        """Whether one of these is open, and nothing between hides it."""
        for node in reversed(self.open):
            if node.name in names:
                return True
            if node.name in scope:
                return False
        return False

    def close_paragraph(self) -> None:
        if self.has(("p",)):
            self.close_implied("p")
            self.pop_to(("p",))

    # Formatting

    def remember(self, node: Node) -> None:
        """Formatting that goes on after blocks; of many alike only the latest do."""
        alike = []
        for entry in reversed(self.formatting):
            if entry is None:
                break
            if entry.name == node.name and entry.attributes == node.attributes:
                alike.append(entry)
        if len(alike) >= ALIKE_LIMIT:
            self.formatting.remove(alike[-1])
        self.formatting.append(node)

    def is_overformatted(self) -> bool:
        return len(self.formatting) >= FORMATTING_LIMIT and None not in self.formatting[-FORMATTING_LIMIT:]

    def reopen_formatting(self) -> None:
        """Open again what blocks closed."""
        entries = self.formatting
        if not entries or entries[-1] is None or entries[-1].is_open:
            return
        first = len(entries) - 1
        while first > 0 and (before := entries[first - 1]) is not None and not before.is_open:
            first -= 1
        for place in range(first, len(entries)):
            entry = entries[place]
            if entry is not None and len(self.open) < DEPTH_LIMIT:
                entries[place] = copy = entry.copy()
                self.push(copy)

    def forget_cell(self) -> None:
        """Formatting opened in a cell or caption ends with it."""
        while self.formatting and self.formatting.pop() is not None:
            pass

    # Modes

    def reset_mode(self) -> None:
        """The rules that hold inside the innermost open part of a table."""
        for node in reversed(self.open):
            if node.name in CELLS:
                self.mode = "cell"
                return
            if node.name in ROW_GROUPS:
                self.mode = "rows"
                return
            if node.name in MODE_OF:
                self.mode = MODE_OF[node.name]
                return
        self.mode = "body"
