"""From the grown tree to lxml's."""

from __future__ import annotations

import re

from lxml import etree

from converters.document.tree import Element
from converters.wikitext.entities import decode_visible
from converters.wikitext.tidy.node import SPACES, Node
from converters.wikitext.typography import typeset

ATTRIBUTE = re.compile(r'([^\s"=<>/]+)="([^"]*)"')
# MediaWiki hides these where they are empty (mw-empty-elt).
HIDDEN_IF_EMPTY = frozenset({"li", "p", "tr"})


def as_element(root: Node) -> Element:
    """The tree, its texts decoded and typeset, without empty items and paragraphs."""
    result = etree.Element("article")
    waiting: list[tuple[Node, Element]] = [(root, result)]
    while waiting:
        node, element = waiting.pop()
        last: Element | None = None
        words: list[str] = []
        for child in _children(node):
            if isinstance(child, str):
                words.append(child)
            elif not _is_hidden(child):
                _add_text(element, last, words)
                last = etree.SubElement(element, child.name, _attributes(child.attributes))
                if child.children:
                    waiting.append((child, last))
        _add_text(element, last, words)
    return result


def _children(node: Node) -> list[Node | str]:
    """The children; a made paragraph with nothing visible in it is no paragraph."""
    if not node.needs_wrapping or not any(
        isinstance(child, Node) and child.is_wrapper and not child.filling for child in node.children
    ):
        return node.children
    found: list[Node | str] = []
    for child in node.children:
        found += child.children if isinstance(child, Node) and child.is_wrapper and not child.filling else [child]
    return found


def _is_hidden(node: Node) -> bool:
    return (
        node.name in HIDDEN_IF_EMPTY
        and not node.attributes
        and not any(isinstance(child, Node) or child.strip(SPACES) for child in node.children)
    )


def _attributes(written: str) -> dict[str, str]:
    if not written:
        return {}
    return {name: decode_visible(value) for name, value in ATTRIBUTE.findall(written)}


def _add_text(element: Element, last: Element | None, pieces: list[str]) -> None:
    """Give the pieces to the element, or to its last child as what follows it."""
    if not pieces:
        return
    text = decode_visible(typeset(pieces[0]) if len(pieces) == 1 else "".join(map(typeset, pieces)))
    pieces.clear()
    if last is None:
        element.text = text
    else:
        last.tail = text
