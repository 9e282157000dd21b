"""Frozen copies made from real wikis by real wget, under the names of several tools, on disk and on line."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.captured.mirror import rename_by_hash, rename_by_time, wget_mirror
from tests.captured.recovering import count, count_while_written, read_into, recovered
from tests.conftest import WikiFactory
from tests.harvest.running import command, harvest
from tests.lab.truth import Truth

LONG_HISTORY = 3  # revisions; the French wiki has thousands of them, which would take minutes
ENOUGH = 0.99
# Pages that the wiki itself cannot show: it fails, it leads elsewhere, it shows another one.
# A box on every page, which leads to the lists of all pages: a banner, and the way through a copy on line.
NOTICE = "The garden is closed. " + " ".join(
    f"[{{{{SERVER}}}}{{{{SCRIPTPATH}}}}/index.php?title=Special:AllPages&namespace={number} {number}]"
    for number in range(16)
)
UNREACHABLE = {"Extension retirée", "Vers ailleurs", "essai"}
# Most edit forms of the French wiki are left out for the same reason.
SOME_FORMS = r"title=[^A-C].*action=edit"


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A copy, the wiki's database, and which pages were copied."""

    folder: Path
    truth: Truth
    among: Callable[[str], bool]


@pytest.fixture(scope="session")
def mirrored(wiki_copies: WikiFactory, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mirrored]:
    """By language; each is made once."""
    made: dict[str, Mirrored] = {}

    def make(language: str) -> Mirrored:
        if language not in made:
            made[language] = _mirror(wiki_copies, tmp_path_factory.mktemp("mirror") / f"copy-{language}", language)
        return made[language]

    return make


def _mirror(wiki_copies: WikiFactory, folder: Path, language: str) -> Mirrored:
    wiki = wiki_copies(language=language, wgLocaltimezone="Europe/Paris", wgSiteNotice=NOTICE)
    truth = Truth(wiki.database)
    if language != "fr":
        wget_mirror(wiki, folder, "--convert-links", "--backup-converted")
        wiki.stop()  # as copies are when they are needed; their links still name the wiki that was
        return Mirrored(folder, truth, lambda name: True)
    lengths = Counter(revision.page_id for revision in truth.revisions())
    long = {page.name for page in truth.pages() if lengths[page.page_id] >= LONG_HISTORY}
    left_out = (re.escape(quote(name.replace(" ", "_"))) for name in sorted(long))
    without = "|".join([SOME_FORMS, *left_out])
    copied = wget_mirror(wiki, folder, without=without)
    return Mirrored(copied, truth, lambda name: name not in UNREACHABLE and not any(one in name for one in long))


def as_it_is(copy: Path, folder: Path) -> Path:
    return copy


FETCHED = "SELECT count(*) FROM frontier WHERE kind = 'address' AND state = 'done'"
NAMERS = {"wget": as_it_is, "hashes": rename_by_hash, "times": rename_by_time}


@pytest.mark.parametrize(
    ("language", "namer"),
    [
        ("en", "wget"),
        ("en", "hashes"),
        ("en", "times"),
        ("ja", "wget"),
        ("ja", "hashes"),
        ("fr", "wget"),
        ("fr", "hashes"),
    ],
)
def test_histories_are_recovered(
    mirrored: Callable[[str], Mirrored], tmp_path: Path, language: str, namer: str
) -> None:
    copy = mirrored(language)
    notes = read_into(tmp_path / "archive", NAMERS[namer](copy.folder, tmp_path / "renamed"))
    found = recovered(tmp_path / "archive", copy.truth, copy.among)
    print(f"{language}, {namer}: {found.ids:.1%} ids, {found.users:.1%} users, {found.comments:.1%} comments, "
          f"{found.minutes:.1%} minutes; {notes[-1]}")  # fmt: skip
    assert found.least >= ENOUGH, found.lacking


@pytest.mark.parametrize("language", ["en", "ja"])
def test_pages_are_recovered(mirrored: Callable[[str], Mirrored], tmp_path: Path, language: str) -> None:
    """Each once, under its own title and number, with the wiki's HTML and, from edit forms, its source."""
    copy = mirrored(language)
    read_into(tmp_path / "archive", copy.folder)
    held = _pages(tmp_path / "archive")
    told = {page.page_id: (page.namespace, page.name) for page in copy.truth.pages()}
    assert {page_id: (namespace, name) for page_id, namespace, name, *_ in held} == told
    assert all(has_rendering for *_, has_rendering, _ in held)
    texts = {page.page_id: copy.truth.history(page.name, page.namespace)[-1].text for page in copy.truth.pages()}
    assert {page_id: (text or "").encode() for page_id, *_, text in held} == texts


def test_a_banner_is_kept_once(mirrored: Callable[[str], Mirrored], tmp_path: Path) -> None:
    read_into(tmp_path / "archive", mirrored("en").folder)
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.db")) as connection:
        [notice] = connection.execute("SELECT text FROM site_notices").fetchall()
        pages = connection.execute("SELECT count(*) FROM renderings WHERE html LIKE '%garden is closed%'").fetchone()
    assert notice[0].startswith("The garden is closed.")
    assert pages == (0,)


def test_files_are_recovered(mirrored: Callable[[str], Mirrored], tmp_path: Path) -> None:
    copy = mirrored("en")
    read_into(tmp_path / "archive", copy.folder)
    with sqlite3.connect(tmp_path / "archive" / "archive.db") as connection:
        held = connection.execute(
            "SELECT name, archive_name, b.sha1 FROM file_versions JOIN files USING (file_id)"
            " LEFT JOIN blobs b USING (blob_id) ORDER BY 1, 2"
        ).fetchall()
    told = [(version.name, version.archive_name or "", version.sha1) for version in copy.truth.file_versions()]
    assert held == sorted(told)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_copy_on_line(
    mirrored: Callable[[str], Mirrored], served: Callable[[Path], str], tmp_path: Path, language: str
) -> None:
    """Recognised for what it is, and as complete as the same copy on disk."""
    copy = mirrored(language)
    [host] = [path for path in copy.folder.iterdir() if path.is_dir()]
    harvest(f"{served(host)}/wiki/index.html", tmp_path / "archive")
    found = recovered(tmp_path / "archive", copy.truth)
    assert found.least >= ENOUGH, found.lacking
    read_into(tmp_path / "on disk", copy.folder)
    assert _pages(tmp_path / "archive") == _pages(tmp_path / "on disk")


def _pages(folder: Path) -> list[tuple[int, int, str, bool, str | None]]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return connection.execute(
            "SELECT page_id, namespace_id, name, page_id IN (SELECT page_id FROM renderings), text"
            " FROM pages LEFT JOIN current_texts USING (page_id) WHERE page_id > 0 ORDER BY 1"
        ).fetchall()


def test_a_killed_crawl_goes_on(
    mirrored: Callable[[str], Mirrored], served: Callable[[Path], str], tmp_path: Path
) -> None:
    copy = mirrored("en")
    [host] = [path for path in copy.folder.iterdir() if path.is_dir()]
    source, folder = f"{served(host)}/wiki/index.html", tmp_path / "archive"
    process = subprocess.Popen(command(source, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while count_while_written(folder, FETCHED) < 10 and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    process.kill()
    process.wait()
    before = count(folder, FETCHED)
    harvest(source, folder)
    assert 10 <= before < count(folder, FETCHED)
    found = recovered(folder, copy.truth)
    assert found.least >= ENOUGH, found.lacking
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        assert connection.execute("SELECT kind, outcome FROM harvests").fetchall() == [("copy", "complete")]
