"""What the facts themselves say is still missing: revisions, texts, pages, renderings, bytes of files.

Each walks by key, so that a thing that cannot be had is tried once; how far it is stands in its task's cursor.
"""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial

from scraper.archive import Task, WantedRendering, now
from scraper.model import Page, PageGone, Timestamp
from scraper.problems import Problem
from scraper.queries import api
from scraper.readers.answers import Unreadable
from scraper.readers.api_pages import read_pages
from scraper.readers.api_parse import read_rendering
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asked, Asker
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.keeping import Keeper, Wiki
from scraper.sources.live.single import Revisions, make_sure
from scraper.sources.live.turns import in_turn

BATCH = api.IDS_IN_A_BATCH
TRIES = 2
TRIES_OF_A_RENDERING = 3
ROUNDS = 2  # what failed is asked for once more after all the others
BEYOND = 50  # ids above the greatest one known that a refresh tries


class Wanted:
    """Fetches what is wanted, kind by kind."""

    def __init__(self, asker: Asker, keeper: Keeper, wiki: Wiki, concurrency: int) -> None:
        self._asker = asker
        self._keeper = keeper
        self._wiki = wiki
        self._width = concurrency
        self._archive = keeper.archive
        self._revisions = Revisions(asker, keeper, wiki)

    async def revisions(self, task: Task) -> None:
        """Revisions that a page or another revision names; those that do not exist are remembered."""
        tried: set[int] = set()
        while ids := self._untried(tried):
            absent = await self._revisions.fetch(ids)
            self._keeper.keep((), Reading(), partial(self._note_absent, absent))
            tried.update(ids)

    async def texts(self, task: Task) -> None:
        """Texts that are missing or damaged: in batches through the API, then each alone."""
        for fetch in (self._revisions.fetch, self._one_by_one):
            after = 0
            while ids := self._archive.wants.texts(after, BATCH):
                await fetch(ids)
                after = ids[-1]

    async def listed_revisions(self, task: Task) -> None:
        """Revisions that the task names: something about them changed.

        With their texts: before 1.19 nothing else tells that a text is hidden.
        """
        ids = task.params["ids"]
        for start in range(0, len(ids), BATCH):
            await self._revisions.fetch(ids[start : start + BATCH])

    async def new_ids(self, task: Task) -> None:
        """Ids above those known at the last harvest: imports bring old revisions with new ids."""
        first = int(self._archive.cursor("revision ids asked") or 0) + 1
        while True:
            greatest = self._archive.wants.greatest_rev_id()
            ids = self._archive.wants.ids_between(first, greatest + BEYOND, BATCH)
            if not ids:
                break
            absent = await self._revisions.fetch(ids)
            found = set(ids) - set(self._archive.wants.ids_between(ids[0], ids[-1], BATCH))
            steps = [self._keeper.note_change] if found else []
            self._keeper.keep((), Reading(), partial(self._note_absent, absent), *steps)
            first = ids[-1] + 1
            if not found and first > greatest:
                break
        known = self._archive.wants.greatest_rev_id()
        self._keeper.keep((), Reading(), lambda: self._archive.set_cursor("revision ids asked", known))

    async def pages(self, task: Task) -> None:
        """Pages that no list named: moved meanwhile, or gone."""
        after = int(task.cursor or 0)
        while ids := self._archive.sightings.unseen_pages(self._keeper.harvest_id, after, BATCH):
            await self._pages(ids)
            after = ids[-1]

    async def _pages(self, ids: list[int]) -> None:
        """Halved where the wiki fails."""
        try:
            asked = await self._asker.ask(api.pages_by_id(ids), TRIES)
        except Unanswered as failure:
            await make_sure(self._asker)
            if len(ids) == 1:
                problem = Problem("page-unreadable", f"page number {ids[0]}", str(failure), ids[0])
                self._keeper.report(problem)
                return
            middle = len(ids) // 2
            await self._pages(ids[:middle])
            await self._pages(ids[middle:])
            return
        reading = read_pages(asked.answer, self._wiki.titles)
        found = {fact.page_id for fact in reading.facts if isinstance(fact, Page)}
        gone = [PageGone(page_id, now()) for page_id in ids if page_id not in found]
        self._keeper.keep([asked.capture], Reading((*reading.facts, *gone)))

    async def renderings(self, task: Task) -> None:
        """The wiki's own HTML of each current page."""
        for _ in range(ROUNDS):
            after, done, total = 0, 0, self._archive.wants.count_renderings()
            while wanted := self._archive.wants.renderings(after, BATCH):
                async for page, outcome in in_turn(self._asker, wanted, self._ask_rendering, self._width):
                    self._keep_rendering(page, outcome)
                    done += 1
                    self._keeper.progress.show("renderings", done, total)
                after = wanted[-1].page_id

    def _ask_rendering(self, page: WantedRendering) -> Awaitable[Asked]:
        return self._asker.ask(api.rendering(page.rev_id), TRIES_OF_A_RENDERING)

    def _keep_rendering(self, page: WantedRendering, outcome: Asked | Unanswered | Refused) -> None:
        where = f"rendering of page {page.title}"
        if isinstance(outcome, Asked):
            touched = Timestamp(page.touched_at) if page.touched_at else None
            rendering = read_rendering(outcome.answer, page.page_id, touched)
            if not isinstance(rendering, Unreadable):
                over = partial(self._archive.resolve, "rendering-missing", where)
                self._keeper.keep([outcome.capture], Reading((rendering,)), over)
                return
        self._keeper.report(Problem("rendering-missing", where, str(outcome), page.page_id, page.rev_id))

    async def _one_by_one(self, ids: list[int]) -> None:
        for rev_id in ids:
            await self._revisions.take(rev_id)

    def _untried(self, tried: set[int]) -> list[int]:
        """A fetched revision may name a parent with a lower id, so each round looks from the beginning."""
        wanted = self._archive.wants.revisions(0, BATCH + len(tried))
        return [rev_id for rev_id in wanted if rev_id not in tried][:BATCH]

    def _note_absent(self, rev_ids: list[int]) -> None:
        """Only ids below a known one are taken: higher ones will be revisions some day."""
        greatest = self._archive.wants.greatest_rev_id()
        self._archive.wants.remember_absent([rev_id for rev_id in rev_ids if rev_id <= greatest], now().iso)
