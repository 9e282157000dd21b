"""Copies made of files: what names tell, what is read, merged, begun again after a kill."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from backports import zstd
from click.testing import CliRunner

from scraper.archive import OtherWiki
from scraper.cli import main
from scraper.model import Capture, Timestamp, Via
from scraper.problems import Problem
from scraper.sources import HarvestOptions, UnusableSource, recognise
from scraper.sources.captured.containers import copy_at
from scraper.sources.captured.links import Bounds, bounds_of, kind_of_question, links_of
from scraper.sources.captured.names import hint_of
from scraper.sources.captured.originals import Original, Thumbnail, original_of, thumbnail_of
from tests.captured.recovering import count, count_while_written, read_into
from tests.captured.test_bad_input import packed, zipped
from tests.captured.warcs import page
from tests.harvest.compare import differences

NAMES = [
    line.split(" → ")
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("path", "told"), NAMES)
def test_names(path: str, told: str) -> None:
    hint = hint_of(path)
    assert (f"{hint.url} ({hint.taken_at.iso})" if hint.taken_at else hint.url) == told


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("/images/b/bd/Damier.png", Original("Damier.png", None)),
        ("/w/images/archive/b/bd/20261121202742%21Damier.png", Original("Damier.png", "20261121202742!Damier.png")),
        ("/w/img_auth.php/b/bd/Damier.png", Original("Damier.png")),
        ("/images/b/bd/Damier.png.1", Original("Damier.png")),
        ("/images/b/bd/Damier.png@20261121202742", Original("Damier.png")),
        ("/images/b/bd/Damier__q1f330720a035.png", Original("Damier.png")),
        ("/images/b/bd/Damier5d03.png", Original("Damier.png")),
        ("/images/thumb/b/bd/Damier.png", None),
        ("/images/b/be/Damier.png", None),
        ("/images/logo.png", Original("logo.png", is_proven=False)),
        ("/uploads/archive/20261121202742!Un_tas.png", Original("Un tas.png", "20261121202742!Un_tas.png", False)),
        ("/skins/common/images/logo.png", None),
    ],
)
def test_originals_prove_themselves(url: str, original: Original | None) -> None:
    assert original_of(url) == original


@pytest.mark.parametrize(
    ("url", "thumbnail"),
    [
        ("/images/thumb/b/bd/Damier.png/220px-Damier.png", Thumbnail("Damier.png", 220, "220px-Damier.png")),
        ("/images/thumb/Un_tas.svg/90px-Un_tas.svg.png", Thumbnail("Un tas.svg", 90, "90px-Un_tas.svg.png")),
        ("/images/thumb/b/bd/Damier.png/page2-80px-Damier.png.1", Thumbnail("Damier.png", 80, "page2-80px-Damier.png")),
        ("/images/thumb/b/bd/Damier.png/220px-thumbnail.png", Thumbnail("Damier.png", 220, "220px-thumbnail.png")),
        ("/w/thumb.php?f=Un_tas.svg&width=220", Thumbnail("Un tas.svg", 220, "Un_tas.svg.png")),
        ("/w/thumb.php@f=Un_tas.png&w=64", Thumbnail("Un tas.png", 64, "Un_tas.png")),
        ("/images/thumb/archive/b/bd/20261121202742!Damier.png/220px-Damier.png", None),
        ("/images/thumb/b/be/Damier.png/220px-Damier.png", None),
        ("/images/b/bd/Damier.png", None),
    ],
)
def test_thumbnails(url: str, thumbnail: Thumbnail | None) -> None:
    assert thumbnail_of(url) == thumbnail


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


FILES = {
    "wiki/Accueil.html": b"changed",
    "wiki/Accueil.html.orig": page("Accueil"),
    "wiki/Compost.html": b"changed",
    "wiki/Compost.orig": page("Compost"),
    "wiki/Semis.html": page("Semis"),
    "skins/main.css": b"body { color: red }",
}


@pytest.mark.parametrize("way", ["folder", "tar.gz", "tar.zst", "zip"])
def test_originals_stand_for_pages_whose_links_were_changed(tmp_path: Path, way: str) -> None:
    content = {"folder": bytes, "tar.gz": packed, "tar.zst": lambda x: zstd.compress(packed(x, "w")), "zip": zipped}
    path = tmp_path / f"copy.{way}"
    if way == "folder":
        write(path, FILES)
    else:
        path.write_bytes(content[way](FILES))  # type: ignore[operator]
    [container] = copy_at(path)
    bodies = [item.capture().body for item in container.items() if not isinstance(item, Problem)]
    assert sorted(bodies) == sorted({content for content in FILES.values() if content != b"changed"})


def test_answers_kept_as_they_came_over_the_wire(tmp_path: Path) -> None:
    """Compressed, under the names of pages; one that is cut costs itself only."""
    packed_page = gzip.compress(page("Semis"))
    write(tmp_path, {"Accueil.html": page("Accueil"), "Semis.html": packed_page, "Tas.html": packed_page[:40]})
    [container] = copy_at(tmp_path)
    found = [one.code if isinstance(one, Problem) else one.capture().body for one in container.items()]
    assert found == [page("Accueil"), page("Semis"), "capture-damaged"]


def test_two_copies_make_one_archive(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"Accueil.html": page("Accueil")})
    other = write(tmp_path / "other", {"Semis.html": page("Semis"), "Accueil.html": page("Accueil")})
    read_into(tmp_path / "archive", one, other)
    with sqlite3.connect(tmp_path / "archive" / "archive.db") as connection:
        titles = connection.execute("SELECT title FROM pages ORDER BY 1").fetchall()
        kinds = connection.execute("SELECT kind, outcome FROM harvests").fetchall()
    assert titles == [("Accueil",), ("Semis",)]
    assert kinds == [("copy", "complete"), ("copy", "complete")]


def dated(title: str, rev_id: int, moment: str) -> bytes:
    """The edit form of a revision, whose time is exact."""
    fields = {"wpEdittime": moment, "oldid": 0, "parentRevId": rev_id, "editRevId": rev_id}
    inputs = "".join(f"<input type='hidden' name='{name}' value='{value}'>" for name, value in fields.items())
    form = f"<form id='editform'>{inputs}<textarea id='wpTextbox1' name='wpTextbox1'>Texte.</textarea></form>"
    script = (
        f'<script>mw.config.set({{"wgPageName":"{title}","wgTitle":"{title}","wgNamespaceNumber":0,"wgAction":"edit",'
        f'"wgArticleId":{rev_id},"wgCurRevisionId":{rev_id},"wgRevisionId":{rev_id}}});</script>'
    )
    return page(title).replace(b"<p>", f"{script}{form}<p>".encode())


def forms(count: int, moment: str) -> dict[str, bytes]:
    """Edit forms of so many pages, each with one revision."""
    return {f"Page_{n}.html": dated(f"Page {n}", n, moment.format(n=n)) for n in range(1, count)}


def test_two_wikis_make_no_archive(tmp_path: Path) -> None:
    """Unless somebody insists: the same numbers were saved at quite other times."""
    one = write(tmp_path / "one", forms(9, "2010010{n}000000"))
    other = write(tmp_path / "two", forms(9, "2019060{n}000000"))
    read_into(tmp_path / "archive", one)
    with pytest.raises(OtherWiki, match="--force"):
        read_into(tmp_path / "archive", other)
    done = CliRunner().invoke(main, ["harvest", str(other), "--to", str(tmp_path / "archive"), "--force"])
    assert done.exit_code in {0, 1}, done.output


def test_several_sources_need_a_folder() -> None:
    from scraper.cli.harvesting import folder_of

    with pytest.raises(UnusableSource, match="--to"):
        folder_of(("one", "two"))


MENTIONS = "SELECT count(*) FROM mentions"


def test_a_killed_reading_goes_on(tmp_path: Path) -> None:
    """Killed anywhere, it ends as if nothing had happened."""
    copy = write(tmp_path / "copy", forms(800, "20100101000000"))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    read_into(whole, copy)
    command = [sys.executable, "-c", "from scraper.cli import main; main()", "harvest", str(copy), "--to", str(killed)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not count_while_written(killed, MENTIONS) and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    process.kill()
    process.wait()
    assert count(killed, MENTIONS)
    read_into(killed, copy)
    assert differences(whole, killed) == []
    with sqlite3.connect(killed / "archive.db") as connection:
        assert connection.execute("SELECT kind, outcome FROM harvests").fetchall() == [("copy", "complete")]


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    copy = write(tmp_path / "copy", forms(9, "20100101000000"))
    read_into(tmp_path / "once", copy)
    read_into(tmp_path / "twice", copy, copy)
    assert differences(tmp_path / "once", tmp_path / "twice") == []


def shown(url: str, *hrefs: str) -> Capture:
    body = "<!DOCTYPE html><html><body>" + "".join(f'<a href="{href}">x</a>' for href in hrefs) + "</body></html>"
    return Capture(url, 200, {}, body.encode(), Timestamp("2020-01-01T00:00:00Z"), Via.HTML)


def test_links_stay_inside_the_copy() -> None:
    start = shown(
        "http://example.org/old/wiki/Accueil.html",
        "Semis.html", "../w/index.php@title=Semis.html", "/shop/", "http://elsewhere.example.org/x",
        "../../../etc/passwd", "Semis.html#top", "../images/b/bd/Damier.png",
        "../images/thumb/b/bd/Damier.png/50px-Damier.png", "x.css",
        "mailto:x@example.org", "index.php?title=Rien&action=edit&redlink=1",
    )  # fmt: skip
    bounds = bounds_of(start)
    assert bounds.host == "example.org"
    assert list(dict.fromkeys(links_of(start, Bounds("example.org", "/old/")))) == [
        "http://example.org/old/wiki/Semis.html",
        "http://example.org/old/w/index.php@title=Semis.html",
        "http://example.org/old/images/b/bd/Damier.png",
    ]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://h/index.php@title=Semis&action=history.html", "action=history"),
        ("http://h/index.php@title=Semis&oldid=12.html", "oldid"),
        ("http://h/index.php@title=Special%253AWhatLinksHere%252FSemis.html", "Special:WhatLinksHere"),
        ("http://h/w/index.php?title=Semis&action=edit", "action=edit"),
        ("http://h/index.php@title=Semis.html", ""),
        ("http://h/wiki/Semis.html", ""),
    ],
)
def test_kinds_of_questions(url: str, kind: str) -> None:
    """A kind that a copy never answers is not asked for every page of it."""
    assert kind_of_question(url) == kind


def test_options_reach_the_source(tmp_path: Path) -> None:
    """``--no-files`` leaves the bytes of files alone."""
    copy = write(tmp_path / "copy", {"Accueil.html": page("Accueil"), "images/b/bd/Damier.png": b"\x89PNG"})
    for with_files, blobs in ((True, 1), (False, 0)):
        folder = tmp_path / str(with_files)
        read_into(folder, copy, options=HarvestOptions(with_files=with_files))
        with sqlite3.connect(folder / "archive.db") as connection:
            assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (blobs,)


def test_a_folder_here_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """wget names what it makes after the host."""
    write(tmp_path / "wiki.example.org", {"Accueil.html": page("Accueil")})
    monkeypatch.chdir(tmp_path)
    assert recognise("wiki.example.org").name == "copy"
    assert recognise("other.example.org").name == "live"
