"""Pages as readers see them: the wiki's own rendering of each, and what a file's page shows of its versions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from scraper.archive import Sighting, Task, now
from scraper.archive.page_wants import PageWants, WantedPage
from scraper.model import Fact, FileGone, FileVersion, Page, PageGone, PageView, Timestamp
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.file_times import with_known_times, with_times
from scraper.readers.html import Kind
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.keeping import Step
from scraper.sources.live.offset import learn_offset
from scraper.sources.live.showing import Shower, Shown, page_as_shown
from scraper.sources.live.turns import in_turn

FILE = 6
BATCH = 50
ABSENT = "http-404"


async def views(crew: Crew, task: Task) -> None:
    """The view of every page without a rendering of its current revision; of every page when it may have changed."""
    wants = PageWants(crew.archive.connection)
    find = wants.pages if crew.is_refresh() and not crew.options.only_retry else wants.views
    pages = Pages(crew, task, index.view)
    after = task.cursor or ""
    while found := find(after, BATCH):
        await pages.show((page.title.full, page) for page in found)
        after = found[-1].title.full


async def file_pages(crew: Crew, task: Task) -> None:
    """The page of every file that was listed, with or without description: it shows all the file's versions."""
    await learn_offset(crew)
    titles, seen = crew.wiki().titles, crew.archive.sightings.seen
    pages = Pages(crew, task, index.file_page)
    after = task.cursor or ""
    while names := seen(crew.keeper.harvest_id, Sighting.FILE, after, BATCH):
        await pages.show((name, WantedPage(0, titles.make(FILE, name))) for name in names)
        after = names[-1]
    gone = crew.archive.sightings.unlisted_files(crew.keeper.harvest_id)
    crew.keeper.save(FileGone(name, now()) for name in gone)


async def titles_left(crew: Crew, task: Task) -> None:
    """Titles whose pages turned out to have moved: other pages stand there now (redirects, mostly)."""
    titles, pages = crew.wiki().titles, Pages(crew, task, index.view)
    names = PageWants(crew.archive.connection).titles_left()
    await pages.show((name, WantedPage(0, titles.parse(name))) for name in names)


async def displaced(crew: Crew, task: Task) -> None:
    """Pages that the lists do not name any more are asked for by their numbers: moved, or gone."""
    wants, shower, titles = PageWants(crew.archive.connection), Shower(crew), crew.wiki().titles
    index_url, after = crew.wiki().index_url, task.cursor or ""

    def ask(page: WantedPage) -> Awaitable[Shown]:
        return shower.show(index.view_by_id(index_url, page.page_id))

    while found := wants.displaced(after, BATCH):
        async for page, outcome in in_turn(crew.asker, found, ask, crew.options.concurrency):
            advance = partial(crew.archive.frontier.advance, task, page.title.full)
            if isinstance(outcome, Shown) and outcome.what.page_id == page.page_id:
                title = titles.parse(outcome.what.title)
                stands = page_as_shown(outcome, title, any(_is_redirect(fact) for fact in outcome.facts))
                crew.keeper.keep([outcome.capture], Reading((*stands, *outcome.facts), outcome.problems), advance)
            elif is_absent(outcome):
                crew.keeper.keep((), *_gone(crew, page), advance)
        after = found[-1].title.full
    over = [partial(crew.archive.resolve, "page-missing", where) for where in wants.histories_of_nobody()]
    crew.keeper.keep((), Reading(), *over)


def _is_redirect(fact: Fact) -> bool:
    return isinstance(fact, PageView) and fact.is_redirect


@dataclass(slots=True)
class Pages:
    """Shows pages in turn and keeps what they say; the task stands at the key of the last one that was kept."""

    crew: Crew
    task: Task
    address: Callable[..., str]
    done: int = 0

    async def show(self, pages: Iterable[tuple[str, WantedPage]]) -> None:
        shower, index_url = Shower(self.crew), self.crew.wiki().index_url

        def ask(keyed: tuple[str, WantedPage]) -> Awaitable[Shown]:
            return shower.show(self.address(index_url, keyed[1].title))

        async for (key, page), outcome in in_turn(self.crew.asker, pages, ask, self.crew.options.concurrency):
            self._keep(key, page, outcome)
            self.done += 1
            self.crew.keeper.progress.show(self.task.kind, self.done, None)

    def _keep(self, key: str, page: WantedPage, outcome: Shown | Unanswered | Refused) -> None:
        advance = partial(self.crew.archive.frontier.advance, self.task, key)
        if isinstance(outcome, Shown) and outcome.what.kind is not Kind.MISSING:
            self._keep_shown(page, outcome, advance)
        elif is_absent(outcome):
            self.crew.keeper.keep((), *_gone(self.crew, page), advance)
        else:
            problem = Problem("rendering-missing", _where(page), str(outcome), page.page_id or None)
            self.crew.keeper.keep((), Reading(problems=(problem,)), advance)

    def _keep_shown(self, page: WantedPage, shown: Shown, advance: Callable[[], None]) -> None:
        views = [fact for fact in shown.facts if isinstance(fact, PageView)]
        is_redirect = any(view.is_redirect for view in views) if views else page.is_redirect
        stands = page_as_shown(shown, page.title, is_redirect)
        over = [partial(self.crew.archive.resolve, "rendering-missing", _where(page))] if views else []
        reading = Reading(tuple(self._facts(page, shown, stands)), shown.problems)
        self.crew.keeper.keep([shown.capture], reading, *over, advance)

    def _facts(self, page: WantedPage, shown: Shown, stands: tuple[Page, ...]) -> Iterator[Fact]:
        """What the page says; versions of files by the times under which they are here."""
        versions = [fact for fact in shown.facts if isinstance(fact, FileVersion)]
        yield from stands
        yield from (fact for fact in shown.facts if not isinstance(fact, FileVersion))
        if versions and self.task.kind == "file pages":
            known = PageWants(self.crew.archive.connection).versions(page.title.name)
            found = with_known_times(with_times(versions), known)
            yield from found
            there = {version.timestamp.iso for version in found if version.timestamp}
            gone = (moment for moment, *_ in known if moment not in there)
            yield from (FileGone(page.title.name, now(), Timestamp(moment)) for moment in gone)


def _gone(crew: Crew, page: WantedPage) -> tuple[Reading, Step]:
    """The wiki no longer has it: then nothing of it is missing here."""

    def nothing_is_missing() -> None:
        crew.archive.resolve("page-missing", f"history of {page.title.full}")
        crew.archive.resolve("rendering-missing", _where(page))

    return Reading((PageGone(page.page_id, now()),) if page.page_id else ()), nothing_is_missing


def is_absent(outcome: Shown | Unanswered | Refused) -> bool:
    """Whether the wiki says that there is no such page."""
    return isinstance(outcome, Shown) or (isinstance(outcome, Refused) and outcome.code == ABSENT)


def _where(page: WantedPage) -> str:
    return f"rendering of page {page.title.full}"
