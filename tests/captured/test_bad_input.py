"""What is no wiki, or means harm: a clear message, the rest is saved, nothing is written elsewhere."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.cli import main
from tests.captured.warcs import gzipped, page, response
from tests.harvest import running

UNUSABLE, SHORT, COMPLETE = 2, 1, 0
PLAIN = b"<!DOCTYPE html><html><head><title>Shop</title></head><body>We sell rakes.</body></html>"
ENGINES = {
    "DokuWiki": b'<html><head><meta name="generator" content="DokuWiki"/></head><body>x</body></html>',
    "YesWiki": b'<html><head><meta name="generator" content="YesWiki"></head><body>x</body></html>',
    "WakkaWiki": b'<html><head></head><body><a href="wakka.php?wiki=PagePrincipale">x</a></body></html>',
    "PmWiki": b"<html><head><!--HTMLHeader--></head><body><ul id='wikicmds'></ul></body></html>",
    "Confluence": b'<html><head><meta name="ajs-page-id" content="1"></head><body>x</body></html>',
}


def harvest(source: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["harvest", str(source), "--to", str(folder), "--quiet", *options])


def titles(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return [row[0] for row in connection.execute("SELECT title FROM pages ORDER BY 1")]


def problems(folder: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return connection.execute("SELECT code, subject, detail FROM problems ORDER BY problem_id").fetchall()


def said(result: Result) -> str:
    assert "Traceback" not in result.output, result.output
    return result.output


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """An empty folder to put a copy in."""
    (tmp_path / "copy").mkdir()
    return tmp_path / "copy"


def test_an_empty_folder(copy: Path, tmp_path: Path) -> None:
    result = harvest(copy, tmp_path / "archive")
    assert result.exit_code == UNUSABLE
    assert "is empty" in said(result)
    assert not (tmp_path / "archive").exists()


def test_no_pages(copy: Path, tmp_path: Path) -> None:
    (copy / "notes.txt").write_text("rakes")
    result = harvest(copy, tmp_path / "archive")
    assert (result.exit_code, "no page of a wiki" in said(result)) == (UNUSABLE, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("data/attic/start.1577836800.txt.gz", "the data of DokuWiki"),
        ("wakka.config.php", "a YesWiki or WakkaWiki"),
        ("wiki.d/Main.HomePage", "the data of PmWiki"),
        ("pages/FrontPage/revisions/00000001", "the data of MoinMoin"),
        ("data/Main/WebHome.txt", "the data of TWiki"),
        ("Export/Jardin 0123456789abcdef0123456789abcdef.md", "an export of Notion"),
        ("exportDescriptor.properties", "an export of Confluence"),
        ("LocalSettings.php", "the program of MediaWiki"),
        ("backup/wiki.sql.gz", "load it into a MediaWiki"),
        ("a/ab/Mare.jpg", "give a dump of their wiki"),
    ],
)
def test_folders_of_something_else(copy: Path, tmp_path: Path, name: str, told: str) -> None:
    place = copy / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"...")
    result = harvest(copy, tmp_path / "archive")
    assert (result.exit_code, told in " ".join(said(result).split())) == (UNUSABLE, True), said(result)


def test_pages_of_no_wiki(copy: Path, tmp_path: Path) -> None:
    (copy / "index.html").write_bytes(PLAIN)
    result = harvest(copy, tmp_path / "archive")
    assert (result.exit_code, "none of them made by MediaWiki" in said(result)) == (UNUSABLE, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_other_engines(copy: Path, tmp_path: Path, engine: str) -> None:
    (copy / "index.html").write_bytes(ENGINES[engine])
    result = harvest(copy, tmp_path / "archive")
    assert (result.exit_code, f"made by {engine}" in said(result)) == (UNUSABLE, True)


def test_another_engine_on_line(copy: Path, served: Callable[[Path], str], tmp_path: Path) -> None:
    (copy / "index.html").write_bytes(ENGINES["DokuWiki"])
    command = [*running.command(served(copy), tmp_path / "archive")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "made by DokuWiki" in done.stderr) == (UNUSABLE, True), done.stderr
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("name", ["picture.png", "nothing.warc.gz", "nothing.zip", "nothing.tar.xz", "nothing.wacz"])
def test_rubbish(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG rubbish" * 100)
    result = harvest(tmp_path / name, tmp_path / "archive")
    assert result.exit_code == UNUSABLE
    assert name in said(result)
    assert not (tmp_path / "archive").exists()


def test_nothing_there(tmp_path: Path) -> None:
    result = harvest(tmp_path / "missing", tmp_path / "archive")
    assert (result.exit_code, "missing" in said(result)) == (UNUSABLE, True)


def packed(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


PAGES = {f"wiki/{title}.html": page(title) * 50 for title in ("Accueil", "Compost", "Semis")}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_cut_tar(tmp_path: Path, mode: str) -> None:
    """What stands before the cut is saved, and the place is named."""
    path = tmp_path / "copy.tar"
    whole = packed(PAGES, mode)
    path.write_bytes(packed({**PAGES, "wiki/Zinnia.html": bytes(range(256)) * 2000}, mode)[: len(whole) - 40])
    result = harvest(path, tmp_path / "archive")
    if result.exit_code == SHORT:
        assert {"Accueil"} <= set(titles(tmp_path / "archive"))
        assert problems(tmp_path / "archive")[0][:1] == ("capture-damaged",)
    else:
        assert (result.exit_code, "copy.tar" in said(result)) == (UNUSABLE, True)


def test_a_cut_zip(tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_bytes(zipped(PAGES)[:-60])
    result = harvest(tmp_path / "copy.zip", tmp_path / "archive")
    assert (result.exit_code, "copy.zip" in said(result)) == (UNUSABLE, True)


def test_a_damaged_member(tmp_path: Path) -> None:
    content = bytearray(zipped({**PAGES, "wiki/Zinnia.html": page("Zinnia") * 50}))
    at = content.find(b"wiki/Compost.html") + 60
    content[at : at + 40] = bytes(40)
    (tmp_path / "copy.zip").write_bytes(content)
    result = harvest(tmp_path / "copy.zip", tmp_path / "archive")
    assert result.exit_code == SHORT
    assert titles(tmp_path / "archive") == ["Accueil", "Semis", "Zinnia"]
    assert "Compost" in problems(tmp_path / "archive")[0][1]


TRICKS = (
    "../../evil.html",
    "/evil.html",
    "wiki/../../evil.html",
    "..\\evil.html",
    "C:\\evil.html",
    "wiki/\x07evil.html",
)


@pytest.mark.parametrize("pack", [packed, zipped], ids=["tar", "zip"])
def test_names_that_climb(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    (tmp_path / "inside" / "deep").mkdir(parents=True)
    path = tmp_path / "inside" / "deep" / "copy.archive"
    path.write_bytes(pack({**PAGES, **{name: page(f"Tour {number}") for number, name in enumerate(TRICKS)}}))
    before = sorted(tmp_path.rglob("*"))
    result = harvest(path, tmp_path / "archive")
    assert result.exit_code == COMPLETE, said(result)
    assert "Tour 0" in titles(tmp_path / "archive")
    assert sorted(one for one in tmp_path.rglob("*") if not one.is_relative_to(tmp_path / "archive")) == before


def test_links_that_leave(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(page("Secret"))
    (copy / "Accueil.html").write_bytes(page("Accueil"))
    (copy / "Secret.html").symlink_to(tmp_path / "secret.html")
    (copy / "again").symlink_to(copy, target_is_directory=True)
    (copy / "outside").symlink_to(tmp_path, target_is_directory=True)
    harvest(copy, tmp_path / "archive")
    assert titles(tmp_path / "archive") == ["Accueil"]
    outside = [subject for code, subject, _ in problems(tmp_path / "archive") if code == "link-outside"]
    assert outside == ["copy/Secret.html", "copy/outside"]


def test_links_in_a_tar(tmp_path: Path) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo("wiki/evil.html")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        member = tarfile.TarInfo("wiki/Accueil.html")
        member.size = len(page("Accueil"))
        tar.addfile(member, io.BytesIO(page("Accueil")))
    (tmp_path / "copy.tar").write_bytes(target.getvalue())
    assert harvest(tmp_path / "copy.tar", tmp_path / "archive").exit_code == COMPLETE
    assert titles(tmp_path / "archive") == ["Accueil"]


@pytest.mark.parametrize("pack", [packed, zipped], ids=["tar", "zip"])
def test_a_bomb(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    """A page that unpacks to more than any page has is passed over."""
    bomb = b"<!DOCTYPE html><html>" + bytes(60 * 2**20)
    (tmp_path / "copy.bomb").write_bytes(pack({**PAGES, "wiki/Bombe.html": bomb}))
    harvest(tmp_path / "copy.bomb", tmp_path / "archive")
    assert titles(tmp_path / "archive") == ["Accueil", "Compost", "Semis"]
    assert [code for code, *_ in problems(tmp_path / "archive")] == ["capture-too-large"]


DEEP = 100_000
HOSTILE = {
    "nested": b"<div>" * DEEP,
    "tables": b"<table><tr><td>" * (DEEP // 10),
    "open": b"<" * DEEP,
    "attributes": b"<p " + b"a=1 " * DEEP + b">",
    "entities": b"&amp;" * DEEP,
    "zero bytes": bytes(DEEP),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages(copy: Path, tmp_path: Path, kind: str) -> None:
    """They cost themselves at most."""
    (copy / "Accueil.html").write_bytes(page("Accueil"))
    (copy / "Mauvaise.html").write_bytes(page("Mauvaise").replace(b"<p>", HOSTILE[kind] + b"<p>"))
    assert harvest(copy, tmp_path / "archive").exit_code in {COMPLETE, SHORT}
    assert "Accueil" in titles(tmp_path / "archive")


LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
ANSWERS = {
    "list": b"[" * DEEP,
    "object": b'{"query":' * DEEP,
    "laughs": b'<!DOCTYPE api [<!ENTITY a "aaaaaaaaaa">' + LAUGHS + b"]><api>&j;</api>",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_hostile_answers(tmp_path: Path, answer: str) -> None:
    records = [response("/wiki/Accueil", page("Accueil")), response("/w/api.php?action=query", ANSWERS[answer])]
    (tmp_path / "x.warc.gz").write_bytes(gzipped(records))
    assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code in {COMPLETE, SHORT}
    assert titles(tmp_path / "archive") == ["Accueil"]


def test_a_dump_with_an_entity_bomb(tmp_path: Path) -> None:
    (tmp_path / "wiki.xml").write_bytes(
        b'<!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa">' + LAUGHS + b"]>"
        b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>Accueil</title><ns>0</ns><id>1</id>'
        b"<revision><id>1</id><text>&j;</text></revision></page></mediawiki>"
    )
    result = harvest(tmp_path / "wiki.xml", tmp_path / "archive")
    assert result.exit_code in {SHORT, UNUSABLE}
    said(result)


def test_strange_titles(copy: Path, tmp_path: Path) -> None:
    """As long as MediaWiki allows, and with what other systems do not allow in names."""
    names = ["é" * 127, "CON", "nul", 'a: b* c? "d"', "trailing. ", "..."]
    for number, name in enumerate(names):
        escaped = name.replace('"', "&quot;")
        (copy / f"index__q{number:012x}.html").write_bytes(page(escaped))
    assert harvest(copy, tmp_path / "archive").exit_code == COMPLETE
    assert sorted(titles(tmp_path / "archive")) == sorted(name.strip() for name in names)
