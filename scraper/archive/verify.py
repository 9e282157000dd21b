"""Re-read the whole archive off line: every text, every file, every number that should agree with another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scraper.archive import coverage
from scraper.archive.blobs import Blobs, DamagedBlob
from scraper.archive.texts import DamagedText, read_texts
from scraper.problems import Problem

Shower = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what was found wrong. ``is_complete`` also wants a ledger that is not short."""

    texts: int
    blobs: int
    damages: tuple[Problem, ...]
    is_complete: bool


def verify(connection: sqlite3.Connection, blobs: Blobs, show: Shower) -> Verification:
    """Check everything; ``show(stage, done, total)`` is called as it goes. Writes nothing."""
    damages = [
        *_database(connection),
        *_texts(connection, show),
        *_revisions(connection),
        *_blobs(connection, blobs, show),
    ]
    return Verification(
        _number(connection, "SELECT count(*) FROM texts"),
        _number(connection, "SELECT count(*) FROM blobs"),
        tuple(damages),
        not damages and coverage.is_complete(connection) and _ledger_holds(connection),
    )


def _database(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in connection.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Problem("archive-damaged", "archive.db", message)
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Problem("archive-damaged", f"{table} row {row_id}", f"refers to a row of {parent} that is not there")


def _texts(connection: sqlite3.Connection, show: Shower) -> Iterator[Problem]:
    total = _number(connection, "SELECT count(*) FROM texts")
    for done, (text_id, text) in enumerate(read_texts(connection), 1):
        if isinstance(text, DamagedText):
            yield from _damaged_text(connection, text_id, text.reason)
        if done % 1000 == 0 or done == total:
            show("texts", done, total)


def _damaged_text(connection: sqlite3.Connection, text_id: int, reason: str) -> Iterator[Problem]:
    rows = connection.execute("SELECT rev_id, page_id FROM revisions WHERE text_id = ?", (text_id,)).fetchall()
    for rev_id, page_id in rows:
        yield Problem("text-damaged", f"revision {rev_id}", reason, page_id=page_id, rev_id=rev_id)


def _revisions(connection: sqlite3.Connection) -> Iterator[Problem]:
    """What a revision says of its text must be what the text says of itself, and current texts must be theirs."""
    disagreeing = connection.execute(
        "SELECT rev_id, page_id, 'its SHA-1 is not its text''s' FROM revisions r JOIN texts t USING (text_id)"
        " WHERE r.sha1 != t.sha1"
        " UNION ALL SELECT rev_id, page_id, 'its size is not its text''s' FROM revisions r JOIN texts t USING (text_id)"
        " WHERE r.size != t.size"
        " UNION ALL SELECT c.rev_id, c.page_id, 'the current text is not the current revision''s'"
        " FROM current_texts c JOIN revisions r USING (rev_id) JOIN texts t USING (text_id)"
        " WHERE length(CAST(c.text AS BLOB)) != t.size"
    ).fetchall()
    for rev_id, page_id, what in disagreeing:
        yield Problem("text-damaged", f"revision {rev_id}", what, page_id=page_id, rev_id=rev_id)


def _blobs(connection: sqlite3.Connection, blobs: Blobs, show: Shower) -> Iterator[Problem]:
    total = _number(connection, "SELECT count(*) FROM blobs")
    rows = connection.execute("SELECT path, sha1 FROM blobs ORDER BY blob_id")
    for done, (path, sha1) in enumerate(rows, 1):
        try:
            blobs.check(path, sha1)
        except DamagedBlob as damage:
            yield Problem("file-damaged", path, str(damage))
        show("files", done, total)


def _ledger_holds(connection: sqlite3.Connection) -> bool:
    """The ledger written at the last harvest still says what is here."""
    for kind, _, origin, query in coverage.COUNTS:
        for namespace_id, _, held, _ in connection.execute(query).fetchall():
            row = connection.execute(
                "SELECT held FROM coverage WHERE kind = ? AND namespace_id IS ? AND origin = ?",
                (kind, namespace_id, origin),
            ).fetchone()
            if row is None or row[0] != (held or 0):
                return False
    return True


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
