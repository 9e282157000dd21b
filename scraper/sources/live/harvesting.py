"""A harvest: which lists are walked and which wants fetched, fresh, resumed, refreshed or retried.

The plan stands in the archive's frontier. A harvest that was killed goes on with the tasks that are left. A refresh
asks first what is new (revisions and log lines since the last ones, ids above the last one); only when anything
changed does it walk the lists of pages, users and files again, to find what the wiki no longer has.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from scraper.archive import Archive, Task
from scraper.eras import offers
from scraper.problems import Problem
from scraper.queries import api
from scraper.readers.answers import Answer
from scraper.readers.api_revisions import read_revisions, revision_ids
from scraper.readers.api_site import read_siteinfo, statistics
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import Refused, Unanswered, WikiLost
from scraper.sources.live.files import Files
from scraper.sources.live.following import Follower
from scraper.sources.live.keeping import Keeper
from scraper.sources.live.lists import LISTS
from scraper.sources.live.walking import ListStuck, Walker
from scraper.sources.live.wanted import Wanted
from scraper.sources.source import HarvestOptions, UnusableSource

# Tasks are done in this order, whenever they were added.
ORDER = (
    "siteinfo",
    "newest revision",
    "revisions",
    "log events",
    "new ids",
    "plan",
    "messages",
    "pages",
    "users",
    "files",
    "protected titles",
    "metadata",
    "log again",
    "log events by id",
    "history",
    "revisions by id",
    "unseen pages",
    "wanted revisions",
    "wanted texts",
    "renderings",
    "bytes",
)
COUNTED = (
    "pages",
    "articles",
    "edits",
    "images",
    "users",
    "admins",
    "jobs",
)  # a difference means that something changed


class Harvester:
    """Does one harvest to its end, or as far as the wiki lets it."""

    def __init__(self, asker: Asker, keeper: Keeper, options: HarvestOptions) -> None:
        self._asker = asker
        self._keeper = keeper
        self._options = options
        self._archive = keeper.archive

    async def run(self) -> None:
        """Every task that is left. Raises WikiLost, LoginNeeded: then the same command goes on from here."""
        while left := self._archive.frontier.left(self._keeper.harvest_id):
            await self._perform(min(left, key=lambda task: (ORDER.index(task.kind), task.task_id)))
        self._keeper.keep((), Reading(), self._archive.sightings.forget, self._mark_doors)

    async def _perform(self, task: Task) -> None:
        """A task that fails is given up for this harvest and stands among the problems."""
        where = "list of " + " ".join([task.kind, *(f"{name} {value}" for name, value in task.params.items())])
        try:
            await self._method(task)(task)
        except (Unanswered, Refused, ListStuck) as failure:
            if task.kind == "siteinfo":
                raise WikiLost(
                    f"The wiki's API at {self._asker.api_url} no longer answers as it did: {failure}. "
                    "If the wiki moved, give its new address."
                ) from failure
            code = "road-closed" if isinstance(failure, Refused) else "list-broken"
            frontier = self._archive.frontier
            give_up = frontier.finish if isinstance(failure, Refused) else frontier.fail
            problem = Problem(code, where, str(failure))
            self._keeper.keep((), Reading(problems=(problem,)), lambda: give_up(task))
            return
        self._keeper.keep((), Reading(), lambda: self._archive.frontier.finish(task), lambda: self._resolve(where))

    def _resolve(self, where: str) -> None:
        for code in ("list-broken", "road-closed"):
            self._archive.resolve(code, where)

    def _method(self, task: Task) -> Callable[[Task], Awaitable[None]]:
        if task.kind in LISTS:
            return self._walk
        if task.kind in {"siteinfo", "newest revision", "plan"}:
            return {"siteinfo": self._siteinfo, "newest revision": self._newest_revision, "plan": self._plan}[task.kind]
        wiki = self._keeper.wiki()
        wanted = Wanted(self._asker, self._keeper, wiki, self._options.concurrency)
        return {
            "new ids": wanted.new_ids,
            "log events by id": self._log_events_by_id,
            "revisions by id": wanted.listed_revisions,
            "unseen pages": wanted.pages,
            "wanted revisions": wanted.revisions,
            "wanted texts": wanted.texts,
            "renderings": wanted.renderings,
            "bytes": Files(self._asker, self._keeper, self._options.concurrency).fetch,
        }[task.kind]

    async def _siteinfo(self, task: Task) -> None:
        asked = await self._asker.ask(api.siteinfo())
        _check_version(asked.answer)
        counts = {name: statistics(asked.answer).get(name) for name in COUNTED}
        steps = [] if counts == self._archive.cursor("statistics") else [self._keeper.note_change]
        self._keeper.keep(
            [asked.capture],
            read_siteinfo(asked.answer, self._asker.api_url),
            lambda: self._archive.set_cursor("statistics", counts),
            *steps,
        )

    async def _newest_revision(self, task: Task) -> None:
        """From here a later harvest looks for ids that came out of order."""
        asked = await self._asker.ask(api.newest_revision())
        ids = revision_ids(read_revisions(asked.answer, self._keeper.wiki().titles))
        newest = max(ids, default=0)
        self._keeper.keep([asked.capture], Reading(), lambda: self._archive.set_cursor("revision ids asked", newest))

    async def _walk(self, task: Task) -> None:
        wiki = self._keeper.wiki()
        is_refresh = not self._archive.harvests.is_first(self._keeper.harvest)
        follower = Follower(self._keeper, is_refresh)
        await Walker(self._asker, self._keeper, wiki, follower).walk(task)

    async def _log_events_by_id(self, task: Task) -> None:
        """Logs can be asked by time only."""
        moments = self._archive.wants.times_of_log_events(task.params["ids"])
        add = self._archive.frontier.add
        steps = [partial(add, self._keeper.harvest_id, "log again", {"at": at}) for at in moments]
        self._keeper.keep((), Reading(), *steps)

    async def _plan(self, task: Task) -> None:
        """Everything else, when there is reason to ask."""
        is_refresh = not self._archive.harvests.is_first(self._keeper.harvest)
        if is_refresh and not (self._keeper.has_changed() or self._options.sweep):
            tasks = list(wants(self._options)) if self._wants_more() else []
            self._keeper.progress.note("Nothing changed in the wiki since the last harvest.")
        else:
            tasks = list(plan(self._archive, self._options, with_metadata=is_refresh and self._options.sweep))
        add = self._archive.frontier.add
        self._keeper.keep(
            (), Reading(), *(partial(add, self._keeper.harvest_id, kind, params) for kind, params in tasks)
        )

    def _wants_more(self) -> bool:
        """Something is wanted beside what failed before: an option is new. What failed is for ``retry``."""
        wants = self._archive.wants
        return (self._options.with_renderings and wants.count_renderings() > wants.count_problems("rendering-")) or (
            self._options.with_files and wants.count_file_bytes() > wants.count_problems("file-")
        )

    def _mark_doors(self) -> None:
        """The ledger counts renderings and files as owed once they were asked for."""
        for name, is_asked in (("renderings", self._options.with_renderings), ("files", self._options.with_files)):
            if is_asked:
                self._archive.set_cursor(name, True)


def _check_version(answer: Answer) -> None:
    generator = str(answer.query.get("general", {}).get("generator", ""))
    if not offers(generator, "allrevisions"):
        raise UnusableSource(
            f"This wiki runs {generator}; harvesting through the API needs MediaWiki 1.27 or newer. "
            "An XML dump of it can be read: give that instead."
        )


def first_tasks(is_refresh: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a harvest begins with."""
    news = ("revisions", "log events", "new ids") if is_refresh else ("newest revision", "revisions", "log events")
    for kind in ("siteinfo", *news, "plan"):
        yield kind, {}


def plan(archive: Archive, options: HarvestOptions, with_metadata: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lists that show the wiki as it stands now, and the wants behind them."""
    yield "messages", {"which": "named"}
    yield "messages", {"which": "changed"}
    for namespace_id in archive.titles().namespaces:
        if namespace_id >= 0:
            yield "pages", {"namespace": namespace_id}
    for kind in ("users", "files", "protected titles"):
        yield kind, {}
    if with_metadata:
        yield "metadata", {}
        yield "log again", {}
    yield "unseen pages", {}
    yield from wants(options)


def wants(options: HarvestOptions) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the facts say is missing."""
    yield "wanted revisions", {}
    yield "wanted texts", {}
    if options.with_renderings:
        yield "renderings", {}
    if options.with_files:
        yield "bytes", {}
