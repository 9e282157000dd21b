"""What every container of captures gives: one thing after the other, each readable until the next is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from scraper.model import Capture, Timestamp, Via
from scraper.problems import Problem

LARGEST_PAGE = 32 * 2**20  # bytes; the longest page that MediaWiki saves has 2 MiB of text


class Body(Protocol):
    """The bytes of one thing, read once, from the beginning."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was captured.

    ``place`` says where it stands, for a person; ``url`` is the wiki's address as far as it can be told, a hint only
    where the thing is a file. ``headers`` has lower-case names. ``head`` is what the body begins with.
    ``cut`` says why the answer is known to be longer than what was captured of it; empty for whole ones.
    """

    place: str
    url: str
    status: int
    headers: Mapping[str, str]
    taken_at: Timestamp
    head: bytes
    body: Body
    cut: str = ""

    def capture(self) -> Capture:
        """The whole of it in memory. Raises TooLarge, or OSError where its bytes are damaged."""
        content = self.head + self.body.read(LARGEST_PAGE)
        if len(content) > LARGEST_PAGE:
            raise TooLarge(f"it has more than {LARGEST_PAGE:,} bytes")
        return Capture(self.url, self.status, self.headers, content, self.taken_at, Via.HTML)


class TooLarge(Exception):
    """No page of a wiki has that size."""


class Container(Protocol):
    """A folder, an archive file, a set of captures: can be read from its beginning any number of times."""

    name: str

    def items(self) -> Iterator[Item | Problem]:
        """Everything in it, always in the same order; a Problem in the place of what cannot be read."""


@dataclass(frozen=True, slots=True)
class Given:
    """Captures of one wiki: what a person typed, the containers in their order, whether they are a copy of files."""

    name: str
    containers: list[Container]
    is_copy: bool

    def items(self) -> Iterator[Item | Problem]:
        """One after the other, always in the same order."""
        return chain.from_iterable(container.items() for container in self.containers)
