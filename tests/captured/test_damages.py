"""Damage to one thing of a copy costs that thing, is told, and ends nothing."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.problems import Problem
from scraper.sources.captured.containers import capture_files, captures_at
from scraper.sources.captured.folder import Folder
from scraper.sources.captured.posted import LONGEST_FORM, MOST_BYTES, Posted
from tests.captured.test_bad_input import COMPLETE, SHORT, harvest, packed, problems, titles, zipped
from tests.captured.warcs import HOST, gzipped, page, response

TITLES = ("Accueil", "Compost", "Semis")


def codes(folder: Path) -> list[str]:
    return [code for code, *_ in problems(folder)]


def stored(members: dict[str, bytes]) -> bytearray:
    """A zip file whose members are not compressed: damage shows in their checksums alone."""
    return bytearray(zipped(members, zipfile.ZIP_STORED))


def damage(content: bytearray, mark: bytes) -> bytes:
    at = content.index(mark)
    content[at] ^= 0x20
    return bytes(content)


PAGES = {f"wiki/{title}.html": page(title) for title in TITLES}


@pytest.mark.parametrize("length", [1, 200])
def test_a_zip_member_with_a_wrong_checksum(tmp_path: Path, length: int) -> None:
    members = PAGES | {"wiki/Compost.html": page("Compost") * length}
    (tmp_path / "copy.zip").write_bytes(damage(stored(members), b"Texte de Compost"))
    assert harvest(tmp_path / "copy.zip", tmp_path / "archive").exit_code == SHORT
    assert titles(tmp_path / "archive") == ["Accueil", "Semis"]
    assert codes(tmp_path / "archive") == ["capture-damaged"]


def test_a_tar_that_is_cut_within_a_page(tmp_path: Path) -> None:
    whole = packed(PAGES | {"wiki/Zinnia.html": page("Zinnia") * 200}, "w")
    (tmp_path / "copy.tar").write_bytes(whole[: whole.index(b"Texte de Zinnia") + 20_000])
    assert harvest(tmp_path / "copy.tar", tmp_path / "archive").exit_code == SHORT
    assert titles(tmp_path / "archive") == list(TITLES)
    assert set(codes(tmp_path / "archive")) == {"capture-damaged"}


def test_a_zip_whose_members_have_no_date(tmp_path: Path) -> None:
    content = stored(PAGES)
    at = content.index(b"PK\1\2")
    content[at + 12 : at + 16] = bytes(4)
    (tmp_path / "copy.zip").write_bytes(content)
    harvest(tmp_path / "copy.zip", tmp_path / "archive")
    assert titles(tmp_path / "archive") == list(TITLES)


def test_a_collection_with_a_wrong_checksum(tmp_path: Path) -> None:
    good, bad = (gzipped([response(f"/wiki/{title}", page(title))]) for title in ("Accueil", "Semis"))
    content = stored({"archive/1.warc.gz": bad, "archive/2.warc.gz": good})
    (tmp_path / "x.wacz").write_bytes(damage(content, bad[-8:]))
    [container] = captures_at(tmp_path / "x.wacz")
    found = list(container.items())
    assert f"{HOST}/wiki/Accueil" in {one.url for one in found if not isinstance(one, Problem)}
    assert {one.code for one in found if isinstance(one, Problem)} == {"capture-damaged"}


CUT = {
    "length": response("/wiki/Semis", page("Semis")[:-30], f"Content-Length: {len(page('Semis'))}"),
    "told": response("/wiki/Semis", page("Semis")[:-30]).replace(b"\r\n", b"\r\nWARC-Truncated: time\r\n", 1),
}


def text_of_semis(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        return str(connection.execute("SELECT html FROM renderings JOIN pages USING (page_id)").fetchone()[0])


@pytest.mark.parametrize("way", CUT)
@pytest.mark.parametrize("has_whole", [True, False])
def test_a_cut_capture_replaces_no_whole_one(tmp_path: Path, way: str, has_whole: bool) -> None:
    """It is newer; where there is no other, what it has is kept."""
    cut = CUT[way].replace(b"Date: 2015", b"Date: 2016").replace(b"Texte", b"Texxe")
    whole = [response("/wiki/Semis", page("Semis"))] if has_whole else []
    (tmp_path / "x.warc.gz").write_bytes(gzipped([*whole, cut]))
    assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code == SHORT
    assert ("Texte" if has_whole else "Texxe") in text_of_semis(tmp_path / "archive")
    assert codes(tmp_path / "archive") == ["capture-damaged"]


def test_an_unpacked_answer_is_not_cut(tmp_path: Path) -> None:
    packed_length = response("/wiki/Semis", page("Semis"), "Content-Encoding: gzip", "Content-Length: 999999")
    (tmp_path / "x.warc.gz").write_bytes(gzipped([packed_length]))
    harvest(tmp_path / "x.warc.gz", tmp_path / "archive")
    assert codes(tmp_path / "archive") == []


def file_record(body: bytes, year: str) -> bytes:
    one = response(f"/w/images/{hashed('Carte.png')}", body)
    return one.replace(b"Date: 2015", f"Date: {year}".encode())


def hashed(name: str) -> str:
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return f"{digest[0]}/{digest[:2]}/{name}"


def kept_bytes(folder: Path) -> bytes:
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        [(path,)] = connection.execute("SELECT path FROM file_versions JOIN blobs USING (blob_id)").fetchall()
    return (folder / path).read_bytes()


@pytest.mark.parametrize("years", [("2015", "2019"), ("2019", "2015")])
def test_the_newest_bytes_of_a_file_are_kept(tmp_path: Path, years: tuple[str, str]) -> None:
    """In whatever order they come, and also when they are read again; the others are set apart."""
    pictures = [file_record(b"\x89PNG of " + year.encode(), year) for year in years]
    (tmp_path / "x.warc.gz").write_bytes(gzipped([response("/wiki/Accueil", page("Accueil")), *pictures]))
    for _ in range(2):
        assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code in {COMPLETE, SHORT}
        assert kept_bytes(tmp_path / "archive") == b"\x89PNG of 2019"
        assert codes(tmp_path / "archive") == ["sources-disagree"]
        [apart] = (tmp_path / "archive" / "files" / "damaged").iterdir()
        assert apart.read_bytes() == b"\x89PNG of 2015"


def test_a_file_that_unpacks_to_nothing_is_not_kept(tmp_path: Path) -> None:
    members = {f"w/images/{hashed('Carte.png')}": b"\x89PNG" + bytes(200 * 2**20)}
    (tmp_path / "copy.zip").write_bytes(zipped(PAGES | members))
    harvest(tmp_path / "copy.zip", tmp_path / "archive")
    assert codes(tmp_path / "archive") == ["capture-too-large"]
    assert not any((tmp_path / "archive").rglob("*.png"))


def test_forms_that_wait_are_bounded() -> None:
    """The oldest go first."""
    posted = Posted()
    for number in range(40):
        posted.ask([f"asked {number}", f"answer {number}"], b"x" * LONGEST_FORM)
    assert posted.address(HOST, ["answer 0"]) == HOST
    assert len(posted.address(HOST, ["answer 39"])) > LONGEST_FORM
    assert posted._size <= MOST_BYTES


def test_links_and_empty_pages_are_told(tmp_path: Path) -> None:
    links = [
        ("wiki/deep/in.html", tarfile.SYMTYPE, "../Accueil.html"),
        ("wiki/out.html", tarfile.SYMTYPE, "../../etc/passwd"),
        ("wiki/again.html", tarfile.LNKTYPE, "wiki/Accueil.html"),
    ]
    with tarfile.open(tmp_path / "copy.tar", "w") as tar:
        for name, body in {"wiki/Accueil.html": page("Accueil"), "wiki/Semis.HTM": b""}.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
        for name, kind, target in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            tar.addfile(member)
    assert harvest(tmp_path / "copy.tar", tmp_path / "archive").exit_code == SHORT
    assert [(code, subject) for code, subject, _ in problems(tmp_path / "archive")] == [
        ("capture-damaged", "copy.tar/wiki/Semis.HTM"),
        ("link-outside", "copy.tar/wiki/out.html"),
        ("capture-damaged", "copy.tar/wiki/again.html"),
    ]


@pytest.fixture
def deepest(tmp_path: Path) -> Iterator[Path]:
    """A folder so deep in others that what removes folders cannot remove it later."""
    folders = [tmp_path / "copy"]
    folders[0].mkdir()
    for _ in range(1100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    yield folders[-1]
    (folders[-1] / "Accueil.html").unlink()
    for folder in reversed(folders):
        folder.rmdir()


def test_folders_deep_in_each_other(deepest: Path, tmp_path: Path) -> None:
    (deepest / "Accueil.html").write_bytes(page("Accueil"))
    assert list(capture_files(tmp_path / "copy")) == []
    [item] = Folder(tmp_path / "copy").items()
    assert not isinstance(item, Problem)
    assert item.url.endswith("/d/d/Accueil.html")
