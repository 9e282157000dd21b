"""Captures read into the archive: a first pass finds out what wiki this is, a second one saves what its pages tell.

What is saved and how far the reading is stand in one transaction, so that a killed reading goes on where it was.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from scraper.archive import Archive, ArchiveError, Harvest, Task
from scraper.model import Capture, Exactness, Timestamp
from scraper.problems import Problem
from scraper.readers.html import Kind as PageKind
from scraper.readers.html import Known, read_page
from scraper.sources.captured.files import FileKeeper
from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.hosts import foreign, is_of
from scraper.sources.captured.item import Given, Item, TooLarge
from scraper.sources.captured.kinds import Kind, kind_of
from scraper.sources.captured.survey import Survey
from scraper.sources.source import Progress

TASK = "captures"
BATCH_ITEMS = 500
BATCH_BYTES = 64 * 2**20
FATAL = (ArchiveError, OSError, sqlite3.OperationalError)  # the archive, or its disk; not what a page holds
NEVER = Timestamp("1970-01-01T00:00:00Z", Exactness.UNKNOWN_ZONE)
EMPTY_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
BROKEN = 500  # statuses from here on are the server's failures, no answers


def survey(given: Given, progress: Progress, most: int | None = None) -> Survey:
    """The first pass, over the first ``most`` things or all."""
    found = Survey(given.is_copy)
    for item in islice(given.items(), most):
        if isinstance(item, Problem):
            continue
        kind = kind_of(item.url, item.head)
        if kind is Kind.FILE and item.status < 300:
            found.see_file(item.url)
        capture = whole(item) if kind is Kind.ANSWER and item.status < BROKEN else None
        if isinstance(capture, Capture):
            # Whatever somebody wrote into an answer may not cost the others; the second pass reports it.
            with suppress(Exception):
                found.see(capture)
            progress.show("looked at", found.answers, None)
    return found


def whole(item: Item) -> Capture | Problem:
    """The capture, or why there is none."""
    try:
        return item.capture()
    except TooLarge as error:
        return Problem("capture-too-large", item.place, str(error))
    except DAMAGES as error:
        return Problem("capture-damaged", item.place, f"its bytes are cut or damaged: {error}")


def unreadable(place: str, error: Exception) -> Problem:
    """What nobody foresaw."""
    return Problem("capture-unreadable", place, f"{type(error).__name__}: {error}")


class CaptureReading:
    """The second pass, in transactions that also say how far it is.

    Only these ``hosts`` are believed, all where it is empty; what others tell of pages is named.
    """

    def __init__(self, archive: Archive, harvest: Harvest, known: Known, hosts: Set[str], progress: Progress) -> None:
        self._archive = archive
        self._harvest = harvest
        self._known = known
        self._hosts = hosts
        self._progress = progress
        self.counts: Counter[str] = Counter()

    def run(self, given: Given, task: Task) -> None:
        """Everything in the containers, from where an earlier process ended."""
        done = self._resume(task)
        items = given.items()
        for _ in islice(items, done):
            pass
        while batch := self._save_batch(items, task, done):
            done += batch
            self._progress.show("captures", done, None)

    def _resume(self, task: Task) -> int:
        if not task.cursor:
            return 0
        self.counts.update(task.cursor["counts"])
        return int(task.cursor["done"])

    def _save_batch(self, items: Iterator[Item | Problem], task: Task, done: int) -> int:
        """How many things were read; 0 at the end."""
        size = count = 0
        with self._archive.transaction():
            for item in items:
                count += 1
                size += self._read(item)
                if count >= BATCH_ITEMS or size >= BATCH_BYTES:
                    break
            self._archive.frontier.advance(task, {"done": done + count, "counts": dict(self.counts)})
        return count

    def _read(self, item: Item | Problem) -> int:
        """How many bytes of it were held in memory."""
        if isinstance(item, Problem):
            self._archive.report(item)
            return 0
        if not item.head and item.status < 300 and EMPTY_PAGE.search(item.url):
            self._archive.report(Problem("capture-damaged", item.place, "it is empty"))
        kind = kind_of(item.url, item.head)
        if kind is not Kind.ANSWER or item.status >= BROKEN:
            self.counts["server failures" if item.status >= BROKEN else f"{kind}s"] += 1
            return 0
        capture = whole(item)
        if isinstance(capture, Problem):
            self._archive.report(capture)
            return 0
        if item.cut:
            self._archive.report(Problem("capture-damaged", item.place, item.cut))
            capture = replace(capture, taken_at=NEVER)  # so that any whole one is newer
        self._save(capture, item.place)
        return len(capture.body)

    def _save(self, capture: Capture, place: str) -> None:
        """Whatever somebody wrote into a page may not cost the others."""
        try:
            with self._archive.attempt():
                self._save_facts(capture)
        except FATAL:
            raise
        except Exception as error:
            self._archive.report(unreadable(place, error))

    def _save_facts(self, capture: Capture) -> None:
        found = read_page(capture, self._known)
        if found.reading.facts and not is_of(capture.url, self._hosts):
            self.counts["of other hosts"] += 1
            self._archive.report(foreign(capture.url))
            return
        self.counts[found.what.kind] += 1
        if found.what.kind is PageKind.OTHER:
            return
        capture_id = self._archive.harvests.record(self._harvest, capture)
        for fact in found.reading.facts:
            self._archive.save(fact, capture_id)
        for problem in found.reading.problems:
            self._archive.report(problem)


def keep_files(archive: Archive, keeper: FileKeeper, given: Given, progress: Progress) -> None:
    """The last pass, for the bytes of files and of thumbnails: their versions are known by now."""
    with keeper:
        for batch in _batches(_originals(given.items())):
            with archive.transaction():
                for item in batch:
                    keeper.keep(item)
            progress.show("files", keeper.kept, None)


def _originals(items: Iterable[Item | Problem]) -> Iterator[Item]:
    for item in items:
        if not isinstance(item, Problem) and kind_of(item.url, item.head) is Kind.FILE and item.status < 300:
            yield item


def _batches(items: Iterator[Item]) -> Iterator[Iterator[Item]]:
    """An item can be read only until the next one is asked for, so batches are as lazy as what they are cut from."""
    for first in items:
        yield chain([first], islice(items, BATCH_ITEMS - 1))
