"""Histories through the API where it has no list of all revisions: page by page, and by the revisions' own ids.

``prop=revisions`` of one page tells all of its revisions (up to 500 at once without their texts); texts follow in
batches of ids. What no history names, and whatever a refresh looks for, is found by asking for unknown ids.
"""

from __future__ import annotations

from functools import partial

from scraper.archive import Task
from scraper.archive.page_wants import PageWants, WantedPage
from scraper.problems import Problem
from scraper.queries import api
from scraper.readers.api_changes import newest_change
from scraper.readers.api_revisions import read_revisions
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asked
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.turns import in_turn
from scraper.sources.live.wanted import Wanted

BATCH = 50
TRIES = 3
NEWEST = "newest change"
ASKED = "revision ids asked"


async def histories(crew: Crew, task: Task) -> None:
    """Of every page whose history is not here, or not whole. Raises Refused when the wiki does not give them."""
    wants, after, done = PageWants(crew.archive.connection), task.cursor or "", 0
    while found := wants.histories(after, BATCH):
        turns = in_turn(crew.asker, found, partial(_history, crew), crew.options.concurrency)
        async for page, outcome in turns:
            if isinstance(outcome, Refused) and outcome.code.startswith("unknown_"):
                raise outcome
            done += 1
            _keep(crew, task, page, outcome)
            crew.keeper.progress.show("histories", done, None)
        after = found[-1].title.full


async def _history(crew: Crew, page: WantedPage) -> list[Asked]:
    """All answers about one page. Those of its revisions that are here are asked for again, without their texts."""
    query = api.page_history({"titles": page.title.full}, crew.wiki().has_slots)
    answers = [await crew.asker.ask(query, TRIES)]
    while (following := answers[-1].answer.continuation) is not None:
        answers.append(await crew.asker.ask(query.going_on(following), TRIES))
        if answers[-1].answer.continuation == following:
            break
    return answers


def _keep(crew: Crew, task: Task, page: WantedPage, outcome: list[Asked] | Unanswered | Refused) -> None:
    where = f"history of {page.title.full}"
    advance = partial(crew.archive.frontier.advance, task, page.title.full)
    if not isinstance(outcome, list):
        problem = Problem("page-missing", where, str(outcome), page.page_id)
        crew.keeper.keep((), Reading(problems=(problem,)), advance)
        return
    titles = crew.wiki().titles
    readings = [read_revisions(asked.answer, titles) for asked in outcome]
    crew.keeper.keep(
        [asked.capture for asked in outcome],
        Reading(
            tuple(fact for reading in readings for fact in reading.facts),
            tuple(problem for reading in readings for problem in reading.problems),
        ),
        partial(crew.archive.resolve, "page-missing", where),
        advance,
    )


async def ids_left(crew: Crew, task: Task) -> None:
    """Revisions that nothing named: unknown ids up to the greatest known one, and some above it.

    In a first harvest this proves that the histories were whole. It is left out where so many ids are unknown that
    it would cost more than the histories themselves.
    """
    last = int(crew.archive.cursor(ASKED) or 0)
    greatest = crew.archive.wants.greatest_rev_id()
    affordable = (PageWants(crew.archive.connection).count() + 1) * BATCH
    if len(crew.archive.wants.ids_between(last + 1, greatest, affordable)) < affordable:
        await Wanted(crew.asker, crew.keeper, crew.wiki(), crew.options.concurrency).new_ids(task)
    else:
        crew.keeper.keep((), Reading(), partial(crew.archive.set_cursor, ASKED, greatest))


async def newest(crew: Crew, task: Task) -> None:
    """Whether anything was saved since the last harvest, by the list of recent changes; a wiki without it may have.

    A first harvest by this road asks later for all ids, whatever another road came to before it failed.
    """
    if not crew.is_refresh():
        crew.keeper.keep((), Reading(), partial(crew.archive.set_cursor, ASKED, 0))
    try:
        asked = await crew.asker.ask(api.newest_change())
    except (Refused, Unanswered):
        crew.keeper.keep((), Reading(), crew.keeper.note_change)
        return
    found = newest_change(asked.answer)
    steps = [] if found == crew.archive.cursor(NEWEST) else [crew.keeper.note_change]
    crew.keeper.keep([asked.capture], Reading(), partial(crew.archive.set_cursor, NEWEST, found), *steps)
