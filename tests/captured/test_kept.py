"""``--keep-captures``: what a living wiki answered, read back from WARC, makes the same archive."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.captured.recovering import read_into
from tests.harvest.compare import differences
from tests.harvest.running import COMPLETE, harvest
from tests.lab.verbs.people import BOT_PASSWORD
from tests.lab.wiki import RealWiki

# Which state of a page a rendering is of is the live harvest's own book-keeping.
BOOKS = ".touched_at:"


@pytest.fixture(scope="module")
def kept(english_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a living wiki, with its captures beside it."""
    folder = tmp_path_factory.mktemp("kept") / "archive"
    assert harvest(english_wiki.url, folder, "--keep-captures") == COMPLETE
    return folder


def test_the_same_archive_is_read_from_them(kept: Path, tmp_path: Path) -> None:
    read_into(tmp_path / "again", kept / "captures")
    found = differences(kept, tmp_path / "again")
    assert [line for line in found if not (line.startswith("renderings ") and BOOKS in line)] == []


def test_other_tools_read_them(kept: Path) -> None:
    [path] = (kept / "captures").iterdir()
    with path.open("rb") as stream:
        records = [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(stream)]
    kinds = [kind for kind, _ in records]
    assert kinds[0] == "warcinfo"
    assert kinds.count("response") > 20
    assert any(b'"batchcomplete"' in body for _, body in records)


def test_no_secret_is_kept(english_wiki: RealWiki, tmp_path: Path) -> None:
    login = ("--user", "Rowan@harvest", "--password", BOT_PASSWORD)
    harvest(english_wiki.url, tmp_path / "archive", "--keep-captures", "--no-renderings", *login)
    [path] = (tmp_path / "archive" / "captures").iterdir()
    content = gzip.decompress(path.read_bytes()).lower()
    assert b"batchcomplete" in content
    for secret in (BOT_PASSWORD.lower().encode(), b"lgtoken", b"logintoken", b"\r\nset-cookie", b"\r\ncookie"):
        assert secret not in content, secret
