"""Headings: lines between equals signs."""

from __future__ import annotations

import re

from converters.wikitext.anchors import anchor
from converters.wikitext.attributes import armoured
from converters.wikitext.entities import decode
from converters.wikitext.state import Page

# The empty lines after a heading go with it (Parser::handleHeadings), all but the last.
LINE = re.compile(r"^(=.*=)\s*$", re.M | re.A)
# One that begins in another has its own words: the search for an end never passes the same place twice.
HEADING = re.compile(r"<h([1-6])>((?:(?!<h[1-6]>).)*?)(?=</h\1>)")
TAG = re.compile(r"<[^<>]*>")
HEADING_TAG = re.compile(r"<(/?)h[1-6]\b[^<>]*>")
SECTION = ' data-section="">'
HEADLINE = ' data-headline=""'

SPACES = " \t"


def render_headings(text: str) -> str:
    """Each ``== heading ==`` line as ``<h2>``; anchors and numbers come when the tree stands."""
    return LINE.sub(_heading, text) if "=" in text else text


def _heading(found: re.Match[str]) -> str:
    line = found[1]
    opening = len(line) - len(line.lstrip("="))
    closing = len(line) - len(line.rstrip("="))
    if opening == len(line):
        # A line of nothing but equals signs: the middle ones are its text.
        opening = closing = (len(line) - 1) // 2
    level = min(opening, closing, 6)
    if level < 1:
        return found[0]
    return f"<h{level}>{line[level : len(line) - level].strip(SPACES)}</h{level}>"


def mark_sections(text: str) -> str:
    """Headings that have an end begin sections, those in HTML too (Parser::finalizeHeadings); others are mere tags."""
    pieces: list[str] = []
    opening: re.Match[str] | None = None
    position = 0
    for found in HEADING_TAG.finditer(text):
        if not found[1]:
            opening = opening or found
        elif opening is not None:
            pieces += [text[position : opening.end() - 1], SECTION, _headline(text[opening.end() : found.start()])]
            position, opening = found.start(), None
    return "".join([*pieces, text[position:]]) if pieces else text


def _headline(html: str) -> str:
    """What is left open in a heading ends with its words, and goes on in the link that MediaWiki sets after them."""
    return f"<span{HEADLINE}>{html}</span><span{HEADLINE}></span>" if "<" in html else html


def fix_anchors(text: str, page: Page) -> str:
    """Headings with the anchors of what is written, where the page is converted to a variant of its language."""
    return HEADING.sub(lambda found: f'<h{found[1]} data-fragment="{_written(found[2], page)}">{found[2]}', text)


def _written(html: str, page: Page) -> str:
    return armoured(anchor(decode(TAG.sub("", page.markers.restore(html)))))
