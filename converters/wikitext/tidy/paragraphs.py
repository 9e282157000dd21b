"""Paragraphs around loose words and inline elements in the page and in quotations (MediaWiki's RemexCompatMunger).

An inline element that a block breaks is split: its first part stays in the paragraph, a copy goes around the block,
and another into the next paragraph.
"""

from __future__ import annotations

from converters.wikitext.tidy.names import FORMATTING
from converters.wikitext.tidy.node import SPACES, Node

INLINE = frozenset({
    "a", "abbr", "audio", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "map", "mark", "object", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "video",
})  # fmt: skip
# Neither begin nor end a paragraph.
METADATA = frozenset({"link", "meta", "style"})


def add_text(reference: Node, text: str, is_before: bool = False) -> None:
    """Put a text at the end of a node, or before it."""
    blank = not text.strip(SPACES)
    parent = _parent(reference) if is_before else _target(reference)
    if not is_before:
        if parent.needs_wrapping and not blank:
            parent = _wrap(parent)
        elif parent.is_splittable and parent.paragraph is None:
            parent = _split(parent, is_inline=True)
    if not blank:
        parent.filling += 1
    if is_before:
        parent.children.insert(parent.place(reference), text)
    else:
        parent.children.append(text)


def add_element(reference: Node, node: Node, is_before: bool = False) -> None:
    """Put a new node, or one that moves, at the end of another, or before it."""
    if is_before:
        parent = _parent(reference)
        if parent.paragraph is not None and node.name not in INLINE and node.name not in METADATA:
            _release(parent)
    else:
        parent = _open_for(_target(reference), node.name)
    parent.filling += 1
    node.attach(parent, reference if is_before else None)
    _inherit(node, parent)


def adopt_children(node: Node, adopter: Node) -> None:
    """Everything in a node moves into a new child of it."""
    while node.wrapper is not None:
        node = node.wrapper
    children, node.children = node.children, []
    add_element(node, adopter)
    for child in children:
        if isinstance(child, Node):
            child.parent = adopter
    adopter.children = children


def _parent(node: Node) -> Node:
    # The root has none, and is never asked: nothing stands before it, and it is no paragraph.
    return node.parent or node


def _target(node: Node) -> Node:
    """Where content for a node goes now: its latest copy, or the paragraph open in it."""
    if node.clone is not None:
        latest = node.clone
        while latest.clone is not None:
            latest = latest.clone
        node.clone = latest
        return latest
    return node.wrapper or node


def _open_for(parent: Node, name: str) -> Node:
    """The place for a new child, after the paragraph was opened, closed or split for it."""
    is_inline = name in INLINE
    if name in METADATA:
        return parent
    if parent.is_wrapper and not is_inline:
        base = _parent(parent)
        base.wrapper = None
        return base
    if parent.is_splittable and (parent.paragraph is not None) != is_inline:
        return _split(parent, is_inline)
    if parent.needs_wrapping and is_inline:
        return _wrap(parent)
    if parent.paragraph is not None and not is_inline:
        _release(parent)
    return parent


def _inherit(node: Node, parent: Node) -> None:
    if (parent.is_wrapper or parent.is_splittable) and node.name in FORMATTING:
        node.is_splittable = True
    if parent.is_wrapper:
        node.paragraph = parent
    elif parent.paragraph is not None:
        node.paragraph = parent.paragraph
    if parent.base is not None:
        node.base = parent.base
    elif parent.needs_wrapping:
        node.base = parent
    if node.name == "blockquote":
        node.needs_wrapping = True


def _wrap(base: Node) -> Node:
    paragraph = Node("p")
    paragraph.is_wrapper, paragraph.base = True, base
    base.wrapper = paragraph
    paragraph.attach(base)
    base.filling += 1
    return paragraph


def _split(node: Node, is_inline: bool) -> Node:
    """Copies of the formatting elements down to a node: in a new paragraph, or around a block."""
    base, end = node.base, node.paragraph or node.base
    chain: list[Node] = []
    above: Node | None = node
    while above is not None and above is not end:
        chain.append(above)
        above = above.parent
    if base is None or above is None:
        return node
    if not is_inline:
        base.wrapper = None
    place = _wrap(base) if is_inline else base
    paragraph = place if is_inline else None
    for original in reversed(chain):
        place = _cloned(original, place, paragraph, base)
    for original in chain:
        if not original.filling and original.parent is not None:
            original.parent.filling -= 1
            original.detach()
    return place


def _cloned(original: Node, place: Node, paragraph: Node | None, base: Node) -> Node:
    clone = original.copy()
    clone.paragraph, clone.base, clone.is_splittable = paragraph, base, True
    original.clone = clone
    clone.attach(place)
    place.filling += 1
    return clone


def _release(node: Node) -> None:
    """A block stands in an element that cannot be split: that element leaves its paragraph."""
    paragraph = node.paragraph
    if paragraph is None or paragraph.parent is None or paragraph.parent.children[-1] is not paragraph:
        return
    above, child = node, node
    while above is not paragraph:
        above.paragraph, child = None, above
        if above.parent is None:
            return
        above = above.parent
    base = paragraph.parent
    child.attach(base)
    paragraph.filling -= 1
    base.wrapper = None
