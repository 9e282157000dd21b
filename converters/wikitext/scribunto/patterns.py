"""Lua's patterns on characters instead of bytes (https://www.lua.org/manual/5.1/manual.html#5.4.1), for mw.ustring."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# Patterns that try more than this are given up: no time limit stops Python's own code.
STEP_LIMIT = 1_000_000
DEPTH_LIMIT = 180
MAGIC = frozenset("^$*+?.([%-")
PUNCTUATION = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
CLASSES: dict[str, Callable[[str], bool]] = {
    "a": str.isalpha,
    "c": lambda character: unicodedata.category(character) == "Cc",
    "d": lambda character: unicodedata.category(character) == "Nd",
    "l": lambda character: unicodedata.category(character) == "Ll",
    "p": lambda character: unicodedata.category(character) in PUNCTUATION,
    "s": lambda character: character.isspace(),
    "u": lambda character: unicodedata.category(character) == "Lu",
    "w": lambda character: character.isalpha() or unicodedata.category(character) == "Nd",
    "x": lambda character: character in "0123456789abcdefABCDEF",
    "z": lambda character: character == "\0",
}


class BadPattern(ValueError):
    """The pattern is malformed, or too much work."""


@dataclass(slots=True)
class Found:
    """A match: from and to, and its captures; a capture is text, or a position counted from 1."""

    start: int
    end: int
    captures: tuple[str | int, ...]


def find(text: str, pattern: str, start: int) -> Found | None:
    """The first match from ``start``, counted from 0. Raises BadPattern."""
    is_anchored = pattern.startswith("^")
    matcher = _Matcher(text, pattern)
    for place in range(start, start + 1 if is_anchored else len(text) + 1):
        end = matcher.match(place, int(is_anchored))
        if end is not None:
            return Found(place, end, matcher.captured())
    return None


def find_all(text: str, pattern: str) -> Iterator[Found]:
    """All matches, one after the other. Raises BadPattern."""
    place = 0
    while place <= len(text):
        found = find(text, pattern, place)
        if found is None:
            return
        yield found
        place = found.end if found.end > found.start else found.end + 1
        if pattern.startswith("^"):
            return


def is_plain(pattern: str) -> bool:
    """Whether a pattern means only itself."""
    return not MAGIC.intersection(pattern)


@dataclass(slots=True)
class _Matcher:
    """Lua's own backtracking matcher. An open capture has no end, one of a position the end -2."""

    text: str
    pattern: str
    starts: list[int] = field(default_factory=list)
    ends: list[int | None] = field(default_factory=list)
    steps: int = 0
    depth: int = 0

    def captured(self) -> tuple[str | int, ...]:
        return tuple(
            start + 1 if end == -2 else self.text[start : end if end is not None else start]
            for start, end in zip(self.starts, self.ends, strict=True)
        )

    def match(self, place: int, at: int) -> int | None:
        """Where a match of the pattern from ``at`` on ends, that begins at a place of the text."""
        if self.depth == 0:
            self.starts.clear()
            self.ends.clear()
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise BadPattern("pattern too complex")
        try:
            return self._match(place, at)
        finally:
            self.depth -= 1

    def _match(self, place: int, at: int) -> int | None:
        while True:
            self.steps += 1
            if self.steps > STEP_LIMIT:
                raise BadPattern("pattern needs too many steps")
            if at >= len(self.pattern):
                return place
            special = SPECIALS.get(self.pattern[at : at + 2]) or SPECIALS.get(self.pattern[at])
            if special is not None and not (self.pattern[at] == "$" and at + 1 < len(self.pattern)):
                return special(self, place, at)
            after = self._class_end(at)
            sign = self.pattern[after : after + 1]
            if sign in ("*", "+", "-", "?") and sign:
                return self._repeated(place, at, after, sign)
            if not self._single(place, at, after):
                return None
            place, at = place + 1, after

    def _repeated(self, place: int, at: int, after: int, sign: str) -> int | None:
        if sign == "?":
            if self._single(place, at, after):
                end = self.match(place + 1, after + 1)
                if end is not None:
                    return end
            return self.match(place, after + 1)
        if sign == "-":
            return self._shortest(place, at, after)
        count = 0
        while self._single(place + count, at, after):
            count += 1
        for taken in range(count, 0 if sign == "+" else -1, -1):
            end = self.match(place + taken, after + 1)
            if end is not None:
                return end
        return None

    def _shortest(self, place: int, at: int, after: int) -> int | None:
        while True:
            end = self.match(place, after + 1)
            if end is not None:
                return end
            if not self._single(place, at, after):
                return None
            place += 1

    def _open(self, place: int, at: int) -> int | None:
        is_position = self.pattern[at + 1 : at + 2] == ")"
        self.starts.append(place)
        self.ends.append(-2 if is_position else None)
        end = self.match(place, at + (2 if is_position else 1))
        if end is None:
            self.starts.pop()
            self.ends.pop()
        return end

    def _close(self, place: int, at: int) -> int | None:
        number = next((n for n in range(len(self.ends) - 1, -1, -1) if self.ends[n] is None), None)
        if number is None:
            raise BadPattern("invalid pattern capture")
        self.ends[number] = place
        end = self.match(place, at + 1)
        if end is None:
            self.ends[number] = None
        return end

    def _end(self, place: int, _at: int) -> int | None:
        return place if place == len(self.text) else None

    def _balance(self, place: int, at: int) -> int | None:
        if at + 3 >= len(self.pattern):
            raise BadPattern("unbalanced pattern")
        opening, closing = self.pattern[at + 2], self.pattern[at + 3]
        if self.text[place : place + 1] != opening:
            return None
        depth = 1
        for number in range(place + 1, len(self.text)):
            if self.text[number] == closing:
                depth -= 1
                if depth == 0:
                    return self.match(number + 1, at + 4)
            elif self.text[number] == opening:
                depth += 1
        return None

    def _frontier(self, place: int, at: int) -> int | None:
        if self.pattern[at + 2 : at + 3] != "[":
            raise BadPattern("missing '[' after '%f' in pattern")
        after = self._class_end(at + 2)
        before = self.text[place - 1] if place else "\0"
        here = self.text[place] if place < len(self.text) else "\0"
        if self._in_set(before, at + 2, after - 1) or not self._in_set(here, at + 2, after - 1):
            return None
        return self.match(place, after)

    def _again(self, place: int, at: int) -> int | None:
        number = int(self.pattern[at + 1]) - 1
        if number >= len(self.ends) or self.ends[number] is None:
            raise BadPattern("invalid capture index")
        word = str(self.captured()[number])
        return self.match(place + len(word), at + 2) if self.text.startswith(word, place) else None

    def _class_end(self, at: int) -> int:
        character = self.pattern[at]
        if character == "%":
            if at + 1 >= len(self.pattern):
                raise BadPattern("malformed pattern (ends with '%')")
            return at + 2
        if character != "[":
            return at + 1
        at += 2 if self.pattern[at + 1 : at + 2] == "^" else 1
        first = True
        while first or self.pattern[at : at + 1] != "]":
            if at >= len(self.pattern):
                raise BadPattern("malformed pattern (missing ']')")
            at += 2 if self.pattern[at] == "%" else 1
            first = False
        return at + 1

    def _single(self, place: int, at: int, after: int) -> bool:
        if place >= len(self.text):
            return False
        character, sign = self.text[place], self.pattern[at]
        if sign == ".":
            return True
        if sign == "%":
            return _in_class(character, self.pattern[at + 1])
        return self._in_set(character, at, after - 1) if sign == "[" else character == sign

    def _in_set(self, character: str, at: int, end: int) -> bool:
        """Whether a character is in the set ``[…]`` between two places of the pattern."""
        is_in = True
        at += 1
        if self.pattern[at] == "^":
            is_in, at = False, at + 1
        while at < end:
            if self.pattern[at] == "%":
                if _in_class(character, self.pattern[at + 1]):
                    return is_in
                at += 2
            elif at + 2 < end and self.pattern[at + 1] == "-":
                if self.pattern[at] <= character <= self.pattern[at + 2]:
                    return is_in
                at += 3
            elif self.pattern[at] == character:
                return is_in
            else:
                at += 1
        return not is_in


def _in_class(character: str, name: str) -> bool:
    test = CLASSES.get(name.lower())
    if test is None:
        return character == name
    return test(character) != name.isupper()


SPECIALS: dict[str, Callable[[_Matcher, int, int], int | None]] = {
    "(": _Matcher._open,
    ")": _Matcher._close,
    "$": _Matcher._end,
    "%b": _Matcher._balance,
    "%f": _Matcher._frontier,
    **{f"%{digit}": _Matcher._again for digit in "123456789"},
}
