"""Real old MediaWikis, as they were recorded, with API and Special:Export closed: everything their histories tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.closed.replayed import ReplayOfPages
from tests.harvest.replay import Recording
from tests.harvest.running import SHORT, harvest
from tests.harvest.test_recordings import TITLES, recording_or_skip, told

MINUTE = len("2017-05-25T14:56")
# A lone asterisk is how MediaWiki shows that there is no comment; HTML joins spaces, and 1.16 stored `&quot;`.
UNTELLABLE = {"*", "/* Ressources */  _ lien vers page supprimée"}


@pytest.fixture(scope="module", params=["1.16.4-en", "1.27.6-fr"])
def recording(request: pytest.FixtureRequest) -> Recording:
    return recording_or_skip(request.param)


@pytest.fixture(scope="module")
def archive(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Bare texts were recorded of one revision of each page."""
    folder = tmp_path_factory.mktemp("recorded")
    with ReplayOfPages(recording, closed=("api.php", "Export")) as replay:
        options = ("--no-files", "--no-renderings", "--concurrency", "4")
        assert harvest(f"{replay.url}/", folder, *options) == SHORT
    connection = sqlite3.connect(folder / "archive.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_all_titles(archive: sqlite3.Connection, recording: Recording) -> None:
    held = {row["title"]: row["page_id"] for row in archive.execute("SELECT * FROM pages WHERE gone_at IS NULL")}
    assert held == {page["title"]: page["pageid"] for page in recording.pages.values()}
    assert len(held) == TITLES


def test_every_revision(archive: sqlite3.Connection, recording: Recording) -> None:
    wanted = {rev_id: told(page_id, item) for rev_id, (page_id, item) in recording.revisions.items()}
    rows = archive.execute("SELECT r.*, u.name AS user FROM revisions r LEFT JOIN users u USING (user_id)")
    held = {row["rev_id"]: row for row in rows}
    assert held.keys() == wanted.keys()
    for rev_id, (page_id, moment, user, comment, is_minor, _) in wanted.items():
        row = held[rev_id]
        assert (row["page_id"], row["timestamp"][:MINUTE], row["user"]) == (page_id, moment[:MINUTE], user)
        assert bool(row["is_minor"]) == is_minor
        assert row["comment"] == (comment or "").replace("&quot;", '"') or comment in {None, *UNTELLABLE}


def test_bare_texts_tell_exact_times(archive: sqlite3.Connection, recording: Recording) -> None:
    rows = archive.execute("SELECT * FROM revisions WHERE text_id IS NOT NULL AND exactness = 'second'").fetchall()
    assert len(rows) > TITLES * 0.9
    assert {row["rev_id"]: row["timestamp"] for row in rows} == {
        row["rev_id"]: recording.revisions[row["rev_id"]][1]["timestamp"] for row in rows
    }
