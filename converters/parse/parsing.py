"""From the archive's texts and renderings to its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from converters.document.limit import PAGE_SECONDS
from converters.parse.context import Context
from converters.parse.pages import PageRecords
from converters.parse.plan import make_plan, page_sources
from converters.parse.pool import Pool
from converters.parse.recordbook import RecordBook
from converters.titleset import TitleSet
from converters.wikitext.semantics import has_semantics
from scraper.archive import Archive
from scraper.model import UNKNOWN_SITE
from scraper.problems import Problem

PAGES_PER_TRANSACTION = 300
# Enough for the query planner; the whole of a large table would take as long as writing it.
ANALYSIS_LIMIT = 1000
# Forty indexes grow at once: with SQLite's usual 2 MB their pages would be written and read again all the time.
CACHE_KIB = 64 * 1024

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How pages are read: ``workers`` processes (as many as there are processors, two at most, when ``None``)."""

    workers: int | None = None
    page_seconds: float = PAGE_SECONDS


@dataclass(frozen=True, slots=True)
class ParseReport:
    """What a run did, in pages; ``doors`` counts the parsed ones by the door they came through."""

    parsed: int
    unchanged: int
    removed: int
    failed: int
    problems: int
    doors: dict[str, int]


def parse(
    archive: Archive,
    pages: Iterable[int] | None = None,
    everything: bool = False,
    progress: Progress | None = None,
    pace: Pace = Pace(),
) -> ParseReport:
    """Make the records of all living pages, or of ``pages``, that changed since they were parsed.

    With ``everything``, also of those that did not. ``progress`` is told how many pages are done, of how many.
    A run that is killed is completed by the next one. Raises WorkersBroken.
    """
    context = context_of(archive)
    plan = make_plan(archive, context, None if pages is None else frozenset(pages), everything)
    run = _Run(archive, plan.fingerprints, plan.outdated)
    removed = run.remove_gone()
    pool = Pool(context, pace.workers, pace.page_seconds)
    sources = page_sources(archive, plan.fingerprints, has_semantics(context.wiki()))
    with closing(pool.read(sources)) as answers:
        while run.take(islice(answers, PAGES_PER_TRANSACTION)):
            if progress is not None:
                progress(run.done, len(plan.fingerprints))
    run.finish()
    return ParseReport(run.doors.total(), plan.unchanged, removed, run.failed, run.problems, dict(run.doors))


def context_of(archive: Archive) -> Context:
    """What the archive knows of the wiki; a dump may say nothing."""
    titles = TitleSet(title for (title,) in archive.connection.execute("SELECT title FROM pages WHERE gone_at IS NULL"))
    return Context(archive.site() or UNKNOWN_SITE, tuple(archive.titles().namespaces.values()), titles)


class _Run:
    """Writes what the pool reads."""

    def __init__(self, archive: Archive, fingerprints: dict[int, str], outdated: frozenset[int]) -> None:
        self._archive, self._fingerprints, self._outdated = archive, fingerprints, outdated
        self._book = RecordBook(archive)
        archive.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.doors: Counter[str] = Counter()
        self.failed = self.problems = 0

    @property
    def done(self) -> int:
        return self.doors.total() + self.failed

    def remove_gone(self) -> int:
        """Take the records of pages that are no longer to have any; how many pages that were."""
        gone = sorted(self._outdated - self._fingerprints.keys())
        with self._archive.transaction():
            for page_id in gone:
                self._book.remove(page_id)
        return len(gone)

    def take(self, answers: Iterator[PageRecords | Problem]) -> bool:
        """Write some pages in one transaction; False when there are none left."""
        before = self.done
        with self._archive.transaction():
            for answer in answers:
                self._write(answer)
        return self.done > before

    def _write(self, answer: PageRecords | Problem) -> None:
        if answer.page_id in self._outdated:
            self._book.remove(answer.page_id)
        if isinstance(answer, Problem):
            self._archive.report(answer, stage="parse")
            self.failed += 1
            self.problems += 1
        else:
            self._book.write(answer, self._fingerprints[answer.page_id])
            self.doors[str(answer.door)] += 1
            self.problems += len(answer.problems)

    def finish(self) -> None:
        with self._archive.transaction():
            self._book.tie()
        self._archive.connection.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
        self._archive.connection.execute("ANALYZE")
