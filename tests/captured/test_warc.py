"""WARC and WACZ files: every encoding and compression, and every kind of damage."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from backports import zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.problems import Problem
from scraper.sources import HarvestOptions, recognise
from scraper.sources.captured.containers import captures_at, holds_captures
from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.item import Container, TooLarge
from tests.captured.warcs import HOST, gzipped, page, record, response, zstandard

TITLES = ("Accueil", "Compost", "Semis")
RECORDS = [response(f"/wiki/{title}", page(title)) for title in TITLES]
LONG = page("Long") * 200


def read(containers: list[Container]) -> tuple[dict[str, bytes], list[str]]:
    """Bodies by address, and what was told of damages."""
    bodies, problems = {}, []
    for container in containers:
        for item in container.items():
            if isinstance(item, Problem):
                problems.append(f"{item.where}: {item.detail}")
                continue
            try:
                bodies[item.url.removeprefix(HOST)] = item.capture().body
            except (*DAMAGES, TooLarge) as error:
                problems.append(f"{item.place}: {error}")
    return bodies, problems


def read_bytes(folder: Path, content: bytes, name: str = "x.warc") -> tuple[dict[str, bytes], list[str]]:
    path = folder / name
    path.write_bytes(content)
    return read(captures_at(path))


WAYS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip by record": gzipped,
    "gzip in whole": lambda records: gzip.compress(b"".join(records)),
    "zstd by record": zstandard,
    "zstd in whole": lambda records: zstd.compress(b"".join(records)),
    "zstd with dictionary": lambda records: zstandard(records, page("Fromage") * 20),
    "padded": lambda records: gzipped(records) + b"\0" * 512,
}


@pytest.mark.parametrize("way", WAYS)
def test_compressions(tmp_path: Path, way: str) -> None:
    bodies, problems = read_bytes(tmp_path, WAYS[way](RECORDS))
    assert bodies == {f"/wiki/{title}": page(title) for title in TITLES}
    assert problems == []


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    return b"".join(b"%x;piece=1\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


BARE = zlib.compressobj(wbits=-15)
BODIES = {
    "gzip": (gzip.compress(LONG), "Content-Encoding: gzip"),
    "gzip in members": (
        gzip.compress(LONG[:5000]) + gzip.compress(LONG[5000:70_000], 0) + gzip.compress(LONG[70_000:]),
        "Content-Encoding: gzip",
    ),
    "gzip with padding": (gzip.compress(LONG) + b"\0\r\n", "Content-Encoding: gzip"),
    "zstd in frames": (zstd.compress(LONG[:5000]) + zstd.compress(LONG[5000:]), "Content-Encoding: zstd"),
    "deflate": (zlib.compress(LONG), "Content-Encoding: deflate"),
    "bare deflate": (BARE.compress(LONG) + BARE.flush(), "Content-Encoding: deflate"),
    "brotli": (brotli.compress(LONG), "Content-Encoding: br"),
    "zstd": (zstd.compress(LONG), "Content-Encoding: zstd"),
    "chunks": (chunked(LONG), "Transfer-Encoding: chunked"),
    "gzip in chunks": (chunked(gzip.compress(LONG)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
    "unpacked by the tool": (LONG, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
    "brotli unpacked by the tool": (LONG, "Content-Encoding: br"),
}


@pytest.mark.parametrize("coding", BODIES)
def test_codings_of_answers(tmp_path: Path, coding: str) -> None:
    body, header = BODIES[coding]
    bodies, problems = read_bytes(tmp_path, gzipped([response("/long", body, header), RECORDS[1]]))
    assert bodies == {"/long": LONG, "/wiki/Compost": page("Compost")}
    assert problems == []


def damaged(content: bytes, at: int) -> bytes:
    return content[:at] + bytes(byte ^ 0x5A for byte in content[at : at + 20]) + content[at + 20 :]


FIRST, SECOND, THIRD = RECORDS
DAMAGES_OF_RECORDS: dict[str, bytes] = {
    "member": gzipped([FIRST]) + damaged(gzipped([SECOND]), 60) + gzipped([THIRD]),
    "member's head": gzipped([FIRST]) + damaged(gzipped([SECOND]), 0) + gzipped([THIRD]),
    "member cut": gzipped([FIRST]) + gzipped([SECOND])[:100] + gzipped([THIRD]),
    "frame": zstandard([FIRST]) + damaged(zstandard([SECOND]), 5) + zstandard([THIRD]),
    "too long": FIRST + response("/wiki/Compost", b"", length=20_000) + THIRD,
    "too short": FIRST + response("/wiki/Compost", page("Compost"), length=30) + THIRD,
    "no length": FIRST + SECOND.replace(b"Content-Length", b"Content-Depth") + THIRD,
    "no number": FIRST + SECOND.replace(b"Content-Length: ", b"Content-Length: -") + THIRD,
    "rubbish between": FIRST + b"rubbish\r\n" * 1000 + THIRD,
    "head without end": FIRST + b"WARC/1.0\r\nWARC-Type: response\r\n" + THIRD,
    "body": gzipped([FIRST, response("/x", gzip.compress(LONG)[:-40], "Content-Encoding: gzip"), THIRD]),
    "behind the body": gzipped(
        [FIRST, response("/x", gzip.compress(LONG) + b"rakes", "Content-Encoding: gzip"), THIRD]
    ),
    "chunks": gzipped([FIRST, response("/x", chunked(LONG)[:3000], "Transfer-Encoding: chunked"), THIRD]),
}


@pytest.mark.parametrize("damage", DAMAGES_OF_RECORDS)
def test_a_damaged_record_costs_itself_only(tmp_path: Path, damage: str) -> None:
    bodies, problems = read_bytes(tmp_path, DAMAGES_OF_RECORDS[damage])
    for title in ("Accueil", "Semis"):
        assert bodies[f"/wiki/{title}"] == page(title)
    assert len(problems) == 1, problems
    assert "at byte" in problems[0]


@pytest.mark.parametrize("way", ["plain", "gzip by record", "zstd by record"])
def test_cut_at_every_place(tmp_path: Path, way: str) -> None:
    whole = WAYS[way](RECORDS)
    first = len(WAYS[way](RECORDS[:1]))
    for cut in range(first + 5, len(whole) - 5, 37):
        bodies, _ = read_bytes(tmp_path, whole[:cut])
        assert bodies["/wiki/Accueil"] == page("Accueil"), cut
        assert all(body == page(url.removeprefix("/wiki/")) for url, body in bodies.items()), cut


def test_what_is_no_answer_is_passed_over(tmp_path: Path) -> None:
    revisit = record(
        "revisit", f"{HOST}/wiki/Semis", b"HTTP/1.1 200 OK\r\nETag: x\r\n\r\n", "Content-Type: application/http"
    )
    content = [record("warcinfo", "x", b"software: x"), FIRST, revisit, record("metadata", f"{HOST}/m", b"a: b")]
    resource = record("resource", f"{HOST}/wiki/Compost", page("Compost"), "Content-Type: text/html")
    bodies, problems = read_bytes(tmp_path, gzipped([*content, resource]))
    assert sorted(bodies) == ["/wiki/Accueil", "/wiki/Compost"]
    assert problems == []


def test_addresses_of_the_wayback_machine(tmp_path: Path) -> None:
    url = "https://web.archive.org/web/20120304050607id_/http://wiki.example.org/wiki/Semis"
    content = record("resource", url, page("Semis"))
    (tmp_path / "x.warc").write_bytes(content)
    [item] = [item for container in captures_at(tmp_path / "x.warc") for item in container.items()]
    assert not isinstance(item, Problem)
    assert (item.url, item.taken_at.iso) == ("http://wiki.example.org/wiki/Semis", "2012-03-04T05:06:07Z")


def test_a_wiki_that_does_not_tell_its_address_stands_where_it_was_captured(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzipped([response("/wiki/Semis", page("Semis"))]))
    lines = recognise(str(path)).probe(str(path), HarvestOptions())
    assert f"({HOST}" in lines[1]


def test_forms_stand_behind_the_address(tmp_path: Path) -> None:
    form = (
        b"POST /w/api.php HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\naction=query&meta=siteinfo"
    )
    http = "Content-Type: application/http"
    asked = record("request", f"{HOST}/w/api.php", form, http, "WARC-Record-ID: <urn:2>", "WARC-Concurrent-To: <urn:1>")
    answer = record("response", f"{HOST}/w/api.php", b"HTTP/1.1 200 OK\r\n\r\n{}", http, "WARC-Record-ID: <urn:1>")
    bodies, _ = read_bytes(tmp_path, asked + answer)
    assert bodies == {"/w/api.php?action=query&meta=siteinfo": b"{}"}


def test_folders_and_collections(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.warc.gz").write_bytes(gzipped([FIRST]))
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as collection:
        collection.writestr("archive/1.warc.gz", gzipped([SECOND]))
        collection.writestr("archive/2.warc", THIRD)
        collection.writestr("pages/pages.jsonl", "{}")
    assert holds_captures(tmp_path)
    bodies, problems = read(captures_at(tmp_path))
    assert bodies == {f"/wiki/{title}": page(title) for title in TITLES}
    assert problems == []


def test_a_damaged_collection(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as collection:
        collection.writestr("archive/1.warc.gz", gzipped([SECOND]))
    content = (tmp_path / "b.wacz").read_bytes()
    bodies, problems = read_bytes(tmp_path, content[:-30], "b.wacz")
    assert bodies == {}
    assert len(problems) == 1


def test_another_writer(tmp_path: Path) -> None:
    """As warcio writes, which most tools use."""
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True)
    for title in TITLES:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(f"{HOST}/wiki/{title}", "response", io.BytesIO(page(title)), http_headers=head)
        )
    bodies, problems = read_bytes(tmp_path, written.getvalue())
    assert bodies == {f"/wiki/{title}": page(title) for title in TITLES}
    assert problems == []


@pytest.mark.parametrize("coding", ["gzip", "br", "record"])
def test_bombs_are_passed_over_in_little_memory(tmp_path: Path, coding: str) -> None:
    nothing = bytes(200 * 2**20)
    packed = {"gzip": gzip.compress, "br": lambda data: brotli.compress(data, quality=1), "record": bytes}[coding](
        nothing
    )
    bomb = gzipped([response("/bomb", packed, *([] if coding == "record" else [f"Content-Encoding: {coding}"]))])
    del nothing, packed
    tracemalloc.start()
    bodies, problems = read_bytes(tmp_path, bomb + gzipped([THIRD]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert bodies == {"/wiki/Semis": page("Semis")}
    assert "more than" in problems[0]
    assert peak < 120 * 2**20
