"""The third door: text without markup, for pages that defeat the others and for pages that are not wikitext."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from converters.document.page import Door, PageDocument
from converters.document.tree import Element
from scraper.model import Title
from scraper.problems import Problem

# Help:Formatting: as many signs on both sides as the level, and nothing else on the line.
HEADING = re.compile(r"^(={1,6})([^=\n].*?)\1[ \t]*$", re.M)
# What XML 1.0 cannot hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(text: str, title: Title, has_headings: bool = True, problems: tuple[Problem, ...] = ()) -> PageDocument:
    """Every line of the text as it is; with ``has_headings``, lines like ``== Title ==`` begin sections.

    Takes time in proportion to the text, whatever it is. ``problems`` say why the text is read so.
    """
    return PageDocument(as_tree(text, has_headings), title, Door.PLAIN, problems=problems)


def as_tree(text: str, has_headings: bool = True) -> Element:
    """The same without what is around it."""
    root = etree.Element("article")
    position = 0
    written = CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    for level, content in _parts(written, has_headings):
        if level:
            position += 1
            _heading(root, level, content, position)
        elif content.strip():
            etree.SubElement(root, "pre").text = content.removesuffix("\n")
    return root


def _parts(text: str, has_headings: bool) -> Iterator[tuple[int, str]]:
    """Headings with their level, and the text between them with level 0."""
    position = 0
    for found in HEADING.finditer(text) if has_headings else ():
        yield 0, text[position : found.start()]
        yield len(found[1]), found[2].strip()
        position = found.end() + 1
    yield 0, text[position:]


def _heading(root: Element, level: int, title: str, position: int) -> None:
    heading = etree.SubElement(root, f"h{level}")
    heading.set("id", title.replace(" ", "_"))
    heading.set("data-section", str(position))
    heading.text = title
