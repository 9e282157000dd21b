"""How much of a wiki's history an archive made of copies holds, measured on the wiki's own database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper.archive import Archive
from scraper.sources import HarvestOptions, recognise
from tests.lab.rows import Revision
from tests.lab.truth import Truth

TO_THE_MINUTE = 16
USER_HIDDEN, COMMENT_HIDDEN = 4, 2
# [[:Page]] and [[Page]] look the same; so does the space with which a template of a comment ends.
COLON = re.compile(r"\[\[:")
HELD = """
    SELECT rev_id, timestamp, u.name, comment FROM revisions LEFT JOIN users u USING (user_id) WHERE gone_at IS NULL
"""


class Quiet:
    """Nobody looks; ``notes`` are kept."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        self.notes.append(text)


@dataclass(frozen=True, slots=True)
class Recovered:
    """Shares of the wiki's revisions, and what is missing or otherwise in the archive, for a person."""

    ids: float
    users: float
    comments: float
    minutes: float
    lacking: list[str]

    @property
    def least(self) -> float:
        return min(self.ids, self.users, self.comments, self.minutes)


def read_into(folder: Path, *sources: Path, options: HarvestOptions | None = None) -> list[str]:
    """Read copies or captures into an archive in this process; what was told."""
    quiet = Quiet()
    with Archive.open(folder, create=True) as archive:
        for source in sources:
            recognise(str(source)).harvest(str(source), archive, options or HarvestOptions(), quiet)
    return quiet.notes


def recovered(folder: Path, truth: Truth, among: Callable[[str], bool] = lambda name: True) -> Recovered:
    """Compare revision by revision, those of the pages that ``among`` names."""
    names = {page.page_id: page.name for page in truth.pages()}
    told = [revision for revision in truth.revisions() if among(names[revision.page_id])]
    with sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True) as connection:
        held = {row[0]: row[1:] for row in connection.execute(HELD)}
    shares, lacking = [], []
    for name, agrees in CHECKS.items():
        wrong = [one for one in told if one.rev_id not in held or not agrees(one, held[one.rev_id])]
        shares.append(1 - len(wrong) / len(told))
        lacking += [f"{name} of {one.rev_id} ({names[one.page_id]}): {held.get(one.rev_id)}" for one in wrong]
    return Recovered(*shares, lacking)


def _has_user(revision: Revision, held: tuple[str, str, str]) -> bool:
    return bool(revision.deleted & USER_HIDDEN) or held[1] == revision.user


def _has_comment(revision: Revision, held: tuple[str, str, str]) -> bool:
    return bool(revision.deleted & COMMENT_HIDDEN) or _plain(held[2] or "") == _plain(revision.comment)


def _has_minute(revision: Revision, held: tuple[str, str, str]) -> bool:
    return (held[0] or "")[:TO_THE_MINUTE] == revision.timestamp[:TO_THE_MINUTE]


def _plain(comment: str) -> str:
    return " ".join(COLON.sub("[[", comment).replace("\u202f", " ").split())


CHECKS: dict[str, Callable[[Revision, tuple[str, str, str]], bool]] = {
    "id": lambda revision, held: True,
    "user": _has_user,
    "comment": _has_comment,
    "minute": _has_minute,
}


def count_while_written(folder: Path, query: str) -> int:
    """What a query counts in an archive that another process writes; 0 until its tables are there.

    Before it has a write-ahead log a reader would be in its way.
    """
    if not (folder / "archive.db-wal").exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as connection:
            return int(connection.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def count(folder: Path, query: str) -> int:
    """What a query counts in an archive that nobody writes."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        return int(connection.execute(query).fetchone()[0])
