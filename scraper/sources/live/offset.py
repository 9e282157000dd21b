"""How displayed times differ from UTC on the day of a harvest.

Strangers see all times of an answer moved alike: by the server's offset of that day ($wgLocalTZoffset,
Language::userAdjust), whatever day the times are of. One revision whose time one place displays and another one tells
exactly is enough to know it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from scraper.model import Revision, RevisionMention, Timestamp, Title, Via
from scraper.queries import index
from scraper.readers.export import read_export
from scraper.readers.raw_text import last_modified, offset_between
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import ForbiddenByRobots, Refused, Unanswered
from scraper.sources.live.showing import OFFSET, Shower, known

TRIES = 2
Times = dict[int, Timestamp]


async def learn_offset(crew: Crew) -> None:
    """Once in a harvest, from the newest revisions of the main page."""
    learnt = crew.archive.cursor(OFFSET)
    if learnt is None or learnt["harvest"] != crew.keeper.harvest_id:
        found = {"harvest": crew.keeper.harvest_id, "minutes": await _offset(crew)}
        crew.keeper.keep((), Reading(), partial(crew.archive.set_cursor, OFFSET, found))


async def _offset(crew: Crew) -> int | None:
    site, index_url = crew.archive.site(), crew.wiki().index_url
    shower = Shower(crew, replace(known(crew), offset=None))
    if site is None:
        return None
    title = crew.wiki().titles.parse(site.main_page)
    displayed = await _times(shower, index.history(index_url, title))
    exact = await _times(shower, index.history_feed(index_url, title))
    newest = max(displayed, default=0)
    for door in (_raw_time, _exported_time):
        if newest and newest not in exact:
            exact |= await door(crew, title, newest)
    offsets = (offset_between(displayed[rev_id], exact[rev_id]) for rev_id in displayed if rev_id in exact)
    return next((offset for offset in offsets if offset is not None), None)


async def _times(shower: Shower, url: str) -> Times:
    try:
        facts = (await shower.show(url)).facts
    except (Unanswered, Refused, ForbiddenByRobots):
        return {}
    mentions = (fact for fact in facts if isinstance(fact, RevisionMention))
    return {mention.rev_id: mention.timestamp for mention in mentions if mention.timestamp}


async def _raw_time(crew: Crew, title: Title, rev_id: int) -> Times:
    try:
        moment = last_modified(await crew.asker.get(index.raw_text(crew.wiki().index_url, title, rev_id), TRIES))
    except (Unanswered, Refused, ForbiddenByRobots):
        return {}
    return {rev_id: moment} if moment else {}


async def _exported_time(crew: Crew, title: Title, rev_id: int) -> Times:
    """Special:Export gives the page as it stands."""
    try:
        capture = await crew.asker.get(index.export(crew.wiki().index_url, title), TRIES, via=Via.EXPORT)
    except (Unanswered, Refused, ForbiddenByRobots):
        return {}
    export = read_export(capture, crew.wiki().titles.namespaces.values())
    revisions = (fact for fact in export.facts if isinstance(fact, Revision)) if export else ()
    return {revision.rev_id: revision.timestamp for revision in revisions if revision.timestamp}
