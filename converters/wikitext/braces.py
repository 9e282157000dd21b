"""Double and triple braces: the structure of template calls and parameters, by MediaWiki's matching rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(r"\{{2,}|\}{2,}|\[\[|\]\]|\|")
# Deeper ones stay as they are written; MediaWiki stops at $wgMaxPPExpandDepth 100, pages in use at about 20.
DEPTH_LIMIT = 50


@dataclass(slots=True)
class Call:
    """``{{name|part|…}}`` with ``braces`` 2, or ``{{{name|default}}}`` with 3. Parts hold text and inner calls."""

    braces: int
    parts: list[Sequence[str | Call]]


Content = Sequence["str | Call"]


@dataclass(slots=True)
class _Open:
    """An opening not closed yet: ``{`` × count or ``[[``, and the parts so far."""

    mark: str
    count: int
    parts: list[list[str | Call]] = field(default_factory=lambda: [[]])

    def as_text(self) -> list[str | Call]:
        """What it is when it never closes: plain text, with what was found in it."""
        content: list[str | Call] = [self.mark * self.count]
        for number, part in enumerate(self.parts):
            if number:
                content.append("|")
            content += part
        return content


def read_braces(text: str) -> Content:
    """The text as runs of plain text and calls, in order."""
    stack = [_Open("", 0)]
    position = 0
    for token in TOKEN.finditer(text):
        stack[-1].parts[-1].append(text[position : token.start()])
        position = token.end()
        _take(stack, token[0])
    stack[-1].parts[-1].append(text[position:])
    while len(stack) > 1:
        _abandon(stack)
    return stack[0].parts[0]


def _take(stack: list[_Open], mark: str) -> None:
    top = stack[-1]
    if mark[0] == "{" and len(stack) <= DEPTH_LIMIT:
        stack.append(_Open("{", len(mark)))
    elif mark == "[[" and len(stack) > 1 and len(stack) <= DEPTH_LIMIT:
        stack.append(_Open("[", 2))
    elif mark == "|" and top.mark == "{":
        top.parts.append([])
    elif mark == "]]" and top.mark == "[":
        _abandon(stack)
        stack[-1].parts[-1].append("]]")
    elif mark[0] == "}" and top.mark == "{":
        _close(stack, len(mark))
    else:
        top.parts[-1].append(mark)


def _abandon(stack: list[_Open]) -> None:
    content = stack.pop().as_text()
    stack[-1].parts[-1] += content


def _close(stack: list[_Open], count: int) -> None:
    """Match closing braces with the openings on top: three where both sides have three, else two."""
    while count >= 2 and stack[-1].mark == "{":
        opened = stack.pop()
        used = min(opened.count, count, 3)
        call = Call(used, list(opened.parts))
        count -= used
        rest = opened.count - used
        if rest >= 2:
            stack.append(_Open("{", rest, [[call]]))
        else:
            stack[-1].parts[-1] += ["{" * rest, call]
    stack[-1].parts[-1].append("}" * count)


def split_name(part: Content) -> tuple[Content | None, Content]:
    """A parameter at its first ``=`` outside inner calls: name and value; no name when there is none."""
    for number, piece in enumerate(part):
        if isinstance(piece, str) and "=" in piece:
            before, _, after = piece.partition("=")
            return [*part[:number], before], [after, *part[number + 1 :]]
    return None, part
