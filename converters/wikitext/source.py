"""What a wikitext is made of: its template calls, read with mwparserfromhell (the only module that imports it).

The library is fast on what people write and quadratic on junk, in C code that no signal stops: a caller who reads
wikitext from anywhere asks :func:`is_suspect` first, or works in a process that can be killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Heading, Node, Template
from mwparserfromhell.wikicode import Wikicode

# Openings that the tokenizer keeps trying, with what closes each; its time grows with the square of those left open.
PAIRS = (("<", ">"), ("{{", "}}"), ("[[", "]]"), ("{|", "|}"), ("[", "]"), ("<!--", "-->"))
LEFT_OPEN_LIMIT = 100
# "[[http://a [[http://b …": each is tried as two kinds of link, and so is all behind it; its time doubles with each.
ADDRESSES_LEFT_OPEN = re.compile(r"(?:\[\[(?:[\w+.-]++:)?//[^\[\]]*+){12}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a call as written. ``name`` is ``"1"``, ``"2"``, … where the call gives none."""

    name: str
    value: str
    is_positional: bool


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """One ``{{call}}``: name as written, parameters in order.

    ``depth`` is 0 for calls in the page's own text, 1 for calls inside those. ``section`` is the number of headings
    before it. ``is_parser_function`` tells ``{{#if:…}}`` and the like.
    """

    name: str
    parameters: tuple[Parameter, ...]
    depth: int
    section: int

    @property
    def is_parser_function(self) -> bool:
        return self.name.startswith("#")


@dataclass(frozen=True, slots=True)
class Source:
    """The structure of one wikitext; calls in the order of their opening braces."""

    calls: tuple[TemplateCall, ...]


def read_source(text: str) -> Source:
    """The structure of a wikitext. Raises ValueError when the library gives up on it (ParserError)."""
    if "{{" not in text:
        return Source(())
    try:
        code = mwparserfromhell.parse(text, skip_style_tags=True)
    except mwparserfromhell.parser.ParserError as error:
        raise ValueError(f"the wikitext could not be taken apart: {error}") from error
    return Source(tuple(_calls(code)))


def is_suspect(text: str) -> bool:
    """Whether so much is left open in a text that taking it apart could take minutes."""
    are_many = any(text.count(opening) - text.count(closing) > LEFT_OPEN_LIMIT for opening, closing in PAIRS)
    return are_many or ADDRESSES_LEFT_OPEN.search(text) is not None


def _calls(code: Wikicode) -> Iterator[TemplateCall]:
    section = 0
    stack: list[tuple[Iterator[Node], int]] = [(iter(code.nodes), 0)]
    while stack:
        nodes, depth = stack[-1]
        node = next(nodes, None)
        if node is None:
            stack.pop()
            continue
        if isinstance(node, Heading):
            section += 1
        if isinstance(node, Template):
            yield _call(node, depth, section)
        inner = [child for part in node.__children__() for child in part.nodes]
        if inner:
            stack.append((iter(inner), depth + isinstance(node, Template)))


def _call(template: Template, depth: int, section: int) -> TemplateCall:
    parameters = tuple(
        Parameter(str(parameter.name).strip(), _value(str(parameter.value), parameter.showkey), not parameter.showkey)
        for parameter in template.params
    )
    return TemplateCall(str(template.name).strip(), parameters, depth, section)


def _value(value: str, is_named: bool) -> str:
    # MediaWiki trims named parameters only.
    return value.strip() if is_named else value
