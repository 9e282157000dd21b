"""Real old MediaWikis, as they were recorded: every title, every live revision with text, time, user and comment."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from scraper.archive import read_text
from tests.harvest.replay import RECORDINGS, Recording, Replay
from tests.harvest.running import COMPLETE, harvest

TITLES = 134
VERSIONS = ("1.16.4-en", "1.19.2-fr", "1.23.9-en", "1.27.6-fr", "1.31.2-fr")
# The API of the recorded 1.27 throws when it is asked for its logs.
ROADS = [(version, "") for version in VERSIONS] + [("1.16.4-en", "histories"), ("1.31.2-fr", "export")]
NO_SHA1 = {"1.16.4-en", "1.19.2-fr"}  # the export of 1.19 writes it beside the revision instead of into it
TAKEN = {"1.16.4-en": "export", "1.19.2-fr": "export", "1.23.9-en": "export"}


def recording_or_skip(version: str) -> Recording:
    path = RECORDINGS / f"mediawiki-{version}.warc.gz"
    if not path.exists():
        pytest.skip(f"needs {path.name}, which is not part of the project")
    return Recording.read(path)


@pytest.fixture(params=ROADS, ids=[" ".join(filter(None, pair)) for pair in ROADS], scope="module")
def road(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def recording(road: tuple[str, str]) -> Recording:
    return recording_or_skip(road[0])


@pytest.fixture(scope="module")
def archive(
    road: tuple[str, str], recording: Recording, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The archive of a harvest; renderings were recorded of a part of the pages only."""
    folder = tmp_path_factory.mktemp("recorded")
    options = ("--road", road[1]) if road[1] else ()
    with Replay(recording) as replay:
        assert harvest(f"{replay.url}/", folder, "--no-renderings", *options) == COMPLETE
    connection = sqlite3.connect(folder / "archive.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_all_titles(archive: sqlite3.Connection, recording: Recording) -> None:
    held = {row["title"] for row in archive.execute("SELECT title FROM pages WHERE gone_at IS NULL")}
    assert held == {page["title"] for page in recording.pages.values()}
    assert len(held) == TITLES


def test_every_revision(archive: sqlite3.Connection, recording: Recording) -> None:
    wanted = {rev_id: told(page_id, item) for rev_id, (page_id, item) in recording.revisions.items()}
    rows = archive.execute("SELECT r.*, u.name AS user FROM revisions r LEFT JOIN users u USING (user_id)")
    held = {row["rev_id"]: kept(archive, row) for row in rows}
    assert {
        rev_id: (wanted.get(rev_id), held.get(rev_id))
        for rev_id in {*wanted, *held}
        if wanted.get(rev_id) != held.get(rev_id)
    } == {}


def told(page_id: int, item: dict[str, Any]) -> tuple[Any, ...]:
    comment = None if "commenthidden" in item else item.get("comment", "")
    return page_id, item["timestamp"], item.get("user"), comment, "minor" in item, item["*"]


def kept(archive: sqlite3.Connection, row: sqlite3.Row) -> tuple[Any, ...]:
    text = read_text(archive, row["text_id"]).decode()
    return row["page_id"], row["timestamp"], row["user"], row["comment"], bool(row["is_minor"]), text


def test_by_the_best_road_that_answers(archive: sqlite3.Connection, road: tuple[str, str]) -> None:
    roads = [row[0] for row in archive.execute("SELECT DISTINCT via FROM revisions")]
    wanted = road[1] or TAKEN.get(road[0], "allrevisions")
    assert roads == ["export" if wanted == "export" else "api"]


def test_hashes_are_marked_as_our_own_where_the_wiki_told_none(
    archive: sqlite3.Connection, road: tuple[str, str]
) -> None:
    computed = {bool(row[0]) for row in archive.execute("SELECT DISTINCT is_sha1_computed FROM revisions")}
    assert computed == {road[0] in NO_SHA1}


def test_hidden_parts_are_marked(archive: sqlite3.Connection) -> None:
    hidden = [json.loads(row[0]) for row in archive.execute("SELECT hidden FROM revisions WHERE hidden != '[]'")]
    assert hidden == [["comment", "user"]]


def test_both_versions_of_the_file(archive: sqlite3.Connection) -> None:
    query = "SELECT b.size, archive_name FROM file_versions JOIN blobs b USING (blob_id) ORDER BY timestamp"
    sizes = [(size, bool(name)) for size, name in archive.execute(query)]
    assert sizes == [(226, True), (228, False)]


def test_logs(archive: sqlite3.Connection, road: tuple[str, str], recording: Recording) -> None:
    rows = archive.execute("SELECT type, params FROM log_events ORDER BY log_id").fetchall()
    assert len(rows) == len(recording.listed("logevents")) or road[0].startswith("1.27")
    moves = [json.loads(row["params"]) for row in rows if row["type"] == "move"]
    assert all(move["target_title"].startswith("Compost (") for move in moves)
