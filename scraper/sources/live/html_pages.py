"""Pages as readers see them: the wiki's own rendering of each, and what a file's page shows of its versions."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from functools import partial

from scraper.archive import Task, now
from scraper.archive.page_wants import PageWants, WantedPage
from scraper.model import PageGone, PageView, Title
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.html import Kind
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.showing import Shower, Shown, page_as_shown
from scraper.sources.live.turns import in_turn

FILE = 6
BATCH = 50
ABSENT = "http-404"


async def views(crew: Crew, task: Task) -> None:
    """The view of every page without a rendering of its current revision; of every page when it may have changed."""
    wants = PageWants(crew.archive.connection)
    find = wants.pages if crew.is_refresh() and not crew.options.only_retry else wants.views
    pages = Pages(crew, task)
    after = task.cursor or ""
    while found := find(after, BATCH):
        await pages.show(found)
        after = found[-1].title.full


async def file_pages(crew: Crew, task: Task) -> None:
    """The page of every file, with or without description: it shows all the file's versions."""
    wants, namespaces = PageWants(crew.archive.connection), crew.wiki().titles.namespaces
    prefix = namespaces[FILE].name if FILE in namespaces else "File"
    pages = Pages(crew, task)
    after = task.cursor or ""
    while names := wants.files(after, BATCH):
        await pages.show(WantedPage(0, Title(FILE, name, prefix)) for name in names)
        after = names[-1]


@dataclass(slots=True)
class Pages:
    """Shows pages in turn and keeps what they say; the task stands where the last one kept was."""

    crew: Crew
    task: Task
    done: int = 0

    async def show(self, pages: Iterable[WantedPage]) -> None:
        shower, index_url = Shower(self.crew), self.crew.wiki().index_url

        def ask(page: WantedPage) -> Awaitable[Shown]:
            return shower.show(index.view(index_url, page.title))

        async for page, outcome in in_turn(self.crew.asker, pages, ask, self.crew.options.concurrency):
            self._keep(page, outcome)
            self.done += 1
            self.crew.keeper.progress.show(self.task.kind, self.done, None)

    def _keep(self, page: WantedPage, outcome: Shown | Unanswered | Refused) -> None:
        title = page.title
        where = f"rendering of page {title.full}"
        name = title.name if self.task.kind == "file pages" else title.full
        advance = partial(self.crew.archive.frontier.advance, self.task, name)
        if isinstance(outcome, Shown) and outcome.what.kind is not Kind.MISSING:
            views = [fact for fact in outcome.facts if isinstance(fact, PageView)]
            stands = page_as_shown(outcome, title, any(view.is_redirect for view in views) if views else page.is_redirect)
            over = [partial(self.crew.archive.resolve, "rendering-missing", where)] if views else []
            reading = Reading((*stands, *outcome.facts), outcome.problems)
            self.crew.keeper.keep([outcome.capture], reading, *over, advance)
        elif _is_absent(outcome) and page.page_id:
            self.crew.keeper.keep((), Reading((PageGone(page.page_id, now()),)), advance)
        elif page.page_id:
            problem = Problem("rendering-missing", where, str(outcome), page.page_id)
            self.crew.keeper.keep((), Reading(problems=(problem,)), advance)


def _is_absent(outcome: Shown | Unanswered | Refused) -> bool:
    return isinstance(outcome, Shown) or (isinstance(outcome, Refused) and outcome.code == ABSENT)
