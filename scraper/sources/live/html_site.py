"""The wiki itself, as its pages describe it, where its API is closed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from scraper.archive import Task
from scraper.model import Capture, Fact, Namespace, Site, Title, Via
from scraper.queries import index
from scraper.readers.dump import DumpReader
from scraper.readers.reading import Reading
from scraper.readers.site_pages import read_site
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import ForbiddenByRobots, Refused, Unanswered
from scraper.sources.live.showing import Shower

NOBODY = Title(0, "Wikicompost/There is no such page")  # exports of what does not exist describe the wiki alone


async def site(crew: Crew, task: Task) -> None:
    """Main page, Special:AllPages and Special:Statistics; Special:Export, where it is open, knows some of it better.

    Pages cannot tell that nothing changed, so a refresh always goes on to look.
    """
    index_url = crew.asker.index_url
    shower = Shower(crew)
    main = (await shower.show(index.page_of(index_url))).capture
    all_pages = (await shower.show(index.all_pages(index_url, 0))).capture
    statistics = await _perhaps(shower, index.special(index_url, "Statistics"))
    reading = read_site(index_url, main, all_pages, statistics)
    exported, facts = await _exported(crew, reading)
    captures = [capture for capture in (main, all_pages, statistics, exported) if capture is not None]
    sites = (fact for fact in facts if isinstance(fact, Site))
    counts = next((site.siteinfo["statistics"] for site in sites), None)
    crew.keeper.keep(
        captures,
        Reading(facts, reading.problems),
        partial(crew.archive.set_cursor, "statistics", counts),
        crew.keeper.note_change,
    )


async def _perhaps(shower: Shower, url: str) -> Capture | None:
    try:
        return (await shower.show(url)).capture
    except (Unanswered, Refused):
        return None


async def _exported(crew: Crew, reading: Reading) -> tuple[Capture | None, tuple[Fact, ...]]:
    """The facts with the namespaces' and titles' case, which no page shows."""
    url = index.export(crew.asker.index_url, NOBODY)
    try:
        capture = await crew.asker.get(url, tries=1, via=Via.EXPORT)
    except (Unanswered, Refused, ForbiddenByRobots):
        return None, reading.facts
    said = [
        fact for fact in DumpReader("Special:Export", ()).read([capture.body]) if isinstance(fact, Site | Namespace)
    ]
    if b"<siteinfo" not in capture.body or not said:
        return None, reading.facts
    return capture, tuple(_completed(fact, said) for fact in reading.facts)


def _completed(fact: Fact, said: list[Site | Namespace]) -> Fact:
    for other in said:
        if isinstance(fact, Site) and isinstance(other, Site):
            return replace(fact, name=other.name or fact.name, case=other.case, via=Via.EXPORT)
        if isinstance(fact, Namespace) and isinstance(other, Namespace) and fact.namespace_id == other.namespace_id:
            return replace(fact, name=other.name, case=other.case)
    return fact
