"""End tags of formatting that crosses blocks: the "adoption agency algorithm" of the HTML standard."""

from __future__ import annotations

from converters.wikitext.tidy.builder import TreeBuilder
from converters.wikitext.tidy.names import SCOPE, SPECIAL
from converters.wikitext.tidy.node import Node
from converters.wikitext.tidy.paragraphs import add_element, adopt_children

# The standard's bounds of its two loops.
OUTER_LIMIT, INNER_LIMIT = 8, 3


def end_formatting(builder: TreeBuilder, name: str) -> bool:
    """Close a formatting element; false when none is open, so that the tag is like any other."""
    if builder.current.name == name and _pop_innermost(builder):
        return True
    for _ in range(OUTER_LIMIT):
        element = latest_formatting(builder, name)
        if element is None:
            return False
        if not element.is_open:
            builder.formatting.remove(element)
        if not element.is_open or not _is_in_scope(builder, element):
            return True
        position = _position(builder, element)
        block = next((place for place in range(position + 1, len(builder.open)) if _is_special(builder, place)), None)
        if block is None:
            while builder.pop() is not element:
                pass
            builder.formatting.remove(element)
            return True
        _adopt(builder, position, block)
    return True


def _pop_innermost(builder: TreeBuilder) -> bool:
    """The usual case: what ends is innermost, and nothing else is open in it."""
    if builder.formatting and builder.formatting[-1] is builder.current:
        builder.formatting.pop()
    elif builder.current in builder.formatting:
        return False
    builder.pop()
    return True


def latest_formatting(builder: TreeBuilder, name: str) -> Node | None:
    """The innermost formatting of this name in the cell or page."""
    for entry in reversed(builder.formatting):
        if entry is None:
            return None
        if entry.name == name:
            return entry
    return None


def _is_in_scope(builder: TreeBuilder, element: Node) -> bool:
    for node in reversed(builder.open):
        if node is element:
            return True
        if node.name in SCOPE:
            return False
    return False


def _position(builder: TreeBuilder, element: Node) -> int:
    return next(place for place in range(len(builder.open) - 1, -1, -1) if builder.open[place] is element)


def _is_special(builder: TreeBuilder, place: int) -> bool:
    return builder.open[place].name in SPECIAL


def _adopt(builder: TreeBuilder, position: int, block: int) -> None:
    """The block leaves the formatting element, and what is in it gets formatting of its own."""
    element, furthest, ancestor = builder.open[position], builder.open[block], builder.open[position - 1]
    chain, dropped, bookmark = _copies(builder, position, block, furthest)
    reference, is_before = builder.place(ancestor)
    for node in reversed(chain):
        add_element(reference, node, is_before)
        reference, is_before = node, False
    copy = element.copy()
    adopt_children(furthest, copy)
    spot = builder.formatting.index(bookmark) + 1 if bookmark is not None else builder.formatting.index(element)
    builder.formatting.insert(spot, copy)
    builder.formatting.remove(element)
    element.is_open, copy.is_open = False, True
    kept = [node for node in builder.open[position + 1 : block + 1] if node not in dropped]
    for node in dropped:
        node.is_open = False
    builder.open[position : block + 1] = [*kept, copy]


def _copies(
    builder: TreeBuilder, position: int, block: int, furthest: Node
) -> tuple[list[Node], list[Node], Node | None]:
    """From the block outwards: copies of the formatting between, what is dropped, and the copy next to the block."""
    chain, dropped = [furthest], []
    bookmark: Node | None = None
    for count, place in enumerate(range(block - 1, position, -1), 1):
        node = builder.open[place]
        is_formatting = node in builder.formatting
        if is_formatting and count > INNER_LIMIT:
            builder.formatting.remove(node)
            is_formatting = False
        if not is_formatting:
            dropped.append(node)
            continue
        copy = node.copy()
        copy.is_open, node.is_open = True, False
        builder.formatting[builder.formatting.index(node)] = builder.open[place] = copy
        bookmark = bookmark or copy
        chain.append(copy)
    return chain, dropped, bookmark
