"""The size of a list's batches: smaller when the wiki fails, slowly larger again."""

from __future__ import annotations

SUCCESSES_TO_GROW = 4


class Batch:
    """``size`` is what to ask for: a number, or ``most`` (a number or ``max``) while all is well."""

    def __init__(self, largest: int, most: str) -> None:
        self._largest = largest
        self._most = most
        self._count = largest
        self._successes = 0

    @property
    def size(self) -> str:
        return self._most if self._count >= self._largest else str(self._count)

    @property
    def is_smallest(self) -> bool:
        return self._count == 1

    def shrink(self, by: int = 2) -> None:
        """Half of it, or less."""
        self._count = max(1, self._count // by)
        self._successes = 0

    def restore(self) -> None:
        """What failed lies behind."""
        self._count = self._largest

    def succeed(self) -> None:
        """Twice as much after some good answers."""
        self._successes += 1
        if self._successes >= SUCCESSES_TO_GROW:
            self._count = min(self._largest, self._count * 2)
            self._successes = 0
