"""A frozen copy that is still on line, fetched once, politely, into WARC beside the archive, and read from there.

What is to fetch stands in the archive's frontier: a killed crawl goes on with what is left.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scraper.archive import Archive, Harvest, Task
from scraper.model import Capture
from scraper.problems import Problem
from scraper.sources.captured.links import Bounds, bounds_of, kind_of_question, links_of, thumbnails_in
from scraper.sources.captured.originals import original_of, thumbnail_of
from scraper.sources.captured.pictures import stand_ins
from scraper.sources.captured.writing import Exchange, WarcWriter
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import Fault, ForbiddenByRobots, Refused, Unanswered, WikiLost
from scraper.sources.live.landing import SMALL, Landing
from scraper.sources.source import Progress

TASK, PICTURE = "address", "thumbnail"
FOLDER = "captures"
TRIES = 3
TASKS_AT_ONCE = 100
FAILURES_IN_A_ROW = 10  # then the server is gone
MISSES = 8  # of questions of one kind; a copy that has not answered one by then has none
COUNTS = "SELECT count(*), count(CASE WHEN state = 'todo' THEN 1 END) FROM frontier WHERE harvest_id = ? AND kind = ?"

Outcome = Capture | Unanswered | Refused | ForbiddenByRobots


class Crawl:
    """Fetches what belongs to the copy that ``start`` is a page of."""

    def __init__(self, asker: Asker, archive: Archive, harvest: Harvest, start: Capture, with_files: bool) -> None:
        self._asker = asker
        self._archive = archive
        self._harvest_id = harvest.harvest_id
        self._start = start
        self._bounds: Bounds = bounds_of(start)
        self._with_files = with_files
        self._captured = archive.folder / FOLDER / f"copy-{harvest.harvest_id}.warc.gz"
        self._writer = WarcWriter(self._captured)
        self._large: dict[str, Landing] = {}
        self._misses: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._failures = 0

    async def run(self, width: int, progress: Progress) -> None:
        """Until nothing is left. Raises WikiLost when the server stops answering."""
        try:
            self._save(self._start)
            while tasks := self._tasks(TASK)[:TASKS_AT_ONCE]:
                for begin in range(0, len(tasks), width):
                    await self._fetch(tasks[begin : begin + width])
                    every, left = self._archive.connection.execute(COUNTS, (self._harvest_id, TASK)).fetchone()
                    progress.show("fetched", every - left, every)
            await self._fetch_stand_ins()
        finally:
            self._writer.close()
            for landing in self._large.values():
                landing.discard()

    def _tasks(self, kind: str) -> list[Task]:
        return [task for task in self._archive.frontier.left(self._harvest_id) if task.kind == kind]

    async def _fetch_stand_ins(self) -> None:
        """Of each lost file the widest thumbnail that the copy still has."""
        tasks = self._tasks(PICTURE)
        for widest_first in stand_ins(tasks, self._captured) if tasks else ():
            for task in widest_first:
                outcome = await self._ask(task.params["url"])
                self._keep(task, outcome)
                if isinstance(outcome, Capture):
                    break
        for task in tasks:
            self._finish(task, ())

    async def _fetch(self, tasks: list[Task]) -> None:
        wanted = [task for task in tasks if not self._is_hopeless(task.params["url"])]
        outcomes = await asyncio.gather(*(self._ask(task.params["url"]) for task in wanted))
        for task, outcome in zip(wanted, outcomes, strict=True):
            self._keep(task, outcome)
        for task in tasks:
            if task not in wanted:
                self._finish(task, ())

    async def _ask(self, url: str) -> Outcome:
        try:
            return await (self._bring(url) if original_of(url) else self._asker.get(url, TRIES))
        except (Unanswered, Refused, ForbiddenByRobots) as failure:
            return failure

    async def _bring(self, url: str) -> Capture:
        """A file; a large one waits on disk, by the address that was asked."""
        landing = Landing(self._archive.folder, None)
        try:
            capture = await self._asker.get_file(url, landing, TRIES)
        except BaseException:
            landing.discard()
            raise
        landing.close()
        if landing.path.stat().st_size > SMALL:
            self._large[url] = landing
            return capture
        body = landing.path.read_bytes()
        landing.discard()
        return replace(capture, body=body)

    def _keep(self, task: Task, outcome: Outcome) -> None:
        url = task.params["url"]
        self._count(url, outcome)
        match outcome:
            case Capture() if self._bounds.hold(outcome.url):
                self._save(outcome, task)
            case Capture():
                detail = f"it leads to {outcome.url}, which is outside of the copy"
                self._finish(task, (Problem("link-outside", url, detail),))
            case Unanswered():
                self._finish(task, (Problem("answer-unreadable", url, str(outcome)),))
            case ForbiddenByRobots():
                self._finish(task, (Problem("robots-forbid", url, "robots.txt forbids it"),))
            case Refused():
                self._finish(task, ())
        if url in self._large:
            self._large.pop(url).discard()

    def _save(self, capture: Capture, task: Task | None = None) -> None:
        """The answer first: a kill between both costs a second asking, never an answer."""
        headers = [(name.encode(), value.encode("utf-8", "replace")) for name, value in capture.headers.items()]
        landing = self._large.get(task.params["url"]) if task is not None else None
        body = capture.body if landing is None else landing.path
        self._writer.write(Exchange(capture.url, b"", capture.status, headers, body, capture.taken_at))
        links = dict.fromkeys(links_of(capture, self._bounds))
        with self._archive.transaction():
            for url in links:
                if self._with_files or not original_of(url):
                    self._archive.frontier.add(self._harvest_id, TASK, {"url": url})
            for url in thumbnails_in(capture, self._bounds) if self._with_files else ():
                self._archive.frontier.add(self._harvest_id, PICTURE, {"url": url})
            if task is not None:
                self._archive.frontier.finish(task)

    def _finish(self, task: Task, problems: Iterable[Problem]) -> None:
        with self._archive.transaction():
            for problem in problems:
                self._archive.report(problem)
            self._archive.frontier.finish(task)

    def _is_hopeless(self, url: str) -> bool:
        """Links that were never converted, or only by their names, lead to the wiki that once was."""
        kind = kind_of_question(url)
        return bool(kind) and kind not in self._answered and self._misses[kind] >= MISSES

    def _count(self, url: str, outcome: Outcome) -> None:
        kind = kind_of_question(url)
        if isinstance(outcome, Capture):
            self._answered.add(kind)
        elif isinstance(outcome, Refused):
            self._misses[kind] += 1
        self._failures = self._failures + 1 if isinstance(outcome, Unanswered) and not _is_there(url, outcome) else 0
        if self._failures >= FAILURES_IN_A_ROW:
            raise WikiLost(f"the copy at {self._start.url} no longer answers: {outcome}. Run the same command later.")


def _is_there(url: str, failure: Unanswered) -> bool:
    """Whether a server that fails is there: many keep thumbnails closed, or can no longer make them."""
    return failure.fault is Fault.SERVER and thumbnail_of(url) is not None
