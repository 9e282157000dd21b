"""Texts of single revisions where the API is closed: bare, from edit forms, and failing these as rendered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from scraper.archive import Task
from scraper.archive.page_wants import PageWants, WantedText
from scraper.model import Capture, Fact, PageView, RevisionMention, SectionText
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.raw_text import read_raw_text
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Fault, Refused, Unanswered
from scraper.sources.live.showing import Shower, Shown
from scraper.sources.live.turns import in_turn

BATCH = 50
TRIES = 3
FAILURES_OF_A_DOOR = 3  # before it ever opened: then it is closed for good
ABSENT = "http-404"

Got = tuple[Capture, Fact]


async def texts(crew: Crew, task: Task) -> None:
    """Every text that a history names and the archive does not hold."""
    await Texts(crew, task).fetch_all()


class Texts:
    """Asks at the best door that is open: ``action=raw``, then ``action=edit``, then the old view."""

    def __init__(self, crew: Crew, task: Task) -> None:
        self._crew = crew
        self._task = task
        self._shower = Shower(crew)
        self._wants = PageWants(crew.archive.connection)
        self._index_url = crew.wiki().index_url
        self._doors: list[Door] = [Door(self._raw), Door(self._edit_form), Door(self._old_view)]

    async def fetch_all(self) -> None:
        after, done, total = int(self._task.cursor or 0), 0, self._wants.count_texts()
        while found := self._wants.texts(after, BATCH):
            width = self._crew.options.concurrency
            async for wanted, outcome in in_turn(self._crew.asker, found, self._ask, width):
                self._keep(wanted, outcome)
                done += 1
                self._crew.keeper.progress.show("texts", done, total)
            after = found[-1].rev_id

    async def _ask(self, wanted: WantedText) -> Got:
        """Through the first door that gives anything. Raises what the last one raised."""
        failure: Unanswered | Refused = Refused("closed", "no door gives texts")
        for door in self._doors:
            if door.is_closed:
                continue
            try:
                return await door.knock(wanted)
            except (Unanswered, Refused) as error:
                failure = error
        raise failure

    async def _raw(self, wanted: WantedText) -> Got:
        capture = await self._crew.asker.get(index.raw_text(self._index_url, wanted.page.title, wanted.rev_id), TRIES)
        mention = read_raw_text(capture, wanted.page.title, wanted.rev_id, wanted.timestamp)
        if mention is None:
            raise Unanswered(Fault.UNREADABLE, "a page instead of a text")
        return capture, replace(mention, page_id=wanted.page.page_id if wanted.page.page_id > 0 else None)

    async def _edit_form(self, wanted: WantedText) -> Got:
        shown = await self._shower.show(index.edit_form(self._index_url, wanted.page.title, wanted.rev_id), TRIES)
        return shown.capture, _only(shown, lambda fact: isinstance(fact, RevisionMention) and fact.text is not None)

    async def _old_view(self, wanted: WantedText) -> Got:
        shown = await self._shower.show(index.old_view(self._index_url, wanted.page.title, wanted.rev_id), TRIES)
        return shown.capture, _only(shown, lambda fact: isinstance(fact, PageView))

    def _keep(self, wanted: WantedText, outcome: Got | Unanswered | Refused) -> None:
        advance = partial(self._crew.archive.frontier.advance, self._task, wanted.rev_id)
        where, page_id = f"revision {wanted.rev_id}", wanted.page.page_id
        if isinstance(outcome, tuple):
            capture, fact = outcome
            is_text = isinstance(fact, RevisionMention | SectionText)
            problems = () if is_text else (Problem("text-missing", where, RENDERED_ONLY, page_id, wanted.rev_id),)
            self._crew.keeper.keep([capture], Reading((fact,), problems), advance)
            return
        problem = Problem("text-missing", where, str(outcome), page_id, wanted.rev_id)
        self._crew.keeper.keep((), Reading(problems=(problem,)), advance)


RENDERED_ONLY = "the wiki gives its source to nobody; its rendering is kept"


class Door:
    """One way to ask for a text; closed when it never opened in several tries. An absent revision closes none."""

    def __init__(self, ask: Callable[[WantedText], Awaitable[Got]]) -> None:
        self._ask = ask
        self._failures: int | None = 0  # None once it opened

    @property
    def is_closed(self) -> bool:
        return self._failures is not None and self._failures >= FAILURES_OF_A_DOOR

    async def knock(self, wanted: WantedText) -> Got:
        try:
            got = await self._ask(wanted)
        except (Unanswered, Refused) as error:
            if self._failures is not None and not (isinstance(error, Refused) and error.code == ABSENT):
                self._failures += 1
            raise
        self._failures = None
        return got


def _only(shown: Shown, is_wanted: Callable[[Fact], bool]) -> Fact:
    """The fact that the page was asked for. Raises Unanswered without it."""
    for fact in shown.facts:
        if is_wanted(fact):
            return fact
    raise Unanswered(Fault.UNREADABLE, f"{shown.capture.url} does not show the revision")
