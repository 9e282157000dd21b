"""Walking a list from where it stands to its end, whatever the wiki does meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from scraper.archive import Task
from scraper.model import Capture
from scraper.readers.answers import Answer, merged
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asked, Asker, let_out
from scraper.sources.live.batch import Batch
from scraper.sources.live.failures import UNREACHABLE, Fault, Unanswered
from scraper.sources.live.following import Follower
from scraper.sources.live.keeping import Keeper, Wiki
from scraper.sources.live.lists import LISTS, ListKind, start
from scraper.sources.live.passing import Cursor, Passer
from scraper.sources.live.single import Revisions, make_sure

TRIES_OF_A_SIZE = 2
BROKEN_BY = 8  # a wiki that throws at one item throws at any batch with it
# Items in a row at which a list may fail before it counts as broken altogether: then another road may be open.
MOST_PASSED = {"revisions": 8}


@dataclass(slots=True)
class Walk:
    """One list on its way. ``pieces`` are answers of a batch whose properties are not all here yet."""

    task: Task
    kind: ListKind
    batch: Batch
    asked_with: Cursor
    pieces: list[Asked] = field(default_factory=list)
    passed: int = 0  # items in a row
    is_over: bool = False

    def go_on(self, following: Cursor) -> None:
        """From here, or nowhere."""
        self.asked_with = following
        self.is_over = following is None


class ListStuck(Exception):
    """The wiki repeats itself, or fails at the smallest batch, and the list offers no way around."""


class Walker:
    """Walks lists: the next question is on its way before the last answer is saved."""

    def __init__(self, asker: Asker, keeper: Keeper, wiki: Wiki, follower: Follower) -> None:
        self._asker = asker
        self._keeper = keeper
        self._wiki = wiki
        self._follower = follower
        self._passer = Passer(asker, wiki, Revisions(asker, keeper, wiki))

    async def walk(self, task: Task) -> None:
        """To the list's end. Raises Unanswered, Refused or ListStuck when the list cannot be walked on."""
        kind = LISTS[task.kind]
        walk = Walk(task, kind, Batch(kind.largest, kind.size), task.cursor or self._known(kind))
        coming = self._begin(walk)
        try:
            while not walk.is_over:
                asked = await self._next(walk, coming)
                if asked is not None:
                    walk.go_on(asked.answer.continuation)
                if not walk.is_over:
                    coming = self._begin(walk)
                    await let_out()
                if asked is not None:
                    self._save(walk, asked)
        finally:
            coming.cancel()

    def _known(self, kind: ListKind) -> Cursor:
        """Where an earlier harvest came to."""
        place = self._keeper.archive.cursor(kind.cursor) if kind.cursor else None
        return start(kind, place) if place else None

    def _begin(self, walk: Walk) -> asyncio.Future[Asked]:
        query = walk.kind.query(self._wiki, walk.task.params).going_on(walk.asked_with).sized(walk.batch.size)
        return asyncio.ensure_future(self._asker.ask(query, TRIES_OF_A_SIZE))

    async def _next(self, walk: Walk, coming: asyncio.Future[Asked]) -> Asked | None:
        """The answer, or ``None`` when the question has to be put anew."""
        try:
            asked = await coming
        except Unanswered as failure:
            if failure.fault in UNREACHABLE:
                await make_sure(self._asker)
            if walk.batch.is_smallest:
                await self._pass_by(walk, failure)
            else:
                walk.batch.shrink(BROKEN_BY if failure.fault is Fault.BROKEN else 2)
            return None
        walk.batch.succeed()
        if asked.answer.continuation is None or asked.answer.continuation != walk.asked_with:
            walk.passed = 0
            return asked
        # It goes on from where it began: the next item is above the wiki's limit of an answer ($wgAPIMaxResultSize).
        await self._pass_by(walk, ListStuck("the wiki gives the same answer again and again"))
        return None

    def _save(self, walk: Walk, asked: Asked) -> None:
        """Once all properties of the batch are here."""
        walk.pieces.append(asked)
        if not asked.answer.is_whole:
            return
        reading = walk.kind.read(self._wiki, _whole(walk.pieces))
        self._keep(walk, [piece.capture for piece in walk.pieces], reading, asked.answer.continuation)
        walk.pieces.clear()

    async def _pass_by(self, walk: Walk, failure: Exception) -> None:
        """Go on behind the item at which the list fails."""
        await make_sure(self._asker)
        walk.passed += 1
        if not self._passer.can_pass(walk.task.kind) or walk.passed > MOST_PASSED.get(walk.task.kind, walk.passed):
            raise failure
        passed = await self._passer.get_past(walk.task.kind, walk.task.params, walk.asked_with, failure)
        self._keep(walk, passed.captures, passed.reading, passed.behind)
        walk.go_on(passed.behind)
        if walk.passed == 1:
            walk.batch.restore()

    def _keep(self, walk: Walk, captures: list[Capture], reading: Reading, following: Cursor) -> None:
        steps = self._follower.steps(walk.task, walk.kind, reading, is_last=following is None)
        self._keeper.keep(captures, reading, *steps, partial(self._note_place, walk, following))

    def _note_place(self, walk: Walk, following: Cursor) -> None:
        archive, kind = self._keeper.archive, walk.kind
        if following is None:
            archive.frontier.finish(walk.task)
            return
        archive.frontier.advance(walk.task, following)
        if kind.cursor is not None and kind.continued_by in following:
            archive.set_cursor(kind.cursor, following[kind.continued_by])


def _whole(pieces: list[Asked]) -> Answer:
    data: dict[str, Any] = {}
    for piece in pieces:
        data = merged(data, piece.answer.data) if data else dict(piece.answer.data)
    return replace(pieces[-1].answer, data=data)
