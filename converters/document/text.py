"""What a reader of the page sees, as lines of plain text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from converters.document.tree import Element
from converters.document.vocabulary import BLOCKS, HEADINGS

# The TeX source that MathML carries beside the formula.
UNSEEN = frozenset({"annotation"})
NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.I)
# The words of a long text, all at once, take twenty times its own memory: it is cut between words.
LONG = 100_000
PIECE = re.compile(rf".{{1,{LONG}}}\S*", re.S)


class Line(NamedTuple):
    """One line of text: the number of its section (0 for the lead), and whether it is the section's heading."""

    section: int
    text: str
    is_heading: bool = False


def visible_lines(root: Element) -> list[Line]:
    """The page's lines in reading order; blocks and ``<br>`` begin a new one.

    White space within a line is one space, at its ends none; no line is empty.
    """
    return list(_filled(_pieces(root)))


def visible_text(root: Element) -> str:
    """The page's text, headings included, one block a line."""
    return "\n".join(line.text for line in visible_lines(root))


def section_texts(lines: Iterable[Line]) -> dict[int, str]:
    """The text of each section without its heading and its subsections, by section number."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for line in lines:
        if not line.is_heading:
            texts[line.section].append(line.text)
    return {section: "\n".join(text) for section, text in texts.items()}


def one_spaced(text: str) -> str:
    """The text with its white space as single spaces, and none at its ends."""
    if len(text) < LONG:
        return " ".join(text.split())
    pieces = (" ".join(found[0].split()) for found in PIECE.finditer(text))
    return " ".join(filter(None, pieces))


def _filled(pieces: Iterable[Line]) -> Iterator[Line]:
    waiting: list[str] = []
    section, is_heading = 0, False
    for piece in pieces:
        if piece.text == "\n":
            text = one_spaced("".join(waiting))
            if text:
                yield Line(section, text, is_heading)
            waiting.clear()
            section, is_heading = piece.section, piece.is_heading
        else:
            waiting.append(piece.text)


def _pieces(root: Element) -> Iterator[Line]:
    """Runs of text, and ``"\\n"`` where a line ends; the break carries section and heading of what follows."""
    section, preformatted = 0, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag, started = str(element.tag), event == "start"
        if tag == "pre":
            preformatted += 1 if started else -1
        if tag in BLOCKS or tag == "br":
            if started and tag in HEADINGS:
                section = int(element.get("data-section") or section)
            yield Line(section, "\n", started and tag in HEADINGS)
        if started and is_unseen(element):
            walk.skip_subtree()
            continue
        text = element.text if started else element.tail
        if text and (started or element is not root):
            yield from _text_pieces(text, section, bool(preformatted))


def _text_pieces(text: str, section: int, preformatted: bool) -> Iterator[Line]:
    if not preformatted:
        yield Line(section, text)
        return
    first, *others = text.split("\n")
    yield Line(section, first)
    for line in others:
        yield Line(section, "\n")
        yield Line(section, line)


def is_unseen(element: Element) -> bool:
    """Whether the element and all in it stay invisible on the page."""
    style = element.get("style")
    return element.tag in UNSEEN or (style is not None and NOT_DISPLAYED.search(style) is not None)
