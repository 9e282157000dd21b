"""Files beside a dump, in the layouts that occur; and in it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from backports import zstd

from scraper.archive import Archive
from scraper.model import Sha1
from scraper.sources import HarvestOptions
from tests.dump.reading import CASES, facts, harvest, peak_memory_of_harvest

OLD, NEW = b"aaaaa", b"bbbbbb"  # as cases/schema-0.10.xml says
NAME, ARCHIVED = "Greffoir_ouvert.svg", "20180102090000!Greffoir_ouvert.svg"
DIGEST = hashlib.md5(NAME.encode(), usedforsecurity=False).hexdigest()
HASHED = f"{DIGEST[0]}/{DIGEST[:2]}"

LAYOUTS = {
    "sample": (f"files/{NAME}", f"files/archive/{ARCHIVED}"),
    "wikiteam": (f"images/{NAME}", f"images/archive/{ARCHIVED}"),
    "spaces": ("images/Greffoir ouvert.svg", "images/archive/20180102090000!Greffoir ouvert.svg"),
    "mediawiki": (f"images/{HASHED}/{NAME}", f"images/archive/{HASHED}/{ARCHIVED}"),
}


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    given = tmp_path / "dump" / "wiki.xml"
    given.parent.mkdir()
    given.write_bytes((CASES / "schema-0.10.xml").read_bytes())
    return given


def put(dump: Path, place: str, content: bytes) -> None:
    path = dump.parent / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def kept(folder: Path) -> list[object]:
    return [row["sha1"] for row in facts(folder)["file_versions"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_version_is_kept(dump: Path, tmp_path: Path, layout: str) -> None:
    current, old = LAYOUTS[layout]
    put(dump, current, NEW)
    put(dump, old, OLD)
    assert harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [Sha1.of(OLD).hex, Sha1.of(NEW).hex]
    digest = Sha1.of(OLD).hex
    assert (tmp_path / "archive" / "files" / digest[:2] / f"{digest}.svg").read_bytes() == OLD


def test_an_escaped_name_is_found(dump: Path, tmp_path: Path) -> None:
    text = dump.read_text(encoding="utf-8").replace("Greffoir_ouvert.svg</f", "Été_?.svg</f")
    dump.write_text(text, encoding="utf-8")
    put(dump, "images/%C3%89t%C3%A9_%3F.svg", NEW)
    harvest(dump, tmp_path / "archive")
    assert Sha1.of(NEW).hex in kept(tmp_path / "archive")


def test_a_missing_file_is_a_problem_until_it_is_there(dump: Path, tmp_path: Path) -> None:
    put(dump, f"files/{NAME}", NEW)
    assert not harvest(dump, tmp_path / "archive")
    [problem] = facts(tmp_path / "archive")["problems"]
    assert (problem["code"], problem["subject"]) == ("file-missing", f"file {ARCHIVED}")
    put(dump, f"files/archive/{ARCHIVED}", OLD)
    assert harvest(dump, tmp_path / "archive")


def test_a_damaged_file_is_kept_out(dump: Path, tmp_path: Path) -> None:
    put(dump, f"files/{NAME}", NEW + b"!")
    put(dump, f"files/archive/{ARCHIVED}", OLD)
    assert not harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [Sha1.of(OLD).hex, None]
    [problem] = facts(tmp_path / "archive")["problems"]
    assert problem["code"] == "file-damaged"


def test_without_a_folder_of_files_nothing_is_missing(dump: Path, tmp_path: Path) -> None:
    assert harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [None, None]


def test_no_files_are_taken_when_none_are_wanted(dump: Path, tmp_path: Path) -> None:
    put(dump, f"files/{NAME}", NEW)
    assert harvest(dump, tmp_path / "archive", HarvestOptions(with_files=False))
    assert kept(tmp_path / "archive") == [None, None]


def test_a_file_without_upload_is_known_by_its_page(dump: Path, tmp_path: Path) -> None:
    text = dump.read_text(encoding="utf-8")
    dump.write_text(text[: text.index("<upload>")] + text[text.rindex("</upload>") + 9 :], encoding="utf-8")
    put(dump, f"images/{NAME}", b"whatever")
    for _ in range(2):
        assert harvest(dump, tmp_path / "archive")
        assert kept(tmp_path / "archive") == [Sha1.of(b"whatever").hex]


def test_no_name_leads_out_of_the_folder(dump: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(NEW)
    text = dump.read_text(encoding="utf-8").replace("<filename>Greffoir_ouvert.svg", "<filename>../../secret.txt")
    dump.write_text(text, encoding="utf-8")
    (dump.parent / "files").mkdir()
    (dump.parent / "files" / "linked.txt").symlink_to(secret)
    harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [None, None]


@pytest.mark.parametrize("line", [76, 10_000_000])
def test_content_in_the_dump_is_kept(dump: Path, tmp_path: Path, line: int) -> None:
    """``dumpBackup --include-files``."""
    text = dump.read_text(encoding="utf-8")
    for rel, content in ((f"<rel>archive/a/ab/{ARCHIVED}</rel>", OLD), (f"<rel>a/ab/{NAME}</rel>", NEW)):
        encoded = base64.b64encode(content).decode()
        written = "\r\n".join(encoded[start : start + line] for start in range(0, len(encoded), line))
        text = text.replace(rel, f'{rel}<contents encoding="base64">{written}\r\n      </contents>')
    dump.write_text(text, encoding="utf-8")
    assert harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [Sha1.of(OLD).hex, Sha1.of(NEW).hex]
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == ["archive.db", "archive.lock", "files"]
    with Archive.read(tmp_path / "archive") as archive:
        assert archive.connection.execute("SELECT sum(size) FROM blobs").fetchone() == (len(OLD) + len(NEW),)


def with_contents(dump: Path, contents: str) -> None:
    text = dump.read_text(encoding="utf-8")
    rel = f"<rel>a/ab/{NAME}</rel>"
    dump.write_text(text.replace(rel, f"{rel}<contents {contents}</contents>"), encoding="utf-8")


@pytest.mark.parametrize("contents", ["YmJiYmJ", "Ym JiYmJi=", "£", ""])
def test_damaged_content_in_the_dump_is_kept_out(dump: Path, tmp_path: Path, contents: str) -> None:
    with_contents(dump, f'encoding="base64">{contents}')
    assert not harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [None, None]


def test_content_cannot_name_a_file_of_ours(dump: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(NEW)
    with_contents(dump, f'encoding="plain">{secret}')
    assert not harvest(dump, tmp_path / "archive")
    assert kept(tmp_path / "archive") == [None, None]


def test_a_large_file_in_the_dump_does_not_fill_the_memory(dump: Path, tmp_path: Path) -> None:
    """300 MB in one element, in lines of 76 as PHP writes them."""
    content = bytes(range(57)) * 5_400_000
    line = base64.b64encode(bytes(range(57))) + b"\r\n"
    before, behind = dump.read_bytes().split(f"<rel>a/ab/{NAME}</rel>".encode())
    before = before.replace(b"1mxnipy2tb36ooznfblrnlc7tdraj83", Sha1.of(content).base36.encode())
    packed = dump.with_suffix(".xml.zst")
    with zstd.open(packed, "wb") as stream:
        stream.write(before + b'<contents encoding="base64">')
        for _ in range(540):
            stream.write(line * 10_000)
        stream.write(b"</contents>" + behind)
    assert peak_memory_of_harvest(packed, tmp_path / "archive") < 300 * 2**20
    assert kept(tmp_path / "archive") == [None, Sha1.of(content).hex]
