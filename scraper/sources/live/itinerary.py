"""Which road each matter goes by in one harvest: chosen at its beginning, changed when a road fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from scraper.archive import Archive
from scraper.sources.live.crew import Todo
from scraper.sources.live.road import Door, Matter, Road
from scraper.sources.live.roads import NAMES, ROADS
from scraper.sources.source import HarvestOptions, UnusableSource

CURSOR = "roads closed"


class Itinerary:
    """Roads that failed are remembered in the archive, so that a resumed harvest does not try them again."""

    def __init__(
        self, archive: Archive, harvest_id: int, doors: Callable[[], frozenset[Door]], options: HarvestOptions
    ) -> None:
        self._archive = archive
        self._harvest_id = harvest_id
        self._doors = doors
        self._options = options
        check(options.road)

    def road(self, matter: Matter) -> Road | None:
        """The road of a matter, ``None`` when all are closed or nobody asked for it."""
        return next(self._open(matter), None)

    def instead_of(self, road: Road) -> Road | None:
        """Where to go when this road fails."""
        return next((other for other in self._open(road.matter) if other != road), None)

    def roads(self) -> list[Road]:
        """The roads of all matters."""
        return [road for road in map(self.road, Matter) if road is not None]

    def leading(self, kind: str) -> Road | None:
        """The road that fails when a task of this kind does; ``None`` where that task is not the road itself.

        Its door may be closed by now: then all roads behind it fail, one after the other.
        """
        closed = self._closed()
        taken = [
            *self.roads(),
            *(road for road in ROADS if road.needs not in self._doors() and key(road) not in closed),
        ]
        return next((road for road in taken if kind in road.leading), None)

    def close(self, road: Road) -> None:
        """Inside a transaction: it failed in this harvest."""
        self._archive.set_cursor(CURSOR, {"harvest": self._harvest_id, "roads": sorted({*self._closed(), key(road)})})

    def first_tasks(self, is_refresh: bool) -> Iterator[Todo]:
        """What the harvest begins with."""
        return chain.from_iterable(road.begin(is_refresh) for road in self.roads())

    def lists(self, is_refresh: bool) -> Iterator[Todo]:
        """What follows once the site is known."""
        return chain.from_iterable(road.go_on(self._archive, is_refresh) for road in self.roads())

    def wants(self) -> Iterator[Todo]:
        """What the facts say is missing."""
        for road in self.roads():
            yield from ((kind, {}) for kind in road.wants)
        if self._options.with_files:
            yield "bytes", {}

    def _open(self, matter: Matter) -> Iterator[Road]:
        if matter is Matter.RENDERINGS and not self._options.with_renderings:
            return
        closed = self._closed()
        for road in best_first(matter, self._doors(), self._options.road):
            if key(road) not in closed:
                yield road

    def _closed(self) -> set[str]:
        found = self._archive.cursor(CURSOR) or {}
        return set(found["roads"]) if found.get("harvest") == self._harvest_id else set()


def best_first(matter: Matter, doors: Iterable[Door], preferred: str = "") -> list[Road]:
    """The roads of a matter whose door is open, those of the preferred name first."""
    found = [road for road in ROADS if road.matter is matter and road.needs in doors]
    return sorted(found, key=lambda road: road.name != preferred)


def key(road: Road) -> str:
    """How a road stands in the archive."""
    return f"{road.matter}: {road.name}"


def check(name: str) -> None:
    """Raises UnusableSource when no road has this name."""
    if name and name not in NAMES:
        raise UnusableSource(f"there is no road {name!r}. The roads to a living wiki are: {', '.join(NAMES)}.")
