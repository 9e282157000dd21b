"""Headings: lines between equals signs."""

from __future__ import annotations

import re

# The empty lines after a heading go with it (Parser::handleHeadings), all but the last.
LINE = re.compile(r"^(=.*=)\s*$", re.M)


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
