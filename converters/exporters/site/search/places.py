"""On which pages each word stands, and how high: kept in memory up to a bound, beyond it on disk."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import partial
from itertools import groupby
from operator import itemgetter

# Lists of pages, and page numbers in them, that memory holds: some 50 MB.
MOST_LISTS = 150_000
MOST_NUMBERS = 2_000_000
NUMBERS = "q"  # type code of ``array``: 8 bytes with a sign


class Rank(IntEnum):
    """Where a word stands on a page, the best first; ``script/search.js`` weighs them."""

    TITLE = 0
    SHORT_TITLE = 1
    LONG_TITLE = 2
    OFTEN = 3
    TEXT = 4


class Places:
    """Pages are added once each, in the order of their numbers."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # a file of its own that goes with it
        self._database.execute("CREATE TABLE places (word TEXT, rank INTEGER, pages BLOB)")
        self._held = [_lists() for _ in Rank]
        self._numbers = 0

    def add(self, page_id: int, ranks: Mapping[str, Rank]) -> None:
        """A page with its words."""
        held = self._held
        for word, rank in ranks.items():
            held[rank][word].append(page_id)
        self._numbers += len(ranks)
        if self._numbers > MOST_NUMBERS or sum(map(len, held)) > MOST_LISTS:
            self._put_down()

    def sorted(self) -> Iterator[tuple[str, Mapping[int, Sequence[int]]]]:
        """Each word with its pages, a list for each rank that it has. Words in the order of their letters' numbers."""
        self._put_down()
        rows = self._database.execute("SELECT word, rank, pages FROM places ORDER BY word, rowid")
        for word, of_word in groupby(rows, key=itemgetter(0)):
            ranked: dict[int, array[int]] = {}
            for _, rank, pages in of_word:
                ranked.setdefault(rank, array(NUMBERS)).frombytes(pages)
            yield word, ranked

    def _put_down(self) -> None:
        self._database.execute("BEGIN")
        for rank, lists in enumerate(self._held):
            rows = ((word, rank, pages.tobytes()) for word, pages in lists.items())
            self._database.executemany("INSERT INTO places VALUES (?, ?, ?)", rows)
            lists.clear()
        self._database.execute("COMMIT")
        self._numbers = 0


def _lists() -> defaultdict[str, array[int]]:
    return defaultdict(partial(array, NUMBERS))
