"""Finished HTML, put aside while the rest of the text is still being read.

What a later pass must not touch (nowiki, links, footnotes) is replaced by a marker, as MediaWiki's parser does with
its strip markers, and comes back at the end.
"""

from __future__ import annotations

import re

# DEL stands in no valid wikitext: MediaWiki removes it on saving (Manual:Strip marker), and so does the door. The end
# is another character, so that no text between two markers looks like one.
MARK, END = "\x7f", "\x9c"
# A piece that ends the paragraph it stands in.
BLOCK_MARK = MARK + "b"
MARKER = re.compile(f"{MARK}[bglr]?(\\d+){END}")
# HTML that takes part in the search for paragraphs (MediaWiki's "general" strip markers).
GENERAL_MARKER = re.compile(f"{MARK}[gr](\\d+){END}")
# The same for the mark of a footnote: how many there are in a text is asked for.
NOTE_MARK = MARK + "r"
# Links, in languages that are written in several ways.
LINK_MARK = MARK + "l"
LINK_MARKER = re.compile(f"{LINK_MARK}(\\d+){END}")
# An extension tag that is rendered only where the text around it is expanded (state.Tag, by number).
TAG_MARK = MARK + "t"
TAG_MARKER = re.compile(f"{TAG_MARK}(\\d+){END}")
# StripState::UNSTRIP_SIZE_LIMIT of MediaWiki 1.39.
SIZE_LIMIT = 5_000_000
# StripState::UNSTRIP_RECURSION_LIMIT.
DEPTH_LIMIT = 20


class Markers:
    """The store of one page. ``is_overfull`` tells that what came back was too large and something was left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._restored = 0
        self.is_overfull = False

    def put(self, html: str) -> str:
        """Keep a piece of HTML; gives the marker that stands for it."""
        self._pieces.append(self.restore(html))
        return f"{MARK}{len(self._pieces) - 1}{END}"

    def put_block(self, html: str) -> str:
        """The same for a list, a figure or a box, which cannot stand inside a paragraph."""
        return self.put(html).replace(MARK, BLOCK_MARK, 1)

    def put_general(self, html: str) -> str:
        """The same for HTML whose lines become paragraphs with those around it; markers in it stay as they are."""
        self._pieces.append(html)
        return f"{MARK}g{len(self._pieces) - 1}{END}"

    def put_note(self, html: str) -> str:
        """The same for the mark of a footnote, which may be empty."""
        self._pieces.append(html)
        return f"{NOTE_MARK}{len(self._pieces) - 1}{END}"

    def put_link(self, html: str) -> str:
        """The same for a link whose words are converted to a variant of the language."""
        self._pieces.append(html)
        return f"{LINK_MARK}{len(self._pieces) - 1}{END}"

    def restore_links(self, text: str) -> str:
        """The text with those of :meth:`put_link` replaced."""
        return LINK_MARKER.sub(self._piece, text) if LINK_MARK in text else text

    def restore_general(self, text: str) -> str:
        """The text with those of :meth:`put_general` replaced, also where they stand in one another."""
        depth = 0
        while (f"{MARK}g" in text or NOTE_MARK in text) and depth < DEPTH_LIMIT:
            text = GENERAL_MARKER.sub(self._piece, text)
            depth += 1
        return text

    def restore(self, text: str) -> str:
        """The text with all its markers replaced by what they stand for."""
        text = self.restore_general(self.restore_links(self.restore_general(text)))
        return MARKER.sub(self._piece, text) if MARK in text else text

    def _piece(self, found: re.Match[str]) -> str:
        number = int(found[1])
        if number >= len(self._pieces):
            return ""
        self._restored += len(self._pieces[number])
        if self._restored > SIZE_LIMIT:
            self.is_overfull = True
            return ""
        return self._pieces[number]
