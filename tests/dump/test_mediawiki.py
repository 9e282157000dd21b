"""A dump that a real MediaWiki made of itself, compared row by row with MediaWiki's own database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.dump.reading import harvest
from tests.harvest import kept
from tests.harvest.test_live import assert_same
from tests.lab.logparams import as_api
from tests.lab.rows import RESTRICTED, TEXT, USER, FileVersion, Revision
from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki


@pytest.fixture(scope="module")
def dumped(whole_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The archive of everything that MediaWiki's own dumps say: history, files with their content, logs."""
    folder = tmp_path_factory.mktemp("dump")
    history = f"--output=gzip:{folder / 'wiki-history.xml.gz'}"
    whole_wiki.maintenance(
        "dumpBackup", "--full", "--uploads", "--include-files", "--schema-version=0.11", "--quiet", history
    )
    whole_wiki.maintenance("dumpBackup", "--logs", "--quiet", f"--output=bzip2:{folder / 'wiki-logging.xml.bz2'}")
    harvest(folder, folder / "archive")
    connection = sqlite3.connect(folder / "archive" / "archive.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def truth(whole_wiki: RealWiki) -> Truth:
    return Truth(whole_wiki.database)


def test_pages(dumped: sqlite3.Connection, truth: Truth) -> None:
    wanted = [replace(page, touched="", protections=(), properties={}) for page in truth.pages()]
    found = [replace(page, touched="", protections=(), properties={}) for page in kept.pages(dumped)]
    assert_same(wanted, found, lambda page: page.page_id)


def test_revisions(dumped: sqlite3.Connection, truth: Truth) -> None:
    wanted = [as_dumped(revision) for revision in truth.revisions()]
    assert_same(wanted, kept.revisions(dumped), lambda revision: revision.rev_id)


def as_dumped(revision: Revision) -> Revision:
    """A dump tells no tags, and not whether administrators may see what is hidden."""
    return replace(revision.public(), tags=(), deleted=revision.deleted & ~RESTRICTED)


def test_log_events(dumped: sqlite3.Connection, truth: Truth) -> None:
    names = dict(dumped.execute("SELECT name, namespace_id FROM namespaces").fetchall())
    wanted = [
        replace(
            event.public(),
            tags=(),
            params=as_api(event.public(), names),
            page_id=0,
            deleted=event.deleted & ~RESTRICTED,
        )
        for event in truth.log_events()
    ]
    assert_same(wanted, kept.log_events(dumped), lambda event: event.log_id)


def test_file_versions(dumped: sqlite3.Connection, truth: Truth) -> None:
    wanted = [file_as_dumped(version) for version in truth.file_versions()]
    assert_same(wanted, kept.file_versions(dumped), lambda version: (version.name, version.timestamp))


def file_as_dumped(version: FileVersion) -> FileVersion:
    """An empty comment is not told from a hidden one; of a hidden file there are no bytes, and nothing says why."""
    public = version.public()
    unsaid: dict[str, Any] = {"width": None, "height": None, "mime": None}
    seen = replace(public, **unsaid, comment=public.comment or None, deleted=public.deleted & USER)
    return replace(seen, archive_name=version.archive_name)


def test_what_the_dump_has_no_bytes_of_is_a_problem(dumped: sqlite3.Connection, truth: Truth) -> None:
    hidden = [version.archive_name for version in truth.file_versions() if version.deleted & TEXT]
    assert hidden
    subjects = [row["subject"] for row in dumped.execute("SELECT subject FROM problems WHERE severity = 'short'")]
    assert subjects == [f"file {archive_name}" for archive_name in hidden]


def test_every_file_is_beside_the_archive(dumped: sqlite3.Connection) -> None:
    folder = Path(dumped.execute("PRAGMA database_list").fetchone()["file"]).parent
    paths = [folder / row["path"] for row in dumped.execute("SELECT path FROM blobs")]
    assert paths
    assert all(path.is_file() for path in paths)
