"""Very many titles in little memory, only to ask whether one is among them."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable


class TitleSet:
    """Full titles, of each 64 bits of its hash: two of a million titles look alike once in thirty million wikis."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._hashes = array("Q", sorted({_hash(title) for title in titles}))

    def __contains__(self, title: str) -> bool:
        wanted = _hash(title)
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted

    def fingerprint(self) -> str:
        """The same for the same titles."""
        return hashlib.sha1(self._hashes.tobytes(), usedforsecurity=False).hexdigest()


def _hash(title: str) -> int:
    digest = hashlib.blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
