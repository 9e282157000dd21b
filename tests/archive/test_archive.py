"""The archive as a whole: one writer, one transaction, versions, a ledger that is honest."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper import schema
from scraper.archive import Archive, ArchiveBusy, ArchiveMissing, ArchiveUnusable, discard_blank, now
from scraper.model import FileVersion, Hidden, PageGone, Sha1, Timestamp, UserName, UserRenamed, Via
from tests.archive.facts import ARTICLES, TALK, page, revision


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "wiki", create=True) as opened:
        with opened.transaction():
            opened.save(ARTICLES)
            opened.save(TALK)
        yield opened


def row(archive: Archive, query: str) -> tuple[object, ...]:
    found: tuple[object, ...] = archive.connection.execute(query).fetchone()
    return found


def test_a_second_writer_is_refused_even_from_another_process(archive: Archive) -> None:
    with pytest.raises(ArchiveBusy, match="another wikicompost"):
        Archive.open(archive.folder)
    program = (
        f"from pathlib import Path; from scraper.archive import Archive; Archive.open(Path({str(archive.folder)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "ArchiveBusy" in done.stderr


def test_readers_are_welcome_while_somebody_writes(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil"))
        with Archive.read(archive.folder) as reader:
            assert row(reader, "SELECT count(*) FROM pages") == (0,)


def test_a_closed_archive_is_one_file(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as opened, opened.transaction():
        opened.save(ARTICLES)
    assert not list(tmp_path.glob("*-wal")) and not list(tmp_path.glob("*-shm"))


def test_only_an_archive_without_any_harvest_is_taken_away(tmp_path: Path) -> None:
    Archive.open(tmp_path / "blank", create=True).close()
    discard_blank(tmp_path / "blank")
    assert not (tmp_path / "blank").exists()
    with Archive.open(tmp_path / "begun", create=True) as opened, opened.transaction():
        opened.harvests.begin("https://wiki.example.org", "api", {}, now())
    (tmp_path / "begun" / "notes.txt").touch()
    discard_blank(tmp_path / "begun")
    assert (tmp_path / "begun" / "archive.db").exists()


def test_no_archive_is_an_advice(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="wikicompost archive"):
        Archive.open(tmp_path / "nothing")
    with pytest.raises(ArchiveMissing, match="wikicompost archive"):
        Archive.read(tmp_path / "nothing")


def test_other_files_and_newer_archives_are_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database, but long enough to look like one" * 30)
    with pytest.raises(ArchiveUnusable, match="SQLite"):
        Archive.open(tmp_path)
    (tmp_path / "archive.db").unlink()
    other = sqlite3.connect(tmp_path / "archive.db")
    other.execute("CREATE TABLE somebody_elses (x)")
    other.close()
    with pytest.raises(ArchiveUnusable, match="not an archive"):
        Archive.open(tmp_path)
    (tmp_path / "archive.db").unlink()
    Archive.open(tmp_path, create=True).close()
    newer = sqlite3.connect(tmp_path / "archive.db")
    newer.execute("PRAGMA user_version = 9999")
    newer.close()
    with pytest.raises(ArchiveUnusable, match="Update"):
        Archive.open(tmp_path)


def test_an_older_archive_is_migrated_in_one_transaction() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)

    def add(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE site ADD COLUMN motto TEXT")

    def fail(connection: sqlite3.Connection) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        schema.migrate(connection, [*schema.MIGRATIONS, add, fail])
    columns = [row[1] for row in connection.execute("PRAGMA table_info(site)")]
    assert "motto" not in columns
    schema.migrate(connection, [*schema.MIGRATIONS, add])
    assert "motto" in [row[1] for row in connection.execute("PRAGMA table_info(site)")]
    assert schema.version_of(connection) == len(schema.MIGRATIONS) + 1


def test_every_column_explains_itself() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    described = {table.name: table for table in schema.describe(connection)}
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_fts*'"
    ).fetchall()
    for (name,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})")]
        assert described[name].about, name
        assert list(described[name].columns) == columns, name


def test_foreign_keys_have_an_index() -> None:
    """SQLite makes none by itself; without one, Datasette's counts and our deletions scan."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    bare = []
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        indexed = {row[5] and row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5] == 1}
        for index in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
            indexed.add(connection.execute(f'PRAGMA index_info("{index[1]}")').fetchone()[2])
        keys = {row[3] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
        bare += [f"{table}.{column}" for column in sorted(keys - indexed)]
    assert bare == ["texts.base_id"]  # nothing asks what was built upon a text, and the index would be a tenth of it


def test_a_damaged_text_is_kept_out_and_a_good_one_ends_the_problem(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"right", sha1=Sha1.of(b"other")))
    assert row(archive, "SELECT code, rev_id FROM problems") == ("text-damaged", 1)
    assert archive.revision_text(1) is None
    assert not archive.settle()
    with archive.transaction():
        archive.save(revision(1, 1, b"right"))
    assert row(archive, "SELECT count(*) FROM problems") == (0,)
    assert archive.revision_text(1) == b"right"
    assert archive.settle()


def test_an_id_that_two_texts_bear_is_told(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"one"))
        archive.save(revision(1, 1, b"one"))
        assert row(archive, "SELECT count(*) FROM problems") == (0,)
        archive.save(revision(1, 1, b"other"))
    assert archive.revision_text(1) == b"other"
    detail = f"SHA-1 {Sha1.of(b'one').hex} before, {Sha1.of(b'other').hex} now"
    assert row(archive, "SELECT code, subject, detail FROM problems") == (
        "revision-twice", "revision 1", detail,
    )  # fmt: skip


def test_a_missing_text_is_a_problem_and_a_hidden_one_is_not(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 2))
        archive.save(revision(1, 1, b"gone", frozenset({Hidden.TEXT, Hidden.USER})))
        archive.save(revision(2, 1, None))
    assert archive.connection.execute("SELECT code, rev_id FROM problems").fetchall() == [("text-missing", 2)]
    assert row(archive, "SELECT hidden, user_id FROM revisions WHERE rev_id = 1") == ('["text", "user"]', None)


def test_what_the_wiki_hides_later_stays_known(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"kept"))
        archive.save(revision(1, 1, b"kept", frozenset({Hidden.TEXT, Hidden.USER, Hidden.COMMENT})))
    assert archive.revision_text(1) == b"kept"
    assert row(archive, "SELECT comment, hidden FROM revisions") == ("/* Plénière */", '["comment", "text", "user"]')


def test_a_rolled_back_transaction_leaves_no_memory(archive: Archive) -> None:
    with pytest.raises(KeyboardInterrupt), archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"text"))
        raise KeyboardInterrupt
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"text"))
    assert archive.revision_text(1) == b"text"
    assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_deleted_page_is_kept_and_marked_and_may_come_back(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"text"))
        archive.save(PageGone(1, now()))
    assert archive.settle()
    assert row(archive, "SELECT count(*) FROM pages WHERE gone_at IS NOT NULL") == (1,)
    assert row(archive, "SELECT count(*) FROM current_texts") == (0,)
    assert archive.revision_text(1) == b"text"
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"text"))
    archive.settle()
    assert row(archive, "SELECT count(*) FROM pages WHERE gone_at IS NOT NULL") == (0,)
    assert row(archive, "SELECT text FROM current_texts") == ("text",)


def test_a_renamed_user_takes_the_edits_along(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 1))
        archive.save(revision(1, 1, b"text"))
        archive.save(UserRenamed("Odile", "Odile B."))
    assert row(archive, "SELECT name FROM revisions JOIN users USING (user_id)") == ("Odile B.",)


def test_an_old_file_version_keeps_its_row_when_a_new_one_comes(archive: Archive) -> None:
    def version(minute: int, archive_name: str | None) -> FileVersion:
        moment = Timestamp(f"2017-05-25T14:{minute:02}:00Z")
        user = UserName("Odile", 3)
        return FileVersion(
            "Carte.png", moment, user, "", 3, 1, 1, "image/png", "BITMAP", 8, None, None, archive_name, Via.API
        )

    with archive.transaction():
        archive.save(version(1, None))
        blob_id = archive.blobs.save(b"abc", "Carte.png")
        archive.connection.execute("UPDATE file_versions SET blob_id = ?", (blob_id,))
        archive.save(version(2, None))
        archive.save(version(1, "20170525140200!Carte.png"))
    rows = archive.connection.execute("SELECT archive_name, blob_id FROM file_versions ORDER BY timestamp").fetchall()
    assert rows == [("20170525140200!Carte.png", blob_id), ("", None)]


def test_the_ledger_names_what_is_short(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 7))
    assert not archive.settle()
    query = "SELECT kind, namespace_id, expected, held FROM coverage WHERE held < expected AND is_binding"
    assert sorted(archive.connection.execute(query).fetchall()) == [("pages", 0, 1, 0), ("revisions", 0, 1, 0)]


def test_verify_finds_every_damage(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 2))
        archive.save(revision(1, 1, b"first " * 50))
        archive.save(revision(2, 1, b"first " * 50 + b"second"))
        archive.blobs.save(b"abc", "Carte.png")
    assert archive.settle() and archive.verify().is_complete
    (archive.folder / str(row(archive, "SELECT path FROM blobs")[0])).write_bytes(b"abd")
    archive.connection.execute("UPDATE texts SET frame = zeroblob(length(frame)) WHERE text_id = 2")
    found = archive.verify()
    assert sorted(damage.code for damage in found.damages) == ["file-damaged", "text-damaged"]
    assert not found.is_complete
    archive.connection.execute("UPDATE revisions SET sha1 = 'other' WHERE rev_id = 1")
    assert "revision 1" in {damage.where for damage in archive.verify().damages}


def test_verify_sees_rows_that_vanished(archive: Archive) -> None:
    with archive.transaction():
        archive.save(page(1, "Accueil", 2))
        archive.save(revision(1, 1, b"first"))
        archive.save(revision(2, 1, b"second"))
    assert archive.settle() and archive.verify().is_complete
    archive.connection.execute("DELETE FROM revisions WHERE rev_id = 1")
    assert not archive.verify().is_complete


def test_renderings_of_older_archives_are_kept() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection, schema.MIGRATIONS[:3])
    connection.execute("INSERT INTO renderings VALUES (7, 5, '<p>', NULL, '[]', '[]', '[]', NULL, NULL, 'api')")
    connection.execute("INSERT INTO old_renderings VALUES (1, 7, 4, '<b>', NULL, '[]', '[]', '[]', NULL, 'html')")
    schema.migrate(connection)
    assert connection.execute("SELECT rev_id, html, is_old, modified_at FROM renderings").fetchall() == [
        (5, "<p>", 0, None)
    ]
    assert connection.execute("SELECT rev_id, html, is_old FROM old_renderings").fetchall() == [(4, "<b>", 0)]
