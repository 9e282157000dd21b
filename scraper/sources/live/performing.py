"""Who performs which kind of task, where the API answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scraper.archive import Task
from scraper.model import Site
from scraper.queries import api
from scraper.readers.api_revisions import read_revisions, revision_ids
from scraper.readers.api_site import read_siteinfo, statistics
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Fault, Unanswered
from scraper.sources.live.files import Files
from scraper.sources.live.following import Follower
from scraper.sources.live.walking import Walker
from scraper.sources.live.wanted import Wanted

JOBS = "jobs"
COUNTED = (
    "pages",
    "articles",
    "edits",
    "images",
    "users",
    "admins",
    JOBS,
)  # a difference means that something changed


async def siteinfo(crew: Crew, task: Task) -> None:
    """What the wiki says of itself."""
    asked = await crew.asker.ask(api.siteinfo())
    if "general" not in asked.answer.query:
        raise Unanswered(Fault.UNREADABLE, "it says nothing of itself (meta=siteinfo)")
    reading = read_siteinfo(asked.answer, crew.asker.api_url)
    crew.asker.index_url = next(fact.index_url or "" for fact in reading.facts if isinstance(fact, Site))
    counts = {name: statistics(asked.answer).get(name) for name in COUNTED}
    steps = [crew.keeper.note_change] if _tell_of_change(counts, crew.archive.cursor("statistics")) else []
    crew.keeper.keep(
        [asked.capture],
        reading,
        lambda: crew.archive.set_cursor("statistics", counts),
        *steps,
    )


def _tell_of_change(counts: Mapping[str, Any], known: Mapping[str, Any] | None) -> bool:
    """Jobs that were done since touched pages; new ones come with an edit, or with our own asking for renderings."""
    if known is None:
        return True
    jobs_done = (known.get(JOBS) or 0) > (counts.get(JOBS) or 0)
    return jobs_done or any(counts[name] != known.get(name) for name in COUNTED if name != JOBS)


async def newest_revision(crew: Crew, task: Task) -> None:
    """From here a later harvest looks for ids that came out of order."""
    asked = await crew.asker.ask(api.newest_revision())
    ids = revision_ids(read_revisions(asked.answer, crew.wiki().titles))
    newest = max(ids, default=0)
    crew.keeper.keep([asked.capture], Reading(), lambda: crew.archive.set_cursor("revision ids asked", newest))


async def walk(crew: Crew, task: Task) -> None:
    """One list of the API."""
    follower = Follower(crew.keeper, crew.is_refresh())
    await Walker(crew.asker, crew.keeper, crew.wiki(), follower).walk(task)


async def log_events_by_id(crew: Crew, task: Task) -> None:
    """Logs can be asked by time only."""
    moments = crew.archive.wants.times_of_log_events(task.params["ids"])
    add = crew.archive.frontier.add
    crew.keeper.keep(
        (), Reading(), *(partial(add, crew.keeper.harvest_id, "log again", {"at": moment}) for moment in moments)
    )


async def new_ids(crew: Crew, task: Task) -> None:
    await _wanted(crew).new_ids(task)


async def revisions_by_id(crew: Crew, task: Task) -> None:
    await _wanted(crew).listed_revisions(task)


async def unseen_pages(crew: Crew, task: Task) -> None:
    await _wanted(crew).pages(task)


async def wanted_revisions(crew: Crew, task: Task) -> None:
    await _wanted(crew).revisions(task)


async def wanted_texts(crew: Crew, task: Task) -> None:
    await _wanted(crew).texts(task)


async def renderings(crew: Crew, task: Task) -> None:
    await _wanted(crew).renderings(task)


async def bytes_of_files(crew: Crew, task: Task) -> None:
    await Files(crew.asker, crew.keeper, crew.options.concurrency).fetch(task)


def _wanted(crew: Crew) -> Wanted:
    return Wanted(crew.asker, crew.keeper, crew.wiki(), crew.options.concurrency)
