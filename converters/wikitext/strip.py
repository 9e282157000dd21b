"""First pass: comments and inclusion tags are resolved, extension tags are rendered and put aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from converters.wikitext.attributes import read_attributes

INCLUSION = ("noinclude", "includeonly", "onlyinclude")
# Preprocessor: a comment alone on its line takes the line with it.
COMMENT_LINES = re.compile(r"(?<=\n)(?:[ \t]*\x00)+[ \t]*\n")

# Nothing is expanded in a tag that nobody closes, nor does it part the parameters of a call.
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;", "|": "&#124;"})
SIGNS = BRACES | str.maketrans({"=": "&#61;"})
# An element of HTML besides, whose attributes count.
ELEMENT = "pre"

TagHook = Callable[[str, dict[str, str], str | None], str]
"""Renders one extension tag from its name, attributes and content; gives what stands in its place.

The content of a tag that closes itself is ``None``."""


class Stripper:
    """Strips texts for one wiki, whose extension tags are ``tags``."""

    def __init__(self, tags: Iterable[str]) -> None:
        names = "|".join(sorted(tags, key=len, reverse=True))
        self._opening = re.compile(
            f"<!--|<(?:({names})(?=\\s|/?>)|(/?)({'|'.join(INCLUSION)})(?=[\\s/>]))", re.I | re.A
        )

    def strip(self, text: str, hook: TagHook, is_included: bool = False) -> str:
        """The text without comments, each extension tag replaced by what the hook gives.

        ``is_included`` reads it as a transclusion does: ``noinclude`` goes, ``includeonly`` stays.
        """
        if "<" not in text:
            return text
        stripped = _Scan(text, self._opening, hook, is_included).run()
        return COMMENT_LINES.sub("", stripped).replace("\x00", "") if "\x00" in stripped else stripped


class _Scan:
    """One run over one text: every search for an end that failed is remembered, so the whole is linear."""

    def __init__(self, text: str, opening: re.Pattern[str], hook: TagHook, is_included: bool) -> None:
        self.text, self.opening, self.hook, self.is_included = text, opening, hook, is_included
        self.pieces: list[str] = []
        self.only: list[str] = []
        self.only_from: int | None = None
        self.endless: set[str] = set()

    def run(self) -> str:
        position = 0
        while found := self.opening.search(self.text, position):
            self.pieces.append(self.text[position : found.start()])
            if found[1]:
                position = self._extension(found)
            elif found[3]:
                position = self._inclusion(found)
            else:
                position = self._comment(found)
        self.pieces.append(self.text[position:])
        return "".join(self.only or self.pieces)

    def _comment(self, found: re.Match[str]) -> int:
        self.pieces.append("\x00")
        end = self.text.find("-->", found.end())
        return end + 3 if end >= 0 else len(self.text)

    def _extension(self, found: re.Match[str]) -> int:
        name = found[1].lower()
        opened = self._find(">", found.end())
        if opened < 0:
            return self._literal(found)
        attributes = self.text[found.end() : opened]
        if attributes.endswith("/"):
            self.pieces.append(self.hook(name, read_attributes(attributes[:-1]), None))
            return opened + 1
        closing = self._closing(name, opened + 1)
        if closing is None:
            signs = BRACES if name == ELEMENT else SIGNS
            self.pieces.append(self.text[found.start() : opened + 1].translate(signs))
            return opened + 1
        content = self.text[opened + 1 : closing.start()]
        self.pieces.append(self.hook(name, read_attributes(attributes), content))
        return closing.end()

    def _inclusion(self, found: re.Match[str]) -> int:
        name, opened = found[3].lower(), self._find(">", found.end())
        if opened < 0:
            return self._literal(found)
        is_dropped = name == ("noinclude" if self.is_included else "includeonly")
        if is_dropped and found[2]:
            return self._literal(found)
        if is_dropped:
            closing = self._closing(name, opened + 1)
            return closing.end() if closing else len(self.text)
        if name == "onlyinclude" and self.is_included:
            self._mark_only(is_end=bool(found[2]))
        return opened + 1

    def _mark_only(self, is_end: bool) -> None:
        if not is_end:
            self.only_from = len(self.pieces)
        elif self.only_from is not None:
            self.only += self.pieces[self.only_from :]
            self.only_from = None

    def _literal(self, found: re.Match[str]) -> int:
        self.pieces.append(found[0])
        return found.end()

    def _find(self, needle: str, start: int) -> int:
        if needle in self.endless:
            return -1
        position = self.text.find(needle, start)
        if position < 0:
            self.endless.add(needle)
        return position

    def _closing(self, name: str, start: int) -> re.Match[str] | None:
        if name in self.endless:
            return None
        closing = re.compile(f"</{name}\\s*>", re.I | re.A).search(self.text, start)
        if closing is None:
            self.endless.add(name)
        return closing
