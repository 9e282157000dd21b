"""Elements while the tree grows."""

from __future__ import annotations

SPACES = " \t\n\f\r"


class Node:
    """One element. ``attributes`` as written in the tag; ``children`` are nodes and texts.

    The other fields serve paragraphs: ``wrapper`` is the paragraph made for loose content that is open under a page
    or quotation; ``paragraph`` the made paragraph around a node, ``base`` what that paragraph stands in; ``clone``
    goes on for a node whose tag was split; ``filling`` counts children that are not blank.
    """

    __slots__ = (
        "attributes", "base", "children", "clone", "filling", "is_open", "is_splittable", "is_wrapper", "name",
        "needs_wrapping", "paragraph", "parent", "wrapper",
    )  # fmt: skip

    def __init__(self, name: str, attributes: str = "") -> None:
        self.name, self.attributes = name, attributes
        self.parent: Node | None = None
        self.children: list[Node | str] = []
        self.wrapper: Node | None = None
        self.paragraph: Node | None = None
        self.base: Node | None = None
        self.clone: Node | None = None
        self.filling = 0
        self.is_open = self.is_wrapper = self.is_splittable = self.needs_wrapping = False

    def copy(self) -> Node:
        """The same tag once more, without children."""
        return Node(self.name, self.attributes)

    def place(self, child: Node) -> int:
        """The index of a child; the search begins at the end, where the tree grows."""
        for index in range(len(self.children) - 1, -1, -1):
            if self.children[index] is child:
                return index
        raise ValueError(f"<{child.name}> is no child of <{self.name}>")

    def detach(self) -> None:
        """Leave the parent."""
        if self.parent is not None:
            del self.parent.children[self.parent.place(self)]
            self.parent = None

    def attach(self, parent: Node, before: Node | None = None) -> None:
        """Become a child of ``parent``, the last or the one before another."""
        self.detach()
        self.parent = parent
        parent.children.insert(parent.place(before) if before is not None else len(parent.children), self)
