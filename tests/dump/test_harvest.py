"""A dump in the archive: parts, again, newer, killed and resumed, beside what the API said."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.archive import Archive, OtherWiki
from scraper.model import Sha1, Site, Via
from scraper.sources import HarvestOptions, UnusableSource, recognise
from scraper.sources.dump import DumpSource
from scraper.sources.dump.parts import find_parts
from tests.dump.reading import CASES, ROOT, Quiet, facts, harvest
from tests.dump.test_damage import REVISIONS, dump

BEGINNING = "https://verger.example/wiki/Accueil"


def give(folder: Path, pages: int = 3, size: int = 400) -> Path:
    given = folder / "wiki.xml"
    given.write_bytes(dump(pages, size))
    return given


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    given = give(tmp_path)
    assert harvest(given, tmp_path / "archive")
    once = facts(tmp_path / "archive")
    assert harvest(given, tmp_path / "archive")
    assert facts(tmp_path / "archive") == once


@pytest.mark.parametrize("case", sorted(CASES.glob("*.xml")), ids=lambda case: case.stem)
def test_reading_any_case_again_changes_nothing(tmp_path: Path, case: Path) -> None:
    harvest(case, tmp_path / "archive")
    once = facts(tmp_path / "archive")
    harvest(case, tmp_path / "archive")
    assert facts(tmp_path / "archive") == once


def test_a_newer_dump_refreshes_and_forgets_nothing(tmp_path: Path) -> None:
    """A page that a newer dump lacks may have been deleted, or the dump is of a part of the wiki: it stays."""
    old = give(tmp_path, pages=3)
    harvest(old, tmp_path / "archive")
    newer = dump(4, 400)
    second = newer.index(b"<page><title>Arbre 2<")
    old.write_bytes(newer[:second] + newer[newer.index(b"<page><title>Arbre 3<") :])
    assert harvest(old, tmp_path / "archive")
    whole = tmp_path / "whole.xml"
    whole.write_bytes(newer)
    harvest(whole, tmp_path / "fresh")
    assert facts(tmp_path / "archive") == facts(tmp_path / "fresh")


def test_the_newest_revision_is_the_current_one(tmp_path: Path) -> None:
    """Whatever the dump's order."""
    harvest(CASES / "schema-0.3.xml", tmp_path / "archive")
    current = {row["page_id"]: row["rev_id"] for row in facts(tmp_path / "archive")["current_texts"]}
    assert current[2] == 2


def test_parts_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "wiki-20260101"
    folder.mkdir()
    for name in ("history10.xml.gz", "history2.xml", "stub.xml-p2p3.bz2", "README.txt", "titles.gz"):
        (folder / name).touch()
    assert [part.name for part in find_parts(str(folder))] == ["history2.xml", "history10.xml.gz", "stub.xml-p2p3.bz2"]
    assert DumpSource().folder_name(str(folder)) == "wiki-20260101"


def test_parts_make_one_archive(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    data = dump(6, 400)
    head, cut = data[: data.index(b"<page>")], data.index(b"<page><title>Arbre 4<")
    (folder / "wiki1.xml").write_bytes(data[:cut] + b"</mediawiki>")
    (folder / "wiki2.xml").write_bytes(head + data[cut:])
    (folder / "wiki3.xml").write_bytes(head + data[cut:])  # a repeated page
    assert harvest(folder, tmp_path / "archive")
    whole = tmp_path / "whole.xml"
    whole.write_bytes(data)
    harvest(whole, tmp_path / "whole")
    assert facts(tmp_path / "archive") == facts(tmp_path / "whole")


def test_a_stub_is_completed_by_its_texts(tmp_path: Path) -> None:
    assert not harvest(CASES / "stub.xml", tmp_path / "archive")
    assert [row["code"] for row in facts(tmp_path / "archive")["problems"]] == ["text-missing"]
    full = tmp_path / "full.xml"
    stub = (CASES / "stub.xml").read_text(encoding="utf-8")
    full.write_text(stub.replace('<text id="14" bytes="4" />', '<text bytes="4">abcd</text>'), encoding="utf-8")
    assert harvest(full, tmp_path / "archive")
    harvest(CASES / "stub.xml", tmp_path / "archive")
    assert [row["text"] for row in facts(tmp_path / "archive")["current_texts"]] == [""]
    with Archive.read(tmp_path / "archive") as archive:
        assert archive.revision_text(10) == b"abcd"


def test_what_the_api_said_of_the_wiki_stays(tmp_path: Path) -> None:
    site = Site(
        name="Le verger",
        base_url=BEGINNING,
        generator="MediaWiki 1.39.10",
        language="fr",
        main_page="Accueil",
        server="https://verger.example",
        article_path="/wiki/$1",
        script_path="/w",
        case="first-letter",
        timezone="Europe/Paris",
        license_name="",
        license_url="",
        siteinfo={},
        via=Via.API,
    )
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.transaction():
        archive.save(site)
    harvest(give(tmp_path), tmp_path / "archive")
    with Archive.read(tmp_path / "archive") as archive:
        told = archive.site()
        assert told is not None and replace(told, siteinfo={}) == site
        assert archive.connection.execute("SELECT count(*) FROM revisions").fetchone() == (3 * REVISIONS,)


def test_a_dump_of_another_wiki_is_refused(tmp_path: Path) -> None:
    given = give(tmp_path)
    harvest(given, tmp_path / "archive")
    before = facts(tmp_path / "archive")
    other = given.read_bytes().replace(b"verger.example", b"moulin.example").replace(b">Verger<", b">Moulin<")
    given.write_bytes(other)
    with pytest.raises(OtherWiki, match=r"Moulin.*https://moulin\.example.*Verger"):
        harvest(given, tmp_path / "archive")
    assert facts(tmp_path / "archive") == before
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.settle(), "a source that was refused leaves nothing to do"


KILLED = """
import os, signal, sys
from pathlib import Path
from scraper.sources.dump import source
from tests.dump.reading import harvest

class Killer:
    left = int(sys.argv[3])

keep = source._PartReading._save

def save(self, item):
    Killer.left -= 1
    if Killer.left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    keep(self, item)

source._PartReading._save = save
source.BATCH_ITEMS = 7
harvest(sys.argv[1], Path(sys.argv[2]))
"""


def killed(given: Path, folder: Path, after: int) -> bool:
    """True when it was killed after so many items, False when it came to its end first."""
    script = [sys.executable, "-c", KILLED, str(given), str(folder), str(after)]
    code = subprocess.run(script, cwd=ROOT, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("case", ["plain", "without-siteinfo", "damaged"])
def test_killed_and_resumed_equals_undisturbed(tmp_path: Path, case: str, seed: int) -> None:
    data = dump(8, 400)
    if case == "without-siteinfo":
        data = data[: data.index(b"<siteinfo>")] + data[data.index(b"</siteinfo>") + 11 :]
    if case == "damaged":
        data = data.replace(b"vision 18 ", b"vision \x0b ").replace(b"<title>Arbre 7<", b"<title><")
    given = tmp_path / "wiki.xml"
    given.write_bytes(data)
    harvest(given, tmp_path / "undisturbed")
    chance = random.Random(f"{case} {seed}")
    while killed(given, tmp_path / "killed", chance.randint(5, 40)):
        pass
    harvest(given, tmp_path / "killed")
    assert facts(tmp_path / "killed") == facts(tmp_path / "undisturbed")


def test_a_resumed_harvest_does_not_save_again_what_is_saved(tmp_path: Path) -> None:
    given = give(tmp_path, pages=8)
    assert killed(given, tmp_path / "archive", 40)
    with Archive.open(tmp_path / "archive") as archive:
        saved = archive.connection.execute("SELECT count(*) FROM revisions").fetchone()[0]
        archive.connection.execute("UPDATE revisions SET comment = 'saved before'")
    assert 20 < saved < 8 * REVISIONS
    harvest(given, tmp_path / "archive")
    comments = [row["comment"] for row in facts(tmp_path / "archive")["revisions"]]
    assert comments.count("saved before") == saved
    assert len(comments) == 8 * REVISIONS


def test_another_dump_under_the_same_name_is_read_from_its_beginning(tmp_path: Path) -> None:
    given = give(tmp_path, pages=8)
    assert killed(given, tmp_path / "archive", 40)
    given.write_bytes(dump(8, 400).replace(b"192.0.2.1", b"192.0.2.2"))
    harvest(given, tmp_path / "archive")
    assert {row["name"] for row in facts(tmp_path / "archive")["revisions"]} == {"192.0.2.2"}


def test_a_part_that_vanished_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"wiki{number}.xml").write_bytes(dump(8, 400))
    assert killed(folder, tmp_path / "archive", 40)
    (folder / "wiki2.xml").unlink()
    with pytest.raises(UnusableSource, match=r"wiki2\.xml"):
        harvest(folder, tmp_path / "archive")


@pytest.mark.parametrize(
    "given",
    ["-", "wiki.xml", "some/folder/wiki-20260101-history.xml.7z", "pages-meta-history2.xml-p1002p2003.bz2", "W.XML.GZ"],
)
def test_is_recognised(given: str) -> None:
    assert recognise(given).name == "dump"


@pytest.mark.parametrize("given", ["https://wiki.example.org/dump.xml", "wiki.example.org", "notes.txt", "xml"])
def test_is_not_claimed(given: str) -> None:
    assert not DumpSource().claims(given)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("-", "standard-input"),
        ("a/wiki-20260101-history.xml.7z", "wiki-20260101-history"),
        ("pages-meta-history2.xml-p1002p2003.bz2", "pages-meta-history2"),
    ],
)
def test_names_its_folder(given: str, name: str) -> None:
    assert DumpSource().folder_name(given) == name


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match="there is no dump at"):
        harvest(tmp_path / "wiki.xml", tmp_path / "archive")


def test_says_what_it_is(tmp_path: Path) -> None:
    lines = "\n".join(DumpSource().probe(str(give(tmp_path)), HarvestOptions()))
    assert "wiki.xml" in lines
    assert f"Verger ({BEGINNING})" in lines


def test_shows_how_far_it_is(tmp_path: Path) -> None:
    given = give(tmp_path)
    screen = Quiet()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        DumpSource().harvest(str(given), archive, HarvestOptions(), screen)
    assert screen.shown[-1] == ("revisions", 3 * REVISIONS, None)


def test_the_book_tells_of_it(tmp_path: Path) -> None:
    given = give(tmp_path)
    harvest(given, tmp_path / "archive")
    with Archive.read(tmp_path / "archive") as archive:
        last = archive.harvests.last()
        assert last is not None
        captures = archive.connection.execute("SELECT url, status, size, sha1, via FROM captures").fetchall()
    assert (last["source"], last["kind"], last["outcome"]) == (str(given), "dump", "complete")
    data = given.read_bytes()
    assert last["bytes"] == len(data)
    assert captures == [("wiki.xml", 0, len(data), Sha1.of(data).hex, "dump")]
