"""Tags and the text between them, in HTML that our own passes wrote: no stray angle brackets, values in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*)>")
PIECES = 4


def read_tokens(html: str) -> Iterator[tuple[str, str, str, str]]:
    """Each tag with the text before it: text, ``/`` of an end tag, name, attributes; the last has no name."""
    pieces = TAG.split(html)
    for place in range(0, len(pieces) - 1, PIECES):
        text, slash, name, attributes = pieces[place : place + PIECES]
        yield text, slash, name if name.islower() else name.lower(), attributes
    yield pieces[-1], "", "", ""
