"""What a road to a wiki's facts is: a matter, a door, the tasks that it plans, and who performs them.

Facts come in matters (the site itself, its pages, their revisions, …), and each matter has roads of its own: the
API's list of all revisions, Special:Export, pages in HTML, … :mod:`scraper.sources.live.roads` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from scraper.archive import Archive
from scraper.sources.live.crew import Performer, Todo

Lists = Callable[[Archive, bool], Iterable[Todo]]
"""The tasks that follow once the site is known; told whether the harvest is a refresh."""


class Door(StrEnum):
    """Where a wiki may be asked. Which are open, :meth:`Asker.api_url` and ``index_url`` say."""

    API = "API"
    INDEX = "index.php"


class Matter(StrEnum):
    """What facts are about."""

    SITE = "the site"
    REVISIONS = "revisions"
    LOG_EVENTS = "log events"
    MESSAGES = "messages"
    PAGES = "pages"
    USERS = "users"
    FILES = "files"
    PROTECTED_TITLES = "protected titles"
    RENDERINGS = "renderings"


class Phase(IntEnum):
    """When tasks are done, whenever they were added."""

    SITE = 0
    NEWS = 1  # what a refresh asks to know whether anything changed
    PLAN = 2
    LISTS = 3
    CONSEQUENCES = 4  # of log events and new revisions
    HISTORIES = 5  # of the pages that the lists named
    WANTS = 6  # what the facts themselves say is missing


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task: when it is done, and by whom."""

    phase: Phase
    perform: Performer


@dataclass(frozen=True, slots=True)
class Road:
    """One way to the facts of a matter. ``name`` is what ``--road`` takes; a name may serve several matters.

    ``fresh`` and ``refresh`` are the kinds of tasks that a first or a later harvest begins with; ``lists`` gives the
    tasks that follow once the site is known (told whether it is a refresh), all of the ``kinds``; ``wants`` are the
    kinds of tasks that fetch what the facts name and the archive does not hold: those are repeated by ``retry``.
    """

    matter: Matter
    name: str
    about: str
    needs: Door = Door.API
    fresh: tuple[str, ...] = ()
    refresh: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lists: Lists | None = None  # without it, each of the kinds once
    wants: tuple[str, ...] = ()
    missing: str = ""  # what it cannot give, for a person

    @property
    def leading(self) -> frozenset[str]:
        """The kinds of tasks that are the road itself: when one of them fails, the road is closed."""
        return frozenset({*self.fresh, *self.refresh, *self.kinds})

    def begin(self, is_refresh: bool) -> list[Todo]:
        """The tasks of a harvest's beginning."""
        return [(kind, {}) for kind in (self.refresh if is_refresh else self.fresh)]

    def go_on(self, archive: Archive, is_refresh: bool) -> list[Todo]:
        """The tasks that follow once the site is known."""
        return [(kind, {}) for kind in self.kinds] if self.lists is None else list(self.lists(archive, is_refresh))
