"""Encodings and compressions, told by what a file begins with; and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import py7zr
import pytest
from backports import zstd

from scraper.archive import Archive
from scraper.readers.dump import NotADump, UnreadableBytes
from scraper.sources import HarvestOptions, UnusableSource, recognise
from scraper.sources.dump.compression import unpacked
from tests.captured.recovering import Quiet
from tests.dump.reading import ROOT, as_text, facts, harvest, problems, read
from tests.dump.test_damage import WHOLE, dump


def seven_zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with py7zr.SevenZipFile(packed, "w") as archive:
        archive.writestr(data, "wiki.xml")
    return packed.getvalue()


def zipped(data: bytes, *more: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("wiki.xml", *more):
            archive.writestr(name, data)
    return packed.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".bz2": bz2.compress,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    ".zst": zstd.compress,
    ".7z": seven_zip,
    ".zip": zipped,
}
STREAMS = [name for name in PACKERS if name not in ("", ".7z", ".zip")]


def unpack(path: Path) -> bytes:
    with unpacked(str(path)) as chunks:
        return b"".join(chunks)


@pytest.mark.parametrize("suffix", PACKERS)
def test_unpacks(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wiki.xml{suffix}"
    path.write_bytes(PACKERS[suffix](WHOLE))
    assert unpack(path) == WHOLE


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_wrong_name_does_not_matter(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "wiki.xml"
    path.write_bytes(PACKERS[suffix](WHOLE))
    assert unpack(path) == WHOLE


@pytest.mark.parametrize("suffix", [".bz2", ".gz", ".xz", ".zst"])
def test_unpacks_several_streams_in_one_file(tmp_path: Path, suffix: str) -> None:
    """Wikimedia's multistream dumps, and what `cat` makes of several."""
    path = tmp_path / f"wiki.xml{suffix}"
    path.write_bytes(
        b"".join(PACKERS[suffix](WHOLE[start : start + 300_000]) for start in range(0, len(WHOLE), 300_000))
    )
    assert unpack(path) == WHOLE


@pytest.mark.parametrize("suffix", [*STREAMS, ".7z"])
def test_keeps_what_a_cut_file_holds(tmp_path: Path, suffix: str) -> None:
    import random

    noise = random.Random(5).randbytes(3 * 2**20)
    path = tmp_path / f"wiki.xml{suffix}"
    packed = PACKERS[suffix](noise)
    path.write_bytes(packed[: len(packed) * 2 // 3])
    got = b""
    if suffix == ".7z":  # its directory stands at its end
        with pytest.raises(UnusableSource, match="damaged 7z"):
            unpack(path)
        return
    with pytest.raises(UnreadableBytes, match="cut or damaged"), unpacked(str(path)) as chunks:
        for chunk in chunks:
            got += chunk
    assert noise.startswith(got)
    assert len(got) > len(noise) // 4


@pytest.mark.parametrize("suffix", STREAMS)
def test_a_small_cut_file_is_a_problem_not_a_crash(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wiki.xml{suffix}"
    path.write_bytes(PACKERS[suffix](dump(1, 3_000))[:-20])
    try:
        assert not harvest(path, tmp_path / "archive")
    except UnusableSource as error:  # where blocks are longer than this dump, nothing can be read
        assert suffix in (".bz2", ".zst")
        assert "cut or damaged" in str(error)


def test_a_damaged_7z_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    packed = bytearray(seven_zip(WHOLE))
    packed[200:260] = bytes(60)
    path = tmp_path / "wiki.xml.7z"
    path.write_bytes(packed)
    with pytest.raises(UnreadableBytes, match="7z archive is cut or damaged"):
        unpack(path)


def test_a_7z_that_nobody_reads_to_its_end_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "wiki.xml.7z"
    path.write_bytes(seven_zip(b"<mediawiki>" + b"a" * 2**25))
    with unpacked(str(path)) as chunks:
        assert next(chunks).startswith(b"<mediawiki>")


def test_a_7z_without_py7zr_is_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wiki.xml.7z"
    path.write_bytes(seven_zip(WHOLE))
    monkeypatch.setitem(sys.modules, "py7zr", None)
    with pytest.raises(UnusableSource, match=r"pip install wikicompost\[7z\]"):
        unpack(path)


@pytest.mark.parametrize("suffix", [".bz2", ".zst", ""])
def test_reads_standard_input(tmp_path: Path, suffix: str) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.dump.reading import harvest; "
        "sys.exit(not harvest('-', Path(sys.argv[1])))"
    )
    subprocess.run(
        [sys.executable, "-c", script, tmp_path / "piped"],
        input=PACKERS[suffix](WHOLE),
        check=True,
        cwd=ROOT,
    )
    given = tmp_path / "wiki.xml"
    given.write_bytes(WHOLE)
    harvest(given, tmp_path / "given")
    assert facts(tmp_path / "piped") == facts(tmp_path / "given")


def test_the_keyboard_is_no_dump() -> None:
    """Nobody waits in front of a program that waits for a dump to be typed."""
    script = "from scraper.sources.dump.compression import unpacked; unpacked('-').__enter__()"
    ours, theirs = os.openpty()
    done = subprocess.run([sys.executable, "-c", script], stdin=theirs, capture_output=True, cwd=ROOT, check=False)
    os.close(ours)
    os.close(theirs)
    assert b"UnusableSource: standard input is the keyboard" in done.stderr


TEXT = '<mediawiki version="0.10"><siteinfo><sitename>Été — 水車</sitename></siteinfo></mediawiki>'
LATIN = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + TEXT.replace("水車", "ç").replace("—", "-")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_reads_other_encodings(encoding: str) -> None:
    assert as_text(read(TEXT.encode(encoding))) == as_text(read(TEXT.encode()))


def test_reads_a_declared_encoding() -> None:
    assert "'Été - ç'" in as_text(read(LATIN.encode("latin-1")))


@pytest.mark.parametrize(
    ("declared", "encoding"), [("utf-16", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-8", "latin-1"), ("", "latin-1")]
)
def test_a_wrong_declaration_does_not_matter(declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    assert "'Été - ç'" in as_text(read(LATIN.replace(LATIN.partition("\n")[0], head).encode(encoding)))


def test_one_wrong_byte_is_no_encoding() -> None:
    data = TEXT.replace("Été — 水車", "Verger\xe9").encode("latin-1")
    assert [problem.code for problem in problems(read(data))] == ["dump-damaged"]


def test_a_zip_without_its_end_is_read(tmp_path: Path) -> None:
    """Its directory stands there."""
    whole = zipped(WHOLE)
    path = tmp_path / "wiki.xml"
    path.write_bytes(whole[: whole.index(b"PK\1\2")])
    assert unpack(path) == WHOLE
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableBytes, match="before the dump in it"):
        unpack(path)
    path.write_bytes(b"PK\3\4")
    with pytest.raises(UnusableSource, match="nothing can be read of it"):
        unpack(path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "'nothing'"),
        (b"<!DOCTYPE html><html></html>", "DOCTYPE"),
        (
            b'<?xml version="1.0"?><!-- x --><!doctype mediawiki [<!ENTITY a "aaaa">]><mediawiki>&a;</mediawiki>',
            "DOCTYPE",
        ),
        (b"<html>Login required</html>", "<html>"),
        (b"%PDF-1.7", "%PDF"),
        (b'<?xml version="1.0" encoding="zlib"?><mediawiki/>', "zlib"),
        (b'<?xml version="1.0" encoding="nonsense"?><mediawiki/>', "nonsense"),
    ],
)
def test_refuses_what_is_no_dump(data: bytes, told: str) -> None:
    with pytest.raises(NotADump, match=told):
        read(data)


def test_an_unusable_source_says_what_it_is(tmp_path: Path) -> None:
    given = tmp_path / "wiki.xml"
    given.write_text("<html>")
    with pytest.raises(UnusableSource, match=r"wiki\.xml is no MediaWiki dump: it does not begin"):
        harvest(given, tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.site() is None


@pytest.mark.parametrize("suffix", [name for name in PACKERS if name not in ("", ".7z")])
def test_a_dump_is_known_by_what_it_begins_with(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "download"
    path.write_bytes(PACKERS[suffix](WHOLE))
    assert recognise(str(path)).name == "dump"


def test_a_zip_file_of_several_is_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    path.write_bytes(zipped(WHOLE, "other.xml"))
    assert recognise(str(path)).name == "copy"


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"page", "revision", "text"}, "MediaWiki's own database"),
        ({"mw_page", "mw_revision"}, "MediaWiki's own database"),
        ({"page", "notes"}, "something else than a wiki"),
        ({"harvests", "frontier", "pages", "revisions"}, "has to be called archive.db"),
    ],
)
def test_what_a_database_is(tmp_path: Path, tables: set[str], told: str) -> None:
    path = tmp_path / "wiki.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for table in tables:
            connection.execute(f"CREATE TABLE {table} (a)")
    with pytest.raises(UnusableSource, match=told):
        recognise(str(path)).probe(str(path), HarvestOptions())
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("wiki.sql", b"-- MySQL dump", "load it into a MediaWiki"),
        ("wiki.sql.gz", gzip.compress(b"-- MySQL dump", mtime=0), "load it into a MediaWiki"),
        ("backup", b"-- phpMyAdmin SQL Dump\n-- version 5.1\n\nSET NAMES utf8;", "load it into a MediaWiki"),
        ("backup.gz", gzip.compress(b"/*M!999999 */\n-- MariaDB dump 10.19", mtime=0), "load it into a MediaWiki"),
        ("wiki.dump", b"PGDMP\x01\x0e", "load it into a MediaWiki"),
        ("db.zip", zipped(b"--\nDROP TABLE IF EXISTS `page`;\nCREATE TABLE `page` ("), "load it into a MediaWiki"),
        ("abstract.xml", b"<feed>\n<doc>\n<title>Wikipedia: A</title>", "list of abstracts"),
        ("index.txt.bz2", bz2.compress(b"568:10:Verger\n568:12:Mare\n"), "index of a multistream dump"),
        ("titles.gz", gzip.compress(b"page_title\nVerger\n", mtime=0), "list of titles"),
        ("changes.xml", b'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">', "web feed"),
        ("entities.xml", b"<hibernate-generic datetime='2020'>", "export of Confluence"),
        ("WebHome.xml", b'<?xml version="1.1"?>\n<xwikidoc version="1.4">', "export of XWiki"),
        ("wiki.zim", b"ZIM\x04", "look for a dump"),
        ("wiki.rar", b"Rar!\x1a\x07\x00", "unpack it"),
        ("book.pdf", b"%PDF-1.7", "is a PDF"),
        ("wiki.xml.7z.001", seven_zip(WHOLE)[:100], "join all of them"),
        ("wiki.xml", b"<!DOCTYPE html><pre>&lt;mediawiki version=&quot;0.11&quot;", "a browser saved it"),
    ],
)
def test_what_people_take_for_a_dump(tmp_path: Path, name: str, content: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    source = recognise(str(path))
    with Archive.open(tmp_path / "archive", create=True) as archive, pytest.raises(UnusableSource, match=advice):
        source.harvest(str(path), archive, HarvestOptions(), Quiet())
