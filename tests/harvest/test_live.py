"""A fresh harvest of a real MediaWiki, compared row by row with MediaWiki's own database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.harvest import kept
from tests.harvest.running import COMPLETE, SHORT, harvest
from tests.lab.logparams import as_api
from tests.lab.rows import TEXT
from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki

UNKNOWN_MODEL = "lab-removed-extension"  # the wiki fails at pages of this content model, and so can nobody tell more


@pytest.fixture(scope="session")
def harvested(each_seeded_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The archive of a fresh harvest of each seeded wiki."""
    folder = tmp_path_factory.mktemp("live")
    assert harvest(each_seeded_wiki.url, folder) == SHORT
    connection = sqlite3.connect(folder / "archive.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def truth(each_seeded_wiki: RealWiki) -> Truth:
    return Truth(each_seeded_wiki.database)


def test_only_what_the_wiki_cannot_tell_is_short(harvested: sqlite3.Connection) -> None:
    rows = harvested.execute("SELECT code, page_id FROM problems WHERE severity = 'short' ORDER BY code").fetchall()
    models = "SELECT content_model FROM revisions WHERE page_id = ?"
    assert [row["code"] for row in rows] == ["page-unreadable", "rendering-missing", "text-missing"]
    assert {harvested.execute(models, (row["page_id"],)).fetchone()[0] for row in rows} == {UNKNOWN_MODEL}


def test_pages(harvested: sqlite3.Connection, truth: Truth) -> None:
    wanted = [page for page in truth.pages() if page.model != UNKNOWN_MODEL]
    found = [page for page in kept.pages(harvested) if page.touched]
    assert_same(wanted, found, lambda page: page.page_id)


def test_revisions(harvested: sqlite3.Connection, truth: Truth) -> None:
    found = {revision.rev_id: revision for revision in kept.revisions(harvested)}
    wanted = [revision.public() for revision in truth.revisions()]
    untold = [r.rev_id for r in wanted if r.model == UNKNOWN_MODEL]
    assert all(found[rev_id].text is None for rev_id in untold)
    wanted = [replace(r, text=None) if r.rev_id in untold else r for r in wanted]
    assert_same(wanted, found.values(), lambda revision: revision.rev_id)


def test_log_events(harvested: sqlite3.Connection, truth: Truth) -> None:
    names = dict(harvested.execute("SELECT name, namespace_id FROM namespaces").fetchall())
    wanted = [replace(event.public(), params=as_api(event.public(), names)) for event in truth.log_events()]
    # The page's id is hidden with the target.
    wanted = [replace(event, page_id=0) if event.deleted & TEXT else event for event in wanted]
    assert_same(wanted, kept.log_events(harvested), lambda event: event.log_id)


def test_file_versions(harvested: sqlite3.Connection, truth: Truth) -> None:
    wanted = [version.public() for version in truth.file_versions()]
    wanted = [replace(v, mime=None) if v.deleted & TEXT else v for v in wanted]  # hidden with the file
    assert_same(wanted, kept.file_versions(harvested), lambda version: (version.name, version.timestamp))


def test_users(harvested: sqlite3.Connection, truth: Truth) -> None:
    assert_same(truth.users(), kept.users(harvested), lambda user: user.user_id)


def test_protected_titles(harvested: sqlite3.Connection, truth: Truth) -> None:
    assert_same(truth.protected_titles(), kept.protected_titles(harvested), lambda title: (title.namespace, title.name))


def test_tags_that_mediawiki_gives_have_its_words(harvested: sqlite3.Connection) -> None:
    used = {tag for (tag,) in harvested.execute("SELECT value FROM revisions, json_each(tags) WHERE value LIKE 'mw-%'")}
    worded = {key for (key,) in harvested.execute("SELECT key FROM messages WHERE text != ''")}
    assert used
    assert {f"tag-{tag}" for tag in used} <= worded


def test_every_current_page_has_its_rendering(harvested: sqlite3.Connection, truth: Truth) -> None:
    rendered = {tuple(row) for row in harvested.execute("SELECT page_id, rev_id FROM renderings WHERE html != ''")}
    empty = {tuple(row) for row in harvested.execute("SELECT page_id, rev_id FROM renderings WHERE html = ''")}
    assert rendered | empty == {(p.page_id, p.latest) for p in truth.pages() if p.model != UNKNOWN_MODEL}
    assert not empty


def test_an_unchanged_wiki_takes_at_most_eight_requests(
    each_seeded_wiki: RealWiki, harvested: sqlite3.Connection
) -> None:
    folder = Path(harvested.execute("PRAGMA database_list").fetchone()["file"]).parent
    harvest(each_seeded_wiki.url, folder)
    last = harvested.execute("SELECT requests FROM harvests ORDER BY harvest_id DESC LIMIT 1").fetchone()
    assert last["requests"] + len(["robots.txt"]) <= 8


def test_a_small_wiki_is_complete(english_wiki: RealWiki, tmp_path: Path) -> None:
    assert harvest(english_wiki.page_url("Main Page"), tmp_path) == COMPLETE


def assert_same(wanted: Iterable[Any], found: Iterable[Any], key: Callable[[Any], Any]) -> None:
    """Equal, told by the things that are not rather than by two long lists."""
    first, second = ({key(thing): thing for thing in things} for things in (wanted, found))
    different = [(first.get(k), second.get(k)) for k in sorted({*first, *second}) if first.get(k) != second.get(k)]
    assert different == []
