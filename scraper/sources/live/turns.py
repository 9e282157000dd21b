"""Asking for many things in turn, as many at once as is allowed."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from typing import TypeVar

from scraper.sources.live.asking import Asker, let_out
from scraper.sources.live.failures import API_CLOSED, ForbiddenByRobots, Refused, Unanswered
from scraper.sources.live.single import make_sure

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")
FAILURES_IN_A_ROW = 3  # after so many we ask whether the wiki lives


async def in_turn(
    asker: Asker, things: Iterable[Thing], ask: Callable[[Thing], Awaitable[Outcome]], width: int
) -> AsyncIterator[tuple[Thing, Outcome | Unanswered | Refused]]:
    """Each thing with its outcome or failure, in order; the next question leaves before an outcome is handed out.

    Raises WikiLost when the wiki no longer answers anything, Refused when its API is closed meanwhile.
    """
    waiting: deque[tuple[Thing, asyncio.Future[Outcome]]] = deque()
    left = iter(things)
    failures = 0

    def begin(count: int) -> None:
        waiting.extend((thing, asyncio.ensure_future(ask(thing))) for thing in islice(left, count))

    begin(max(width, 1))
    try:
        while waiting:
            thing, future = waiting.popleft()
            outcome = await _outcome(future)
            begin(1)
            await let_out()
            if isinstance(outcome, Refused) and outcome.code == API_CLOSED:
                raise outcome  # all the others would fail as well
            failures = failures + 1 if isinstance(outcome, Unanswered) else 0
            if failures >= FAILURES_IN_A_ROW:
                await make_sure(asker)
            yield thing, outcome
    finally:
        for _, future in waiting:
            future.cancel()


async def _outcome(future: asyncio.Future[Outcome]) -> Outcome | Unanswered | Refused:
    try:
        return await future
    except (Unanswered, Refused) as failure:
        return failure
    except ForbiddenByRobots as failure:
        return Refused("robots", str(failure))
