"""The registry of roads to a wiki's facts, best first in each matter, and of the kinds of tasks that they plan.

The first road whose door is open is taken. One that fails is closed for this harvest and the next one takes over;
what the archive holds already is not asked for again. Tasks are done in the order of their phases, then of
:data:`KINDS`, whenever they were added.
"""

from __future__ import annotations

from collections.abc import Iterable

from scraper.archive import Archive
from scraper.sources.live import histories, performing
from scraper.sources.live.crew import Todo
from scraper.sources.live.html_roads import HTML_KINDS, HTML_ROADS
from scraper.sources.live.road import Kind, Lists, Matter, Phase, Road


def _pages(archive: Archive, is_refresh: bool) -> Iterable[Todo]:
    return [("pages", {"namespace": number}) for number in archive.titles().namespaces if number >= 0]


def _messages(archive: Archive, is_refresh: bool) -> Iterable[Todo]:
    return [("messages", {"which": which}) for which in ("named", "tags", "changed")]


def _histories(first: str) -> Lists:
    """In a first harvest the road itself, in a refresh the ids above those known and the pages that changed."""

    def lists(archive: Archive, is_refresh: bool) -> Iterable[Todo]:
        kinds = ("ids left", "histories") if is_refresh else (first, "histories", "ids left")
        return [(kind, {}) for kind in (*kinds, "unseen pages")]

    return lists


API_WANTS = ("wanted revisions", "wanted texts")
ROADS: tuple[Road, ...] = (
    Road(Matter.SITE, "api", "meta=siteinfo", fresh=("siteinfo",), refresh=("siteinfo",)),
    Road(
        Matter.REVISIONS,
        "allrevisions",
        "all revisions as one list of the API (MediaWiki 1.27 and later)",
        fresh=("newest revision", "revisions"),
        refresh=("revisions", "new ids"),
        kinds=("unseen pages",),
        wants=API_WANTS,
    ),
    Road(
        Matter.REVISIONS,
        "export",
        "Special:Export with whole histories, 35 pages at once",
        fresh=("newest change",),
        refresh=("newest change",),
        kinds=("exports",),
        lists=_histories("exports"),
        wants=API_WANTS,
        missing="tags of revisions",
    ),
    Road(
        Matter.REVISIONS,
        "histories",
        "prop=revisions page by page, texts in batches of revision ids",
        fresh=("newest change",),
        refresh=("newest change",),
        kinds=("histories",),
        lists=_histories("histories"),
        wants=API_WANTS,
    ),
    Road(Matter.LOG_EVENTS, "api", "list=logevents", fresh=("log events",), refresh=("log events",)),
    Road(Matter.MESSAGES, "api", "meta=allmessages", kinds=("messages",), lists=_messages),
    Road(Matter.PAGES, "api", "list=allpages, namespace by namespace", kinds=("pages",), lists=_pages),
    Road(Matter.USERS, "api", "list=allusers", kinds=("users",)),
    Road(Matter.FILES, "api", "list=allimages", kinds=("files",)),
    Road(Matter.FILES, "pages", "the pages of files, with prop=imageinfo", kinds=("files of pages",)),
    Road(Matter.PROTECTED_TITLES, "api", "list=protectedtitles", kinds=("protected titles",)),
    Road(Matter.RENDERINGS, "api", "action=parse, page by page", kinds=("renderings",), wants=("renderings",)),
    *HTML_ROADS,
)
KINDS: dict[str, Kind] = {
    "siteinfo": Kind(Phase.SITE, performing.siteinfo),
    "newest revision": Kind(Phase.NEWS, performing.newest_revision),
    "newest change": Kind(Phase.NEWS, histories.newest),
    "revisions": Kind(Phase.NEWS, performing.walk),
    "log events": Kind(Phase.NEWS, performing.walk),
    "new ids": Kind(Phase.NEWS, performing.new_ids),
    "messages": Kind(Phase.LISTS, performing.walk),
    "pages": Kind(Phase.LISTS, performing.walk),
    "users": Kind(Phase.LISTS, performing.walk),
    "files": Kind(Phase.LISTS, performing.walk),
    "files of pages": Kind(Phase.LISTS, performing.walk),
    "protected titles": Kind(Phase.LISTS, performing.walk),
    "metadata": Kind(Phase.LISTS, performing.walk),
    "log again": Kind(Phase.CONSEQUENCES, performing.walk),
    "log events by id": Kind(Phase.CONSEQUENCES, performing.log_events_by_id),
    "history": Kind(Phase.CONSEQUENCES, performing.walk),
    "exports": HTML_KINDS["exports"],
    "ids left": Kind(Phase.WANTS, histories.ids_left),
    "histories": Kind(Phase.HISTORIES, histories.histories),
    # After the histories, which before 1.19 do not tell of hidden texts.
    "revisions by id": Kind(Phase.WANTS, performing.revisions_by_id),
    "unseen pages": Kind(Phase.WANTS, performing.unseen_pages),
    "wanted revisions": Kind(Phase.WANTS, performing.wanted_revisions),
    "wanted texts": Kind(Phase.WANTS, performing.wanted_texts),
    "renderings": Kind(Phase.WANTS, performing.renderings),
    **HTML_KINDS,
    "bytes": Kind(Phase.WANTS, performing.bytes_of_files),
}
"""Every kind of task but ``plan``, which adds the lists of all matters."""

NAMES = tuple(dict.fromkeys(road.name for road in ROADS))
"""What ``--road`` takes."""
