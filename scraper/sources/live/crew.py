"""What those who perform tasks work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.archive import Archive, Task
from scraper.sources.live.asking import Asker
from scraper.sources.live.keeping import Keeper, Wiki
from scraper.sources.source import HarvestOptions

Todo = tuple[str, Mapping[str, Any]]
"""A task for the frontier: its kind and its parameters."""


@dataclass(frozen=True, slots=True)
class Crew:
    """One harvest's asker, keeper and options; the wiki is read anew, because its siteinfo may come meanwhile."""

    asker: Asker
    keeper: Keeper
    options: HarvestOptions

    @property
    def archive(self) -> Archive:
        return self.keeper.archive

    def wiki(self) -> Wiki:
        """Raises UnusableSource before the wiki was asked who it is."""
        return self.keeper.wiki()

    def is_refresh(self) -> bool:
        """A harvest of this wiki came to its end before."""
        return not self.archive.harvests.is_first(self.keeper.harvest)


Performer = Callable[[Crew, Task], Awaitable[None]]
"""Does one task to its end. Raises Unanswered, Refused or ListStuck when it cannot be done."""
