"""Processes that read pages, and the one who watches them: no page may hold up or bring down the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import wait

from converters.document.limit import PAGE_SECONDS
from converters.parse.context import Context
from converters.parse.pages import PageRecords, PageSource, hostile
from scraper.problems import Problem

# A process that does nothing is ended too, after some times as long as a page may take.
PATIENCE = 30
# A machine under load may take long to start a process; a page has no part in that.
START_SECONDS = 60.0
MAX_WORKERS = 2
# A batch is small enough that few pages are read twice after a kill, large enough to keep a worker busy.
BATCH_PAGES = 20
BATCH_CHARACTERS = 200_000


class WorkersBroken(RuntimeError):
    """Processes that read pages cannot be started here."""


class Worker:
    """One process and what it was given to read."""

    def __init__(self, context: Context, page_seconds: float) -> None:
        self.connection, theirs = Pipe()
        self._page_seconds = page_seconds
        with theirs:
            command = [sys.executable, "-m", "converters.parse.worker", str(theirs.fileno()), str(page_seconds)]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self.connection.send(context)
        self.pending: deque[PageSource] = deque()
        self.is_ready = False
        self.heard = time.monotonic()

    @property
    def is_idle(self) -> bool:
        return self.is_ready and not self.pending

    def give(self, pages: list[PageSource]) -> None:
        self.pending.extend(pages)
        self.heard = time.monotonic()
        self.connection.send(pages)

    def hear(self) -> PageRecords | str | None:
        """The next answer; ``None`` when it says that it is ready. Raises EOFError when the process has ended."""
        try:
            answer: PageRecords | str | None = self.connection.recv()
        except ConnectionResetError as error:
            raise EOFError from error
        self.heard = time.monotonic()
        self.is_ready = True
        return answer

    def seconds_left(self) -> float:
        """Until its deadline."""
        allowed = PATIENCE * self._page_seconds if self.is_ready else START_SECONDS
        return max(0.0, self.heard + allowed - time.monotonic())

    def end(self) -> int:
        """Kill it; how it ended if it had ended by itself."""
        self.process.kill()
        self.connection.close()
        return self.process.wait()


class Pool:
    """Reads pages in several processes. Answers come as they are ready, in no order."""

    def __init__(self, context: Context, workers: int | None = None, page_seconds: float = PAGE_SECONDS) -> None:
        self._context = context
        self._size = workers or min(MAX_WORKERS, os.cpu_count() or 1)
        self._page_seconds = page_seconds
        self._workers: list[Worker] = []
        self._again: deque[PageSource] = deque()

    def read(self, pages: Iterable[PageSource]) -> Generator[PageRecords | Problem, None, None]:
        """Each page's records. A page that fails even as plain text gives only a problem.

        Raises WorkersBroken.
        """
        source = iter(pages)
        self._again.extend(islice(source, BATCH_PAGES + 1))
        needed = self._size if len(self._again) > BATCH_PAGES else min(1, len(self._again))
        try:
            self._workers += (Worker(self._context, self._page_seconds) for _ in range(needed))
            while self._feed(source):
                yield from self._listen()
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _feed(self, source: Iterator[PageSource]) -> bool:
        """Give idle workers something to read; False when all is done."""
        for worker in self._workers:
            if worker.is_idle:
                batch = self._batch(source)
                if batch:
                    worker.give(batch)
        return any(worker.pending for worker in self._workers) or bool(self._again)

    def _batch(self, source: Iterator[PageSource]) -> list[PageSource]:
        batch: list[PageSource] = []
        characters = 0
        while len(batch) < BATCH_PAGES and characters < BATCH_CHARACTERS:
            page = self._again.popleft() if self._again else next(source, None)
            if page is None:
                break
            batch.append(page)
            characters += page.size
        return batch

    def _listen(self) -> Iterator[PageRecords | Problem]:
        """Wait for the next answers or the next deadline."""
        busy = [worker for worker in self._workers if not worker.is_idle]
        first_deadline = min(worker.seconds_left() for worker in busy)
        ready = wait([worker.connection for worker in busy], first_deadline)
        overdue = [worker for worker in busy if not worker.seconds_left()]
        for worker in busy:
            if worker.connection in ready:
                yield from self._hear(worker)
            elif worker in overdue:
                yield from self._replace(worker, "its reading stood still")

    def _hear(self, worker: Worker) -> Iterator[PageRecords | Problem]:
        try:
            answer = worker.hear()
        except EOFError:
            yield from self._replace(worker, "the parser's process died")
            return
        if answer is None:
            return
        page = worker.pending.popleft()
        if isinstance(answer, str):
            yield from self._fall_back(page, answer)
        else:
            yield answer

    def _replace(self, worker: Worker, reason: str) -> Iterator[Problem]:
        """End a worker and start another; the page it was reading is to blame, those after it are not."""
        status = worker.end()
        if status == -signal.SIGPROF:
            reason = f"reading took more than {self._page_seconds:g} s"
        if not worker.pending:
            raise WorkersBroken(
                f"{sys.executable} cannot read pages: {reason} before the first one (exit status {status}). "
                "Is wikicompost installed completely?"
            )
        guilty, *rest = worker.pending
        self._again.extendleft(reversed(rest))
        self._workers[self._workers.index(worker)] = Worker(self._context, self._page_seconds)
        yield from self._fall_back(guilty, reason)

    def _fall_back(self, page: PageSource, reason: str) -> Iterator[Problem]:
        if page.hostility:
            yield hostile(page, f"{page.hostility}; as plain text: {reason}")
        else:
            self._again.append(replace(page, hostility=reason))
