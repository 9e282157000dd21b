"""Walking a list from where it stands to its end, whatever the wiki does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from scraper.archive import Task
from scraper.model import Revision
from scraper.queries import api
from scraper.readers.answers import Answer, merged
from scraper.readers.api_revisions import read_revisions
from scraper.sources.live.asking import Asked, Asker, let_out
from scraper.sources.live.batch import Batch
from scraper.sources.live.failures import UNREACHABLE, Unanswered
from scraper.sources.live.keeping import Keeper, Step, Wiki
from scraper.sources.live.lists import LISTS, ListKind, beyond
from scraper.sources.live.single import Revisions, make_sure

Cursor = Mapping[str, str] | None
TRIES_OF_A_SIZE = 2


@dataclass(slots=True)
class Walk:
    """One list on its way. ``pieces`` are answers of a batch whose properties are not all here yet."""

    task: Task
    kind: ListKind
    batch: Batch
    asked_with: Cursor
    pieces: list[Asked] = field(default_factory=list)


class ListStuck(Exception):
    """The wiki repeats itself, or fails at the smallest batch, and the list offers no way around."""


class Walker:
    """Walks lists: the next question is on its way before the last answer is saved."""

    def __init__(self, asker: Asker, keeper: Keeper, wiki: Wiki) -> None:
        self._asker = asker
        self._keeper = keeper
        self._wiki = wiki
        self._revisions = Revisions(asker, keeper, wiki)

    async def walk(self, task: Task, follow: Any) -> None:
        """To the list's end. ``follow(task, kind, reading)`` gives the steps that belong to each answer's transaction.

        Raises Unanswered, Refused or ListStuck when the list cannot be walked on.
        """
        kind = LISTS[task.kind]
        cursor = task.cursor or self._known(kind)
        walk = Walk(task, kind, Batch(kind.largest, kind.size), cursor)
        coming = self._begin(walk)
        try:
            while True:
                asked = await self._next(walk, coming)
                if asked is None:
                    coming = self._begin(walk)
                    continue
                following = asked.answer.continuation
                if following is not None:
                    walk.asked_with = following
                    coming = self._begin(walk)
                    await let_out()
                if asked.answer.is_whole:
                    self._save(walk, asked, follow)
                else:
                    walk.pieces.append(asked)
                if following is None:
                    return
        finally:
            coming.cancel()

    def _known(self, kind: ListKind) -> Cursor:
        """Where an earlier harvest came to."""
        place = self._keeper.archive.cursor(kind.cursor) if kind.cursor else None
        return {kind.continued_by: place, "continue": "-||"} if place else None

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
            if not walk.batch.is_smallest:
                walk.batch.shrink()
            else:
                await self._pass_by(walk, failure)
            return None
        walk.batch.succeed()
        if asked.answer.continuation is None or asked.answer.continuation != walk.asked_with:
            return asked
        # It goes on from where it began: the next item is above the wiki's limit of an answer ($wgAPIMaxResultSize).
        await self._pass_by(walk, ListStuck("the wiki gives the same answer again and again"))
        return None

    def _save(self, walk: Walk, asked: Asked, follow: Any) -> None:
        captures = [piece.capture for piece in (*walk.pieces, asked)]
        reading = walk.kind.read(self._wiki, _whole(walk, asked.answer))
        following = asked.answer.continuation
        self._keeper.keep(
            captures, reading, self._progress(walk.task, following), *follow(walk.task, walk.kind, reading)
        )
        walk.pieces.clear()

    def _progress(self, task: Task, following: Cursor) -> Step:
        frontier = self._keeper.archive.frontier
        return lambda: frontier.finish(task) if following is None else frontier.advance(task, following)

    async def _pass_by(self, walk: Walk, failure: Exception) -> None:
        """Take the one revision at which the list fails by itself, and go on behind it."""
        name = walk.kind.continued_by
        if walk.kind.fact is not Revision or not name:
            await make_sure(self._asker)
            raise failure
        if walk.asked_with is None:
            walk.asked_with = await self._beginning()
        place = walk.asked_with[name]
        captures, reading = await self._revisions.read_alone(int(place.partition("|")[2]))
        behind = {**walk.asked_with, name: beyond(place)}
        remember = partial(self._keeper.archive.set_cursor, walk.kind.cursor or name, behind[name])
        self._keeper.keep(captures, reading, self._progress(walk.task, behind), remember)
        walk.asked_with = behind

    async def _beginning(self) -> dict[str, str]:
        """The place of the very first revision."""
        query = api.revision_metadata(self._wiki.has_slots).sized("1")
        asked = await self._asker.ask(query)
        facts = read_revisions(asked.answer, self._wiki.titles).facts
        first = next(fact for fact in facts if isinstance(fact, Revision) and fact.timestamp)
        assert first.timestamp is not None
        return {"arvcontinue": f"{first.timestamp.mediawiki}|{first.rev_id}", "continue": "-||"}


def _whole(walk: Walk, last: Answer) -> Answer:
    data: dict[str, Any] = {}
    for piece in walk.pieces:
        data = merged(data, piece.answer.data)
    return replace(last, data=merged(data, last.data)) if data else last
