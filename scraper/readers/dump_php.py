"""PHP's ``serialize()`` format, in which MediaWiki keeps parameters of log events: arrays, text and numbers only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

DEEPEST = 20
SCALAR = re.compile(rb"N;|b:([01]);|i:(-?\d{1,19});|d:([-+.\dEeINFA]{1,40});")
TEXT = re.compile(rb's:(\d{1,9}):"')
ARRAY = re.compile(rb"a:(\d{1,7}):\{")


def unserialise(text: str) -> Any:
    """A PHP array becomes a list when its keys are 0, 1, …, else a dict with text as keys.

    Raises ValueError for anything else than one whole value, objects included.
    """
    reader = _Reader(text.encode())
    value = reader.value(0)
    if reader.position != len(reader.data):
        raise ValueError("something follows the value")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def value(self, depth: int) -> Any:
        if scalar := self._match(SCALAR):
            return _scalar(scalar)
        if text := self._match(TEXT):
            return self._text(int(text[1]))
        array = self._match(ARRAY)
        if array is None or depth > DEEPEST:
            raise ValueError(f"not readable at byte {self.position}")
        items = {self._key(depth): self.value(depth + 1) for _ in range(int(array[1]))}
        self._expect(b"}")
        is_list = list(items) == list(range(len(items)))
        return list(items.values()) if is_list else {str(key): value for key, value in items.items()}

    def _key(self, depth: int) -> int | str:
        key = self.value(depth + 1)
        if not isinstance(key, int | str):
            raise ValueError(f"no key at byte {self.position}")
        return key

    def _text(self, length: int) -> str:
        end = self.position + length
        text, self.position = self.data[self.position : end], end
        self._expect(b'";')
        return text.decode("utf-8", "replace")

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        found = pattern.match(self.data, self.position)
        self.position = found.end() if found else self.position
        return found

    def _expect(self, end: bytes) -> None:
        if not self.data.startswith(end, self.position):
            raise ValueError(f"no {end.decode()} at byte {self.position}")
        self.position += len(end)


SCALARS: tuple[Callable[[bytes], Any], ...] = (lambda digit: digit == b"1", int, float)


def _scalar(found: re.Match[bytes]) -> Any:
    return next((read(said) for read, said in zip(SCALARS, found.groups(), strict=True) if said is not None), None)
