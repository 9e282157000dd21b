"""Real dumps, read by us and by another reader that knows nothing of ours: the same pages, revisions, texts."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

import py7zr
import pytest

from scraper.archive import Archive, read_text
from tests.dump.reading import CORPORA, harvest, peak_memory_of_harvest

# Page, title, revision, time, user, comment, SHA-1, minor.
Row = tuple[int, str, int, str, str | None, str | None, str, bool]

DUMPS = (
    "volab-fr-history.xml.xz",
    "volab-fr-mediawiki-1.39-history.xml.xz",
    "ekopedia-fr-history.xml.xz",
    "ekopedia-fr-permaculture.xml.xz",
    "linuxwacom-en-history.xml.xz",
    "aawiki-20260101-pages-meta-history.xml.7z",
)
ANARCHISM = "enwiki-anarchism-history.xml.lzma"


def corpus(name: str) -> Path:
    path = CORPORA / name
    if not path.is_file():
        pytest.skip(f"the corpora are not at {CORPORA}")
    return path


def opened(path: Path, tmp_path: Path) -> IO[bytes]:
    if path.suffix != ".7z":
        return lzma.open(path)
    with py7zr.SevenZipFile(path) as archive:
        archive.extractall(tmp_path / "unpacked")
    [unpacked] = (tmp_path / "unpacked").rglob("*.xml")
    return unpacked.open("rb")


def other_reading(stream: IO[bytes]) -> Iterator[Row]:
    """By the standard library's parser, page by page."""
    for _, page in ElementTree.iterparse(stream):  # noqa: S314  (our own corpora)
        if not page.tag.endswith("}page"):
            continue
        namespace = page.tag.removesuffix("page")

        def said(element: ElementTree.Element, *path: str, namespace: str = namespace) -> str | None:
            return element.findtext("/".join(namespace + name for name in path))

        for revision in page.iter(namespace + "revision"):
            yield (
                int(said(page, "id") or 0),
                said(page, "title") or "",
                int(said(revision, "id") or 0),
                said(revision, "timestamp") or "",
                said(revision, "contributor", "username") or said(revision, "contributor", "ip"),
                said(revision, "comment"),
                hashlib.sha1((said(revision, "text") or "").encode(), usedforsecurity=False).hexdigest(),
                revision.find(namespace + "minor") is not None,
            )
        page.clear()


def ours(folder: Path) -> Iterator[Row]:
    query = (
        "SELECT page_id, title, rev_id, timestamp, u.name, nullif(comment, ''), t.sha1, is_minor FROM revisions"
        " JOIN pages USING (page_id) LEFT JOIN users u USING (user_id) JOIN texts t USING (text_id)"
    )
    with Archive.read(folder) as archive:
        for row in archive.connection.execute(query):
            yield (*row[:-1], bool(row[-1]))


@pytest.mark.parametrize("name", DUMPS)
def test_equals_another_reading(tmp_path: Path, name: str) -> None:
    path = corpus(name)
    assert harvest(path, tmp_path / "archive")
    with opened(path, tmp_path) as stream:
        assert set(ours(tmp_path / "archive")) == set(other_reading(stream))
    with Archive.read(tmp_path / "archive") as archive:
        for text_id, sha1 in archive.connection.execute("SELECT text_id, sha1 FROM texts"):
            text = read_text(archive.connection, text_id)
            assert hashlib.sha1(text, usedforsecurity=False).hexdigest() == sha1


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("volab-fr-mediawiki-1.39-history.xml.xz", (80, 1024)),
        ("ekopedia-fr-history.xml.xz", (6468, 7138)),
        ("aawiki-20260101-pages-meta-history.xml.7z", (507, 1307)),
    ],
)
def test_holds_as_much_as_is_known_of_it(tmp_path: Path, name: str, counts: tuple[int, int]) -> None:
    harvest(corpus(name), tmp_path / "archive")
    with Archive.read(tmp_path / "archive") as archive:
        query = "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM revisions)"
        assert archive.connection.execute(query).fetchone() == counts


def test_a_gigabyte_of_one_page(tmp_path: Path) -> None:
    """15,180 revisions, 1.05 GB: below 15 MB of archive, below 300 MB of memory."""
    path = corpus(ANARCHISM)
    assert peak_memory_of_harvest(path, tmp_path / "archive") < 300 * 2**20
    assert (tmp_path / "archive" / "archive.db").stat().st_size < 15_000_000
    with lzma.open(path) as stream:
        expected = sorted(text_sha1s(stream))
    with Archive.read(tmp_path / "archive") as archive:
        query = "SELECT t.sha1 FROM revisions JOIN texts t USING (text_id) ORDER BY 1"
        assert [row[0] for row in archive.connection.execute(query)] == expected


def text_sha1s(stream: IO[bytes]) -> Iterator[str]:
    """By cutting lines, with no XML parser at all: this dump's texts begin and end in lines of their own."""
    text: list[str] | None = None
    for line in (raw.decode() for raw in stream):
        _, begins, rest = line.partition('<text xml:space="preserve"')
        if begins:
            text = []
        if text is None:
            continue
        inside = line if not begins else rest[1:] if rest.startswith(">") else "</text>"
        content, end, _ = inside.partition("</text>")
        text.append(content)
        if end:
            yield hashlib.sha1(_unescape("".join(text)).encode(), usedforsecurity=False).hexdigest()
            text = None


def _unescape(text: str) -> str:
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(escaped, character)
    return text
