"""One archive: a folder with ``archive.db`` and ``files/``, opened for writing by one process, for reading by many."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper import schema
from scraper.archive import coverage, settling
from scraper.archive.blobs import Blobs
from scraper.archive.errors import ArchiveBusy, ArchiveMissing, ArchiveUnusable
from scraper.archive.frontier import Frontier
from scraper.archive.harvests import Harvests
from scraper.archive.reading import read_namespaces, read_rendering, read_rendering_of, read_site
from scraper.archive.saving import Saver
from scraper.archive.sightings import Sightings
from scraper.archive.texts import TextStore, read_text
from scraper.archive.verify import Shower, Verification, verify
from scraper.archive.wants import Wants
from scraper.model import Fact, Rendering, Site, Timestamp
from scraper.problems import Problem
from scraper.titles import TitleParser

DATABASE = "archive.db"
LOCK = "archive.lock"
CACHE_KIB = 32_768  # of the database; SHA-1 indexes are written all over the place


class Archive:
    """Facts go in with :meth:`save` inside :meth:`transaction`; everything derived is made from what stands here."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: sqlite3.Connection | None) -> None:
        self.folder = folder
        self.connection = connection
        self._lock = lock
        self.texts = TextStore(connection)
        self.blobs = Blobs(folder, connection)
        self.frontier = Frontier(connection)
        self.harvests = Harvests(connection)
        self.sightings = Sightings(connection)
        self.wants = Wants(connection)
        self._saver = Saver(connection, self.texts, self.report, self.harvests)

    @classmethod
    def open(cls, folder: Path, create: bool = False) -> Archive:
        """For writing. Raises ArchiveMissing, ArchiveBusy, or ArchiveUnusable."""
        path = folder / DATABASE
        if not path.exists() and not create:
            raise ArchiveMissing(f"there is no {DATABASE} in {folder}. `wikicompost archive` makes one.")
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder)
        try:
            return cls(folder, _connect(path), lock)
        except BaseException:
            lock.close()
            raise

    @classmethod
    def read(cls, folder: Path) -> Archive:
        """For reading only. Raises ArchiveMissing or ArchiveUnusable."""
        path = folder / DATABASE
        if not path.exists():
            raise ArchiveMissing(f"there is no {DATABASE} in {folder}. `wikicompost archive` makes one.")
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        with _translated(path):
            version = schema.version_of(connection)
        if version != len(schema.MIGRATIONS):
            raise ArchiveUnusable(
                f"{path} has schema version {version}, this wikicompost reads {len(schema.MIGRATIONS)}. "
                "Run `wikicompost parse` on it with the newest wikicompost: that brings it up to date."
            )
        return cls(folder, connection, None)

    @property
    def is_writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._lock is not None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._saver.flush()
        except BaseException:
            self.connection.execute("ROLLBACK")
            self._saver.forget()
            raise
        self.connection.execute("COMMIT")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction: where it fails, nothing of it is left, and the transaction can go on."""
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK TO attempt")
            self._saver.forget_part()
            raise
        finally:
            self.connection.execute("RELEASE attempt")

    def save(self, fact: Fact, capture_id: int | None = None) -> None:
        """Keep one fact, inside a transaction. What is known already is completed, never lost.

        ``capture_id`` is what :meth:`Harvests.record` gave for the answer that tells it: mentions of revisions need it
        for finding out in which zone that answer shows times.
        """
        self._saver.save(fact, capture_id)

    def take_strangers(self) -> None:
        """From now on, take also what does not look like the wiki that this archive holds."""
        self._saver.acquaintance.is_forced = True

    def report(self, problem: Problem, stage: str = "harvest") -> None:
        """Write a problem down, once; inside a transaction."""
        self.connection.execute(
            "INSERT INTO problems (code, severity, subject, detail, advice, page_id, rev_id, stage, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (code, subject) DO UPDATE SET detail = excluded.detail, stage = excluded.stage",
            (
                problem.code,
                problem.severity,
                problem.where,
                problem.detail,
                problem.advice,
                problem.page_id,
                problem.rev_id,
                stage,
                now().iso,
            ),
        )

    def resolve(self, code: str, where: str) -> None:
        """That problem is over."""
        self.connection.execute("DELETE FROM problems WHERE code = ? AND subject = ?", (code, where))

    def revision_text(self, rev_id: int) -> bytes | None:
        """The text of one revision, ``None`` when hidden or missing. Raises KeyError for an unknown revision."""
        row = self.connection.execute("SELECT text_id FROM revisions WHERE rev_id = ?", (rev_id,)).fetchone()
        if row is None:
            raise KeyError(rev_id)
        return None if row[0] is None else read_text(self.connection, row[0])

    def rendering(self, page_id: int) -> Rendering | None:
        """The wiki's own HTML of a page, of whichever revision it shows; ``None`` where there is none."""
        return read_rendering(self.connection, page_id)

    def rendering_of(self, rev_id: int) -> Rendering | None:
        """The wiki's own HTML of one revision, current or old; ``None`` where there is none."""
        return read_rendering_of(self.connection, rev_id)

    def site(self) -> Site | None:
        """What the wiki said of itself, ``None`` before it was asked."""
        return read_site(self.connection)

    def titles(self) -> TitleParser:
        """Titles by this wiki's rules."""
        site = self.site()
        return TitleParser(read_namespaces(self.connection), site.language if site else "")

    def cursor(self, name: str) -> Any:
        """Up to where the wiki is known under this name; ``None`` at first."""
        row = self.connection.execute("SELECT value FROM cursors WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def set_cursor(self, name: str, value: Any) -> None:
        """Remember it, inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (name, json.dumps(value)))

    def settle(self) -> bool:
        """After a harvest: current texts, coverage ledger, query statistics. True when nothing is short."""
        with self.transaction():
            settling.settle(self.connection, self._saver)
        self.connection.execute("ANALYZE")
        return self.is_complete()

    def is_complete(self) -> bool:
        """Nothing in the ledger is short, no problem says that something is missing, no list broke off."""
        return coverage.is_complete(self.connection)

    def verify(self, show: Shower = lambda *_: None) -> Verification:
        """Re-read everything off line; ``show(stage, done, total)`` is called as it goes."""
        return verify(self.connection, self.blobs, show)

    def describe(self) -> list[schema.TableDescription]:
        """What the tables and views say of themselves."""
        return schema.describe(self.connection)

    def is_blank(self) -> bool:
        """Nothing was ever harvested into it."""
        return self.harvests.last() is None

    def close(self) -> None:
        """Leave one plain file behind."""
        if self._lock is not None:
            self.connection.execute("PRAGMA optimize")
            self.connection.execute("PRAGMA journal_mode = DELETE")
            self._lock.close()
        self.connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def discard_blank(folder: Path) -> None:
    """Take away an archive into which nothing was ever harvested, and its folder if nothing else is there."""
    with Archive.open(folder) as archive:
        if not archive.is_blank():
            return
    for name in (DATABASE, LOCK):
        (folder / name).unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def now() -> Timestamp:
    """The present second."""
    return Timestamp(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _lock(folder: Path) -> sqlite3.Connection:
    """Held by an open exclusive transaction on a file of its own: it ends with the process, however it ends."""
    connection = sqlite3.connect(folder / LOCK, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise ArchiveBusy(
            f"another wikicompost is writing into {folder}. Wait until it ends, or end it; nothing is lost."
        ) from error
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    with _translated(path):
        schema.version_of(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode NORMAL survives the kill of the process; a power cut may undo the last transactions, whole.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        schema.migrate(connection)
        connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except schema.SchemaError as error:
        raise ArchiveUnusable(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ArchiveUnusable(f"{path} cannot be used: {error}. Keep a copy and run `wikicompost verify`.") from error
