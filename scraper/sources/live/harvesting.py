"""A harvest: by which roads, fresh, resumed, refreshed or retried.

The plan stands in the archive's frontier. A harvest that was killed goes on with the tasks that are left. A refresh
asks first what is new (revisions and log lines since the last ones, ids above the last one); only when anything
changed does it walk the lists of pages, users and files again, to find what the wiki no longer has.
"""

from __future__ import annotations

from collections.abc import Iterable

from scraper.archive import Harvest, Task
from scraper.problems import Problem
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asker
from scraper.sources.live.crew import Crew, Todo
from scraper.sources.live.failures import Refused, Unanswered, WikiLost
from scraper.sources.live.itinerary import Itinerary
from scraper.sources.live.keeping import Keeper
from scraper.sources.live.road import Door, Phase, Road
from scraper.sources.live.roads import KINDS
from scraper.sources.live.single import make_sure
from scraper.sources.live.walking import ListStuck
from scraper.sources.source import HarvestOptions

PLAN = "plan"
PLACES = {kind: place for place, kind in enumerate(KINDS)}
SWEEP: tuple[Todo, ...] = (("metadata", {}), ("log again", {}))


class Harvester:
    """Does one harvest to its end, or as far as the wiki lets it."""

    def __init__(self, asker: Asker, keeper: Keeper, options: HarvestOptions) -> None:
        self._asker = asker
        asker.note_shape = keeper.note_shape
        self._keeper = keeper
        self._options = options
        self._archive = keeper.archive
        self._crew = Crew(asker, keeper, options)
        self._itinerary = Itinerary(keeper.archive, keeper.harvest_id, lambda: open_doors(asker), options)

    @property
    def harvest(self) -> Harvest:
        return self._keeper.harvest

    def begin(self) -> None:
        """Inside a transaction: the first tasks of a new harvest."""
        is_refresh = self._crew.is_refresh()
        self._archive.frontier.take_over(self._keeper.harvest_id)
        if self._options.only_retry and is_refresh:
            self._add(self._itinerary.wants())
        else:
            self._add([*self._itinerary.first_tasks(is_refresh), (PLAN, {})])

    async def run(self) -> None:
        """Every task that is left. Raises WikiLost, LoginNeeded: then the same command goes on from here."""
        while left := self._archive.frontier.left(self._keeper.harvest_id):
            doors = open_doors(self._asker)
            await self._perform(min(left, key=_order))
            if doors - open_doors(self._asker):
                self._want_elsewhere()
        noted = Reading(problems=tuple(self._asker.mislabelling_hosts.values()))
        self._keeper.keep((), noted, self._archive.sightings.forget, self._mark_doors)

    async def _perform(self, task: Task) -> None:
        """A task that fails changes the road, or is given up for this harvest and stands among the problems."""
        where = "list of " + " ".join([task.kind, *(f"{name} {value}" for name, value in task.params.items())])
        try:
            if task.kind == PLAN:
                self._plan()
            else:
                await KINDS[task.kind].perform(self._crew, task)
        except (Unanswered, Refused, ListStuck) as failure:
            road = self._itinerary.leading(task.kind)
            other = self._itinerary.instead_of(road) if road is not None else None
            if road is not None and other is not None:
                await self._change(road, other, failure)
            else:
                self._give_up(task, where, failure)
            return
        self._keeper.keep((), Reading(), lambda: self._archive.frontier.finish(task), lambda: self._resolve(where))

    async def _change(self, road: Road, other: Road, failure: Exception) -> None:
        """The other road takes over; what the archive holds already is not asked for again."""
        if not isinstance(failure, Refused):
            await make_sure(self._asker)
        frontier, is_refresh = self._archive.frontier, self._crew.is_refresh()
        is_planned = all(task.kind != PLAN for task in frontier.left(self._keeper.harvest_id))
        tasks = [*other.begin(is_refresh), *(other.go_on(self._archive, is_refresh) if is_planned else ())]
        tasks += [(kind, {}) for kind in other.wants if is_planned]
        problem = Problem("road-changed", f"{road.matter} by {road.name}", f"{failure}; {other.name} instead")
        self._keeper.keep(
            (),
            Reading(problems=(problem,)),
            lambda: self._itinerary.close(road),
            lambda: frontier.drop(self._keeper.harvest_id, road.leading),
            lambda: self._add(tasks),
        )
        self._keeper.progress.note(f"The road to {road.matter} by {road.name} is closed; taking {other.name}.")

    def _want_elsewhere(self) -> None:
        """A door closed while single things were fetched: what is wanted still is asked for at the others."""
        if all(task.kind != PLAN for task in self._archive.frontier.left(self._keeper.harvest_id)):
            self._keeper.keep((), Reading(), lambda: self._add(self._itinerary.wants()))

    def _give_up(self, task: Task, where: str, failure: Exception) -> None:
        if KINDS[task.kind].phase is Phase.SITE:
            address = self._asker.api_url or self._asker.index_url
            raise WikiLost(
                f"The wiki at {address} no longer answers as it did: {failure}. "
                "If the wiki moved, give its new address."
            ) from failure
        code = "road-closed" if isinstance(failure, Refused) else "list-broken"
        frontier = self._archive.frontier
        give_up = frontier.finish if isinstance(failure, Refused) else frontier.fail
        self._keeper.keep((), Reading(problems=(Problem(code, where, str(failure)),)), lambda: give_up(task))

    def _resolve(self, where: str) -> None:
        for code in ("list-broken", "road-closed"):
            self._archive.resolve(code, where)

    def _plan(self) -> None:
        """Everything else, when there is reason to ask."""
        is_refresh = self._crew.is_refresh()
        if is_refresh and not (self._keeper.has_changed() or self._options.sweep):
            tasks = list(self._itinerary.wants()) if self._wants_more() else []
            self._keeper.progress.note("Nothing changed in the wiki since the last harvest.")
        else:
            sweep = SWEEP if is_refresh and self._options.sweep else ()
            tasks = [*self._itinerary.lists(is_refresh), *sweep, *self._itinerary.wants()]
        self._keeper.keep((), Reading(), lambda: self._add(tasks))

    def _add(self, tasks: Iterable[Todo]) -> None:
        for kind, params in tasks:
            self._archive.frontier.add(self._keeper.harvest_id, kind, params)

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


def open_doors(asker: Asker) -> frozenset[Door]:
    """The doors that are known to be open."""
    known = {Door.API: asker.api_url, Door.INDEX: asker.index_url}
    return frozenset(door for door, address in known.items() if address)


def _order(task: Task) -> tuple[int, int, int]:
    """By phase, then by the place of its kind in the registry, then as added."""
    if task.kind == PLAN:
        return Phase.PLAN, 0, task.task_id
    return KINDS[task.kind].phase, PLACES[task.kind], task.task_id
