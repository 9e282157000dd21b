"""What follows from an answer besides its facts: sightings, cursors, tasks for what changed, and what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scraper.archive import Task, now
from scraper.model import Fact, FileGone, Page, PageMention, RevisionGone, Timestamp
from scraper.readers.reading import Reading
from scraper.sources.live.consequences import Errand, errands_of, renaming
from scraper.sources.live.keeping import Keeper, Step
from scraper.sources.live.lists import ListKind, is_behind, key, order, place

NEWS = {"revisions", "log events"}  # lists that a refresh goes on with: whatever they hold is a change
TOTALS = {"revisions": "edits", "pages": "pages", "users": "users", "file versions listed": "images"}


class Follower:
    """The steps that belong into the transaction of an answer, and those at the end of its list."""

    def __init__(self, keeper: Keeper, is_refresh: bool) -> None:
        self._keeper = keeper
        self._archive = keeper.archive
        self._is_refresh = is_refresh
        self._page_id = 0

    def steps(self, task: Task, kind: ListKind, reading: Reading, is_last: bool) -> Iterator[Step]:
        """For one answer of a list; with the last one, what the list did not name is gone."""
        facts = [fact for fact in reading.facts if isinstance(fact, kind.fact)]
        if kind.cursor is not None:
            known = self._archive.cursor(kind.cursor)
            facts = [fact for fact in facts if fact.timestamp and is_behind(place(fact), known)]
        self._page_id = next((f.page_id for f in reading.facts if isinstance(f, PageMention)), self._page_id)
        goes_on = self._is_refresh and kind.cursor is not None  # then what is new has no known number
        self._keeper.show(kind.stage, len(facts), None if goes_on else TOTALS.get(kind.stage))
        if kind.sighting is not None:
            keys = [key(fact) for fact in facts]
            yield partial(self._archive.sightings.see, self._keeper.harvest_id, kind.sighting, keys)
        if kind.cursor is not None and facts:
            yield partial(self._archive.set_cursor, kind.cursor, max(map(place, facts), key=order))
        if self._is_refresh:
            yield from self._news(task, facts)
        if is_last:
            yield partial(self._end, task)

    def _end(self, task: Task) -> None:
        match task.kind:
            case "files" | "files of pages":
                self._files_gone()
            case "history":
                self._revisions_gone()
            case "messages" if task.params["which"] == "changed":  # asked last
                self._archive.sightings.drop_unseen_messages(self._keeper.harvest_id)
            case "protected titles":
                self._archive.sightings.drop_unseen_protected_titles(self._keeper.harvest_id)

    def _news(self, task: Task, facts: list[Fact]) -> Iterator[Step]:
        if task.kind == "pages":
            yield from map(self._adding, self._returned(facts))
        if task.kind in NEWS and facts:
            yield self._keeper.note_change
            for fact in facts:
                yield from map(self._adding, errands_of(fact))
                renamed = renaming(fact)
                if renamed is not None:
                    yield partial(self._archive.save, renamed)

    def _adding(self, errand: Errand) -> Step:
        return partial(self._archive.frontier.add, self._keeper.harvest_id, errand.kind, errand.params)

    def _returned(self, facts: list[Fact]) -> Iterator[Errand]:
        """Pages that were gone and are there again: which of their revisions came back has to be asked."""
        for fact in facts:
            if isinstance(fact, Page) and self._archive.wants.is_gone(fact.page_id):
                yield Errand("history", {"pageids": str(fact.page_id)})

    def _files_gone(self) -> None:
        unseen = self._archive.sightings.unseen_file_versions(self._keeper.harvest_id)
        whole = self._archive.sightings.unseen_files(self._keeper.harvest_id)
        for name, moment in unseen:
            if name not in whole:
                self._archive.save(FileGone(name, now(), Timestamp(moment)))
        for name in sorted(whole):
            self._archive.save(FileGone(name, now()))

    def _revisions_gone(self) -> None:
        for rev_id in self._archive.sightings.unseen_revisions(self._keeper.harvest_id, self._page_id):
            self._archive.save(RevisionGone(rev_id, now()))
