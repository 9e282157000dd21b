"""Long lists in parts: ``index.html``, ``index-2.html``, …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
PART = 1000


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Some items of a list; ``number`` begins with 1."""

    number: int
    items: list[Item]
    is_last: bool

    @property
    def earlier(self) -> str | None:
        return file_of(self.number - 1) if self.number > 1 else None

    @property
    def later(self) -> str | None:
        return None if self.is_last else file_of(self.number + 1)


def parts(items: Iterable[Item], size: int = PART) -> Iterator[Part[Item]]:
    """At least one part, even of an empty list; two parts are in memory at a time."""
    remaining = iter(items)
    number, now = 1, list(islice(remaining, size))
    while True:
        following = list(islice(remaining, size))
        yield Part(number, now, not following)
        if not following:
            return
        number, now = number + 1, following


def file_of(number: int) -> str:
    """The name of a part's file."""
    return "index.html" if number == 1 else f"index-{number}.html"


def by_letter(members: Iterable[tuple[str, Item]]) -> list[tuple[str, list[Item]]]:
    """Neighbours with the same letter under one heading."""
    return [(letter, [item for _, item in group]) for letter, group in groupby(members, key=lambda pair: pair[0])]
