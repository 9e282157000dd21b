"""A call of a parser function, as the functions see it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from converters.document.tree import escape
from converters.language import fallbacks
from converters.wikitext.braces import Content
from converters.wikitext.markers import MARKER
from converters.wikitext.spaces import trim
from converters.wikitext.state import Frame, Page, Parser

# What MediaWiki's Sanitizer decodes: unlike HTML's own rules, never without the semicolon.
REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|\w+);")
INTEGER = re.compile(r"\s*([+-]?\d{1,15})")


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """``{{name:first|rest|…}}``. ``first`` is expanded and trimmed; of ``rest`` only what a function asks for."""

    page: Page
    parser: Parser
    frame: Frame
    first: str
    rest: Sequence[Content]
    expand: Callable[[Content], str]
    _expanded: dict[int, str] = field(default_factory=dict)

    def argument(self, number: int, default: str = "") -> str:
        """An argument, expanded once and trimmed; 0 is the first."""
        if number == 0:
            return self.first
        if number > len(self.rest):
            return default
        if number not in self._expanded:
            self._expanded[number] = trim(self.expand(self.rest[number - 1]))
        return self._expanded[number]

    def arguments(self) -> list[str]:
        """All arguments after the first."""
        return [self.argument(number) for number in range(1, len(self.rest) + 1)]

    def text(self, number: int) -> str:
        """An argument without what is put aside (MediaWiki: killMarkers)."""
        return MARKER.sub("", self.argument(number))

    def integer(self, number: int) -> int:
        """An argument as PHP casts it to an integer: the digits it begins with, else 0."""
        found = INTEGER.match(self.argument(number))
        return int(found[1]) if found else 0


class NotUnderstood(Exception):
    """A function that cannot answer in this wiki, for the want of knowledge about its language."""


Function = Callable[[FunctionCall], str | None]
"""Gives wikitext; ``None``, before it asks for any argument, where the call is none of a function after all.

Raises NotUnderstood.
"""


def decode(text: str) -> str:
    """The text with its character references decoded."""
    return REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def beside_markers(text: str, change: Callable[[str], str]) -> str:
    """The text changed, except for what is put aside (MediaWiki: markerSkipCallback)."""
    pieces: list[str] = []
    position = 0
    for marker in MARKER.finditer(text):
        pieces += [change(text[position : marker.start()]), marker[0]]
        position = marker.end()
    return "".join([*pieces, change(text[position:])])


def complaint(call: FunctionCall, kind: str, about: str = "") -> str:
    """MediaWiki's message in the wiki's language, in the form in which ``#iferror`` finds it."""
    errors = _errors()
    spoken = (errors.get(code, {}).get(kind) for code in fallbacks(call.page.wiki.site.language))
    message = next(filter(None, spoken))
    return f'<strong class="error">{escape(message.replace("$1", about))}</strong>'


@lru_cache(maxsize=1)
def _errors() -> dict[str, dict[str, str]]:
    """Messages by language and kind."""
    table = json.loads(files(__package__).joinpath("errors.json").read_text("utf-8"))
    languages: dict[str, dict[str, str]] = table["languages"]
    return languages
