"""Keeping: what one answer said, and how far its list is now, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scraper.archive import Archive, Harvest
from scraper.eras import offers
from scraper.model import Capture, Fact
from scraper.problems import Problem
from scraper.readers.reading import Reading
from scraper.sources.source import Progress, UnusableSource
from scraper.titles import TitleParser

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Wiki:
    """What reading this wiki's answers needs to know of it; ``api_url`` is ``""`` where the API is closed."""

    api_url: str
    index_url: str
    language: str
    has_slots: bool
    titles: TitleParser


class Keeper:
    """The archive as one harvest sees it."""

    def __init__(self, archive: Archive, harvest: Harvest, progress: Progress) -> None:
        self.archive = archive
        self.harvest = harvest
        self.progress = progress
        self._shown: dict[str, int] = {}

    @property
    def harvest_id(self) -> int:
        return self.harvest.harvest_id

    def keep(self, captures: Iterable[Capture], reading: Reading, *steps: Step) -> None:
        """All of it or nothing: facts, problems, captures, and whatever else belongs to them."""
        with self.archive.transaction():
            capture_id = None
            for capture in captures:
                capture_id = self.archive.harvests.record(self.harvest, capture)
            for fact in reading.facts:
                self.archive.save(fact, capture_id)
            for problem in reading.problems:
                self.archive.report(problem)
                if problem.code == "text-lost":
                    self.archive.resolve("text-missing", problem.where)
            for step in steps:
                step()

    def save(self, facts: Iterable[Fact]) -> None:
        """Facts that need no capture."""
        self.keep((), Reading.of(facts))

    def report(self, problem: Problem) -> None:
        """A problem by itself."""
        self.keep((), Reading(problems=(problem,)))

    def note_shape(self, url: str, misshapen: tuple[str, ...]) -> None:
        """What nobody could read in the answer to this question, or that all of it is well."""
        if misshapen:
            self.report(Problem("answer-unreadable", url, "left out: " + "; ".join(misshapen)))
        else:
            self.keep((), Reading(), lambda: self.archive.resolve("answer-unreadable", url))

    def note_change(self) -> None:
        """Inside a transaction: the wiki is not what it was at the last harvest."""
        self.archive.set_cursor("changed", self.harvest_id)

    def has_changed(self) -> bool:
        """Whether this harvest has noted a change."""
        return bool(self.archive.cursor("changed") == self.harvest_id)

    def show(self, stage: str, more: int, statistic: str | None) -> None:
        """So many more things of this stage; ``statistic`` is the wiki's own name for their total."""
        self._shown[stage] = self._shown.get(stage, 0) + more
        self.progress.show(stage, self._shown[stage], self._statistics().get(statistic or ""))

    def _statistics(self) -> dict[str, int]:
        """The wiki's own counts, as its siteinfo gave them at the beginning."""
        return self.archive.cursor("statistics") or {}

    def wiki(self) -> Wiki:
        """The wiki as the archive knows it. Raises UnusableSource before its siteinfo was read."""
        site = self.archive.site()
        if site is None or site.index_url is None:
            raise UnusableSource("The archive does not know where the wiki is. Give the wiki's address again.")
        slots = offers(site.generator, "slots")
        return Wiki(site.api_url or "", site.index_url, site.language, slots, self.archive.titles())
