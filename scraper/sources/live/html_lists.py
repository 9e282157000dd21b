"""Lists that the wiki shows as special pages: titles, log, users, files, titles that may not be created."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from scraper.archive import Sighting, Task
from scraper.archive.page_wants import PageWants
from scraper.model import FileVersion, LogEvent, LogMention, ProtectedTitle, TitleMention
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Refused
from scraper.sources.live.keeping import Step
from scraper.sources.live.offset import learn_offset
from scraper.sources.live.paging import Paging
from scraper.sources.live.showing import Shower, Shown, known

ABSENT = "http-404"
MARGIN = timedelta(days=1)  # wider than any zone's difference to UTC
OTHER_TITLES = ("target_title", "dest_title")  # of moves and merges
# What Special:Log leaves out unless it is told not to ($wgFilterLogTypes, LogPager::getFilterParams).
WHOLE_LOG = {"hide_patrol_log": "0", "hide_tag_log": "0", "hide_newusers_log": "0", "hide_review_log": "0"}
# Kind of task → the special page that shows the list, by its English name, and what else it is asked.
TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "log shown": ("Log", WHOLE_LOG),
    "users shown": ("ListUsers", {}),
    "files shown": ("ListFiles", {}),
    "protected titles shown": ("ProtectedTitles", {}),
}


async def titles(crew: Crew, task: Task) -> None:
    """Special:AllPages of one namespace: all parts that its pages lead to, each once."""
    shower, paging = Shower(crew), Paging(known(crew).rules)
    first = index.all_pages(crew.wiki().index_url, task.params["namespace"])
    place = task.cursor or {"left": [first], "seen": []}
    left, seen = list(place["left"]), set(place["seen"])
    while left:
        address = left.pop(0)
        shown = await shower.show(address)
        seen |= {address, shown.capture.url}
        left += [part for part in paging.parts(shown.links, shown.capture.url) if part not in {*seen, *left}]
        _keep(crew, task, shown, {"left": left, "seen": sorted(seen)})


async def table(crew: Crew, task: Task) -> None:
    """A special page with newer and older rows, from the newest to the oldest."""
    await learn_offset(crew)
    shower, paging = Shower(crew), Paging(known(crew).rules)
    name, params = TABLES[task.kind]
    address = task.cursor or index.special(crew.wiki().index_url, name, **params, limit=index.ROWS)
    while address:
        try:
            shown = await shower.show(address)
        except Refused as refusal:
            if refusal.code != ABSENT or index.parameters(address).get("offset"):
                raise
            _note_absent(crew, task, refusal)
            return
        address = paging.older(shown.links, shown.capture.url)
        _keep(crew, task, shown, address)
    if task.kind == "protected titles shown":
        crew.keeper.keep(
            (), Reading(), lambda: crew.archive.sightings.drop_unseen_protected_titles(crew.keeper.harvest_id)
        )


def _keep(crew: Crew, task: Task, shown: Shown, place: object) -> None:
    listed = [fact.title.full for fact in shown.facts if isinstance(fact, TitleMention)]
    protected = [fact.title.full for fact in shown.facts if isinstance(fact, ProtectedTitle)]
    files = [fact.name for fact in shown.facts if isinstance(fact, FileVersion)]
    # A file's own page tells more of its versions, and tells them apart.
    facts = tuple(fact for fact in shown.facts if not isinstance(fact, FileVersion))
    see = partial(crew.archive.sightings.see, crew.keeper.harvest_id)
    steps: list[Step] = [
        partial(see, Sighting.TITLE, listed),
        partial(see, Sighting.PROTECTED_TITLE, protected),
        partial(see, Sighting.FILE, files),
        partial(see, Sighting.CHANGED_TITLE, _changed_titles(crew, shown)),
        partial(crew.archive.frontier.advance, task, place),
    ]
    crew.keeper.keep([shown.capture], Reading(facts, shown.problems), *steps)
    crew.keeper.show(task.kind, len(listed) or len(shown.facts), None)


def _changed_titles(crew: Crew, shown: Shown) -> list[str]:
    """Pages that lines of the log name which are newer than the last harvest: their histories may have changed."""
    last = PageWants(crew.archive.connection).last_harvest()
    if last is None:
        return []
    since = (datetime.fromisoformat(last) - MARGIN).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [fact for fact in shown.facts if isinstance(fact, LogEvent | LogMention)]
    new = [line for line in lines if line.timestamp is None or line.timestamp.iso >= since]
    targets = [line.params.get(name) for line in new for name in OTHER_TITLES]
    return [line.title.full for line in new if line.title] + [name for name in targets if isinstance(name, str)]


def _note_absent(crew: Crew, task: Task, refusal: Refused) -> None:
    """Old wikis lack some special pages (ProtectedTitles came with 1.11): what they list does not exist there."""
    crew.keeper.report(Problem("road-closed", f"Special:{TABLES[task.kind][0]}", str(refusal)))
