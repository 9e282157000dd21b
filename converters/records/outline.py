"""One walk over a page document: its text in pieces, and the places of the elements that records are made of.

Every text that a record holds is a slice of the same pieces, so that no part of a page is read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from converters.document import Element
from converters.document.text import LONG, is_unseen, one_spaced
from converters.document.vocabulary import BLOCKS, HEADINGS, MEDIA

LINE_BREAK = "\n"
# Some lines of a long text: all at once they take ten times its own memory.
LINES = re.compile(rf".{{1,{LONG}}}[^{LINE_BREAK}]*", re.S)
LISTS = frozenset({"ul", "ol", "dl"})
ENTRIES = frozenset({"li", "dt", "dd"})
TABLE_PARTS = frozenset({"table", "caption", "tr", "td", "th"})
PLACES = LISTS | ENTRIES | TABLE_PARTS | MEDIA | {"a", "figure", "figcaption", "sup"}
LINE_ENDS = BLOCKS | {"br"}
CLASSED_PLACES = frozenset({"gallerytext"})
# Marks of a reference in the text ([1]) and the arrows back to it: apparatus, not words of the page.
APPARATUS = frozenset({"reference", "mw-cite-backlink"})


@dataclass(slots=True, eq=False)
class Place:
    """Where an element stands: its section, the pieces of text inside it, and the next place around it.

    ``name`` is the tag, or the class for those that only their class tells apart.
    """

    name: str
    element: Element
    section: int
    start: int
    parent: Place | None
    end: int = 0
    children: list[Place] = field(default_factory=list)

    def inside(self, names: frozenset[str]) -> Place | None:
        """The nearest place around this one that has one of the names."""
        place = self.parent
        while place is not None and place.name not in names:
            place = place.parent
        return place


@dataclass(slots=True, eq=False)
class Outline:
    """A page's text in pieces, its headings, and its other places, in reading order."""

    pieces: list[str] = field(default_factory=list)
    headings: list[Place] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def of(self, names: frozenset[str]) -> list[Place]:
        """The places that have one of the names."""
        return [place for place in self.places if place.name in names]

    def text(self, place: Place) -> str:
        """All text inside a place, one line for each block."""
        return self.slice(place.start, place.end)

    def own_text(self, place: Place, without: frozenset[str]) -> str:
        """Text inside a place, without the children that have one of the names."""
        parts, start = [], place.start
        for child in place.children:
            if child.name in without:
                parts += [*self.pieces[start : child.start], LINE_BREAK]
                start = child.end
        return tidy("".join([*parts, *self.pieces[start : place.end]]))

    def slice(self, start: int, end: int) -> str:
        """The text of some pieces, one line for each block."""
        return tidy("".join(self.pieces[start:end]))


def outline(root: Element) -> Outline:
    """Walk the tree once."""
    return _Walker().walk(root)


def tidy(text: str) -> str:
    """Every run of white space, no-break spaces too, as one space; no empty lines."""
    if LINE_BREAK not in text:
        return one_spaced(text)
    if len(text) < LONG:
        return _tidy_lines(text)
    return LINE_BREAK.join(filter(None, (_tidy_lines(found[0]) for found in LINES.finditer(text))))


def _tidy_lines(text: str) -> str:
    lines = [one_spaced(line) for line in text.split(LINE_BREAK)]
    return LINE_BREAK.join([line for line in lines if line])


class _Walker:
    """What has to be remembered between the beginning and the end of an element."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.around: Place | None = None
        self.unread: Element | None = None
        self.preformatted = 0

    def walk(self, root: Element) -> Outline:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._begin(element)
                self._read(element.text)
            else:
                self._finish(element)
                self._read(element.tail)
        return self.outline

    def _begin(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in LINE_ENDS:
            self._read(LINE_BREAK, is_break=True)
            self.preformatted += tag == "pre"
        name = _name(element, tag)
        if name is not None:
            self._open(name, element)
        if self.unread is None and (is_apparatus(element) or is_unseen(element)):
            self.unread = element

    def _finish(self, element: Element) -> None:
        tag, around = element.tag, self.around
        if around is not None and around.element is element:
            around.end = len(self.outline.pieces)
            self.around = around.parent
        if element is self.unread:
            self.unread = None
        if tag in LINE_ENDS:
            self._read(LINE_BREAK, is_break=True)
            self.preformatted -= tag == "pre"

    def _open(self, name: str, element: Element) -> None:
        outline = self.outline
        group = outline.headings if name in HEADINGS else outline.places
        section = len(outline.headings) + (name in HEADINGS)
        place = Place(name, element, section, len(outline.pieces), self.around)
        group.append(place)
        if self.around is not None:
            self.around.children.append(place)
        self.around = place

    def _read(self, text: str | None, is_break: bool = False) -> None:
        if text and self.unread is None:
            kept = is_break or self.preformatted
            self.outline.pieces.append(text if kept else text.replace(LINE_BREAK, " "))


def _name(element: Element, tag: str) -> str | None:
    if tag in PLACES or (tag in HEADINGS and element.get("data-section")):
        return tag
    return element.get("class") if tag == "div" and element.get("class") in CLASSED_PLACES else None


def is_apparatus(element: Element) -> bool:
    """Whether the element is a mark of a reference or the way back to it."""
    if element.tag == "a":
        return (element.get("href") or "").startswith("#cite_ref")
    return element.get("class") in APPARATUS
