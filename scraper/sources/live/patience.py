"""When to ask again: Retry-After, and longer and longer pauses."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHORTEST = 0.1  # seconds, for wikis whose owner set no delay
LONGEST_PAUSE = 60.0  # seconds, of our own choice
WORTH_TELLING = 10.0  # seconds
LONGEST_WAIT = 900.0  # seconds, when the wiki asks for it; beyond that the harvest is better resumed another day


def retry_after(headers: Mapping[str, str], present: datetime) -> float | None:
    """Seconds that the header ``Retry-After`` asks for, given as a number or as an HTTP date."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - present).total_seconds())


class Patience:
    """One for a whole visit: when the wiki asks to wait, every question waits."""

    def __init__(self, delay: float, tell: Callable[[str], None]) -> None:
        self._base = max(delay, SHORTEST)
        self.tell = tell
        self._until = 0.0

    async def wait(self) -> None:
        """Until questions are welcome again."""
        while (rest := self._until - _clock()) > 0:
            await asyncio.sleep(rest)

    def pause(self, failures: int, asked: float | None = None) -> None:
        """Hold all questions back: as long as the wiki asked, else longer with each failure in a row."""
        seconds = min(self._base * 2**failures, LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311
        if asked is not None:
            seconds = max(asked, SHORTEST)
        if seconds >= WORTH_TELLING:
            self.tell(f"The wiki is busy or does not answer: waiting {seconds:.0f} s.")
        self._until = max(self._until, _clock() + seconds)


def _clock() -> float:
    return asyncio.get_running_loop().time()
