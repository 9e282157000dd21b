"""Histories as pages of the wiki, where neither its API nor Special:Export gives them."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial

from scraper.archive import Sighting, Task, now
from scraper.archive.page_wants import PageWants, WantedPage
from scraper.model import HistoryGap, Page, RevisionGone, RevisionMention, Title
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.offset import learn_offset
from scraper.sources.live.paging import Paging
from scraper.sources.live.showing import Shower, Shown, known, page_as_shown
from scraper.sources.live.turns import in_turn
from scraper.sources.live.walking import ListStuck

BATCH = 50


async def histories(crew: Crew, task: Task) -> None:
    """Of every page whose history is not here, or not whole."""
    await learn_offset(crew)
    await Histories(crew, task).show_all()


class Histories:
    """The task's cursor is the title after which to go on, and what is left of that title's history."""

    def __init__(self, crew: Crew, task: Task) -> None:
        self._crew = crew
        self._task = task
        self._shower = Shower(crew)
        self._paging = Paging(known(crew).rules)
        self._wants = PageWants(crew.archive.connection)
        self._index_url = crew.wiki().index_url
        self._shown: set[int] = set()

    async def show_all(self) -> None:
        """Page by page in the order of titles, a long history to its end before the next one. Raises ListStuck."""
        if not self._wants.count():
            raise ListStuck("Special:AllPages names no page")
        place = self._task.cursor or {"after": "", "older": None}
        after = place["after"]
        await self._follow(after, place["older"])
        while found := self._wants.histories(after, BATCH):
            width = self._crew.options.concurrency
            async for page, outcome in in_turn(self._crew.asker, found, self._newest, width):
                await self._take(page, outcome)
            after = found[-1].title.full

    def _newest(self, page: WantedPage) -> Awaitable[Shown]:
        return self._shower.show(index.history(self._index_url, page.title))

    async def _take(self, page: WantedPage, outcome: Shown | Unanswered | Refused) -> None:
        title = page.title
        if isinstance(outcome, Shown):
            self._shown.clear()
            stands = page_as_shown(outcome, title, page.is_redirect)
            await self._follow(title.full, self._keep(title.full, outcome, stands))
            self._close(title, outcome.what.page_id)
            return
        problem = Problem("page-missing", f"history of {title.full}", str(outcome), page.page_id)
        self._crew.keeper.report(problem)

    def _close(self, title: Title, page_id: int | None) -> None:
        """The history was shown to its end: what it did not show is not there."""
        archive = self._crew.archive
        others = self._wants.others(page_id, self._shown) if page_id and self._shown else []
        self._crew.keeper.keep(
            (),
            Reading.of(RevisionGone(rev_id, now()) for rev_id in others),
            partial(archive.wants.remember_absent, self._wants.orphans(title), now().iso),
            partial(archive.sightings.settle, Sighting.CHANGED_TITLE, [title.full]),
        )

    async def _follow(self, title: str, older: str | None) -> None:
        """The rest of a history, page by page."""
        while older:
            older = self._keep(title, await self._shower.show(older))

    def _keep(self, title: str, shown: Shown, stands: tuple[Page, ...] = ()) -> str | None:
        """Where older revisions are; that they are shown elsewhere is no gap."""
        older = self._paging.older(shown.links, shown.capture.url)
        facts = (*stands, *(fact for fact in shown.facts if not isinstance(fact, HistoryGap)))
        self._shown |= {fact.rev_id for fact in facts if isinstance(fact, RevisionMention)}
        advance = partial(self._crew.archive.frontier.advance, self._task, {"after": title, "older": older})
        over = partial(self._crew.archive.resolve, "page-missing", f"history of {title}")
        self._crew.keeper.keep([shown.capture], Reading(facts, shown.problems), advance, over)
        self._crew.keeper.show("histories", 1, None)
        return older
