"""Double and triple braces: the structure of template calls and parameters, by MediaWiki's matching rules.

Preprocessor_Hash::preprocessToObj. Links and language variants (``-{…}-``) hide the bars and equals signs in them;
lines that begin with equals signs, as headings do, hide besides what would close a call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

OPENINGS = r"-\{+|\{{2,}|\[{2,}"
HEADING = r"(?<=\n)={1,6}"
# By what is open: where to stop next.
STOPS = {
    "": re.compile(OPENINGS),
    "{": re.compile(rf"{OPENINGS}|{HEADING}|\}}{{2,}}|\|"),
    "-{": re.compile(rf"{OPENINGS}|{HEADING}|\}}-|\|"),
    "[": re.compile(rf"{OPENINGS}|{HEADING}|\]{{2,}}"),
    "=": re.compile(rf"{OPENINGS}|\n"),
}
# Deeper ones stay as they are written; MediaWiki stops at $wgMaxPPExpandDepth 100, pages in use at about 20.
DEPTH_LIMIT = 90


@dataclass(slots=True)
class Call:
    """``{{name|part|…}}`` with ``braces`` 2, or ``{{{name|default}}}`` with 3. Parts hold text and inner calls.

    ``starts_line`` tells that a newline stands before it in its source.
    """

    braces: int
    parts: list[Sequence[str | Call]]
    starts_line: bool = False


class Enclosed(str):
    """Text in brackets of a link or of language variants: an equals sign in it names no parameter."""

    __slots__ = ()


Content = Sequence["str | Call"]


@dataclass(slots=True)
class _Open:
    """An opening not closed yet: which, how often repeated, a dash before it, and the parts so far.

    ``is_named`` tells that an equals sign stands in the last part.
    """

    mark: str
    count: int
    dash: str = ""
    starts_line: bool = False
    is_named: bool = False
    parts: list[list[str | Call]] = field(default_factory=lambda: [[]])

    def names_parameter(self) -> bool:
        """Whether an equals sign that comes next would end the name of a parameter."""
        return len(self.parts) > 1 and not self.is_named

    def as_text(self) -> list[str | Call]:
        """What it is when it never closes: plain text, with what was found in it."""
        written = "-" + "{" * (self.count - 1) if self.mark == "-{" else self.mark * self.count
        content: list[str | Call] = [Enclosed(self.dash + written)]
        for number, part in enumerate(self.parts):
            content += [Enclosed("|")] * (number > 0)
            content += [Enclosed(piece) if isinstance(piece, str) else piece for piece in part]
        return content


def read_braces(text: str) -> Content:
    """The text as runs of plain text and calls, in order."""
    stack = [_Open("", 0)]
    position = 0
    while found := STOPS[stack[-1].mark].search(text, position):
        opened, before, mark = stack[-1], text[position : found.start()], found[0]
        opened.parts[-1].append(before)
        opened.is_named = opened.is_named or "=" in before
        position = found.end()
        if mark == "|":
            opened.parts.append([])
            opened.is_named = False
        elif mark == "\n":
            position = found.start()
            stack[-2].parts[-1] += stack.pop().as_text()
        elif mark[0] in "}]":
            position = found.start() + _close(stack, mark)
        else:
            _open(stack, mark, found.start() > 0 and text[found.start() - 1] == "\n")
    stack[-1].parts[-1].append(text[position:])
    # What is still open stands one after the other: the inner begins where the outer's last part ends.
    content = stack[0].parts[0]
    for opened in stack[1:]:
        content += opened.as_text()
    return content


def _open(stack: list[_Open], mark: str, starts_line: bool) -> None:
    if len(stack) > DEPTH_LIMIT or (mark == "=" and stack[-1].names_parameter()):
        stack[-1].parts[-1].append(mark)
    elif mark == "-{":
        stack.append(_Open("-{", 2))
    elif mark[0] == "-":
        # Of -{{ the rightmost two are the opening.
        stack.append(_Open("{", len(mark) - 1, "-"))
    else:
        stack.append(_Open(mark[0], len(mark), "", starts_line))


def _close(stack: list[_Open], mark: str) -> int:
    """Match what closes with the opening on top; gives how many characters of it were used."""
    opened = stack.pop()
    used = 2 if opened.mark != "{" else min(opened.count, len(mark), 3)
    rest = opened.count - used
    if opened.mark == "{":
        is_whole = not rest and not opened.dash
        element: list[str | Call] = [Call(used, list(opened.parts), opened.starts_line and is_whole)]
    else:
        opened.count = used
        element = [*opened.as_text(), Enclosed(mark[:used])]
        if opened.mark == "[" and rest:
            element.insert(0, "[" * rest)
            rest = 0
    _put(stack, opened, rest, element)
    return used


def _put(stack: list[_Open], opened: _Open, rest: int, element: list[str | Call]) -> None:
    """What was closed, inside the braces of its opening that are left."""
    if opened.mark == "{" and rest >= 2:
        stack.append(_Open("{", rest, opened.dash, opened.starts_line))
    elif opened.mark == "{" and rest == 1 and opened.dash:
        stack.append(_Open("-{", 2))
    elif opened.mark == "{":
        stack[-1].parts[-1].append(opened.dash + "{" * rest)
    stack[-1].parts[-1] += element


def split_name(part: Content) -> tuple[Content | None, Content]:
    """A parameter at its first ``=`` outside inner calls and brackets: name and value; no name when there is none."""
    for number, piece in enumerate(part):
        if isinstance(piece, str) and "=" in piece and not isinstance(piece, Enclosed):
            before, _, after = piece.partition("=")
            return [*part[:number], before], [after, *part[number + 1 :]]
    return None, part
