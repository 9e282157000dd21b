"""Files too large for memory: to disk as they come, gone on from where they broke off, or from the beginning."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from threading import Event

import pytest

from scraper.sources.live.landing import SMALL, Landing
from tests.captured.test_pictures import place
from tests.captured.warcs import page
from tests.harvest.running import harvest
from tests.lab.serving import Handler, Serving

BLOCK = Random(7).randbytes(2**20)
SIZE = 40 * 2**20 + 12_345
MEMORY = 110 * 2**20  # bytes; most of them are Python's and Scrapy's own
SCRIPT = """
import asyncio, json, re, sys
from pathlib import Path
from scraper.archive.blobs import sha1_of
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.landing import Landing
from scraper.sources.live.patience import Patience
from scraper.sources.live.settings import scrapy_settings
from scraper.sources.live.visit import visit
from scraper.sources.source import HarvestOptions

url, folder, size, timeout = sys.argv[1], Path(sys.argv[2]), *map(json.loads, sys.argv[3:])

async def errand(crawler):
    asker = Asker(crawler, Patience(0, lambda text: None), [])
    landing = Landing(folder, size)
    try:
        await asker.get_file(url, landing, 3)
    except (Refused, Unanswered) as failure:
        return str(failure)
    landing.close()
    return sha1_of(landing.path).hex

said = visit(errand, scrapy_settings(HarvestOptions(delay=0, ignore_robots=True, timeout=timeout)))
print(json.dumps([said, re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]]))
"""


class _Handler(Handler):
    protocol_version = "HTTP/1.0"  # an answer ends with its connection, sooner than it said where it breaks off
    place: Server

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        self.place.answer(self)


@dataclass
class Server(Serving):
    """Gives one file of ``size`` bytes; breaks off after so many of an answer, as often as it is told."""

    size: int = SIZE
    knows_ranges: bool = True
    breaks: int = 0
    after: int = 0
    tag: str = '"one"'
    tells_length: bool = True
    drips: bool = False  # a byte now and then
    has_endless_head: bool = False
    closing: Event = field(default_factory=Event)
    instead_of_parts: tuple[int, str] | None = None  # status and Content-Range
    asked: list[str] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def handler(self) -> type[Handler]:
        return _Handler

    @property
    def film(self) -> str:
        """The file's address."""
        return f"{self.url}/images/a/ab/Film.webm"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """A page, the file at any address of a file, where it is now, or nothing."""
        if place := self.moved.get(handler.path):
            handler.send_response(302)
            handler.send_header("Location", place)
            handler.end_headers()
            return
        if "/images/" in handler.path:
            self.give(handler)
            return
        content = self.pages.get(handler.path, b"")
        handler.send_response(200 if content else 404)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def give(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        is_same = handler.headers.get("If-Range", self.tag) == self.tag
        start = int(wanted[1]) if wanted and self.knows_ranges and is_same else 0
        self.asked.append(handler.headers.get("Range", "whole"))
        if wanted and self.instead_of_parts:
            status, content_range = self.instead_of_parts
            handler.send_response(status)
            handler.send_header("Content-Range", content_range)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.write(piece(0, 100))
            return
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", self.tag)
        while self.has_endless_head:
            handler.send_header("X-Rake", "a" * 1000)
            handler.flush_headers()
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{self.size - 1}/{self.size}")
        if self.tells_length:
            handler.send_header("Content-Length", str(self.size - start))
        handler.end_headers()
        end = self.size
        if self.breaks:
            self.breaks -= 1
            end = min(end, start + self.after)
        step = 1 if self.drips else len(BLOCK)
        for at in range(start, end, step):
            handler.wfile.write(piece(at, min(end, at + step)))
            if self.drips:
                handler.wfile.flush()
                self.closing.wait(0.05)


def piece(start: int, end: int) -> bytes:
    """These bytes of the file."""
    within = start % len(BLOCK)
    return (BLOCK + BLOCK)[within : within + end - start]


def sha1(size: int) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    for at in range(0, size, len(BLOCK)):
        digest.update(piece(at, min(size, at + len(BLOCK))))
    return digest.hexdigest()


def fetched(server: Server, folder: Path, size: int | None = SIZE, timeout: float = 5) -> tuple[str, int]:
    """The SHA-1 of what came or why nothing came, and the most memory that it took, in bytes."""
    line = [sys.executable, "-c", SCRIPT, server.film, str(folder), json.dumps(size), json.dumps(timeout)]
    done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=300)
    said, kilobytes = json.loads(done.stdout)
    return said, int(kilobytes) * 1024


@pytest.mark.parametrize(
    ("server", "asked"),
    [
        (Server(), ["whole"]),
        (Server(breaks=3, after=10 * 2**20), ["whole", *(f"bytes={n * 10 * 2**20}-" for n in range(1, 4))]),
        (Server(knows_ranges=False, breaks=1, after=2**20), ["whole", f"bytes={2**20}-"]),
        (Server(tells_length=False), ["whole"]),
    ],
    ids=["whole", "goes on", "starts over", "of unknown length"],
)
def test_a_large_file_never_stands_in_memory(tmp_path: Path, server: Server, asked: list[str]) -> None:
    with server:
        assert fetched(server, tmp_path) == (sha1(SIZE), pytest.approx(MEMORY / 2, abs=MEMORY / 2))
    assert server.asked == asked


def test_a_file_without_end_is_given_up(tmp_path: Path) -> None:
    with Server(size=300 * 2**20, tells_length=False) as server:
        said, _ = fetched(server, tmp_path, 1000)
    assert said.startswith("the answer is too large")
    assert len(server.asked) == 1


def test_headers_without_end_are_given_up(tmp_path: Path) -> None:
    with Server(has_endless_head=True) as server:
        said, memory = fetched(server, tmp_path)
    assert said.startswith("the connection broke off")
    assert memory < MEMORY


@pytest.mark.parametrize("after", [0, 1000])
def test_a_server_that_always_breaks_off_at_once_is_given_up(tmp_path: Path, after: int) -> None:
    with Server(breaks=100, after=after) as server:
        said, _ = fetched(server, tmp_path)
    assert said.startswith("the connection broke off")
    assert len(server.asked) == 3


def test_a_server_that_gives_a_byte_now_and_then_is_given_up(tmp_path: Path) -> None:
    with Server(drips=True) as server:
        said, _ = fetched(server, tmp_path, timeout=0.5)
        server.closing.set()
    assert said.startswith("no answer in time")
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("instead_of_parts", "said", "times"),
    [
        ((416, f"bytes */{SIZE}"), "the connection broke off", 3),
        ((206, f"bytes 0-99/{SIZE}"), "the connection broke off", 3),
        ((206, f"bytes 5000-5099/{SIZE}"), "the answer cannot be read", 2),
        ((206, "bytes"), "the answer cannot be read", 2),
    ],
    ids=["none", "the first one again", "a later one", "untold"],
)
def test_a_server_that_does_not_go_on_is_given_up(
    tmp_path: Path, instead_of_parts: tuple[int, str], said: str, times: int
) -> None:
    with Server(breaks=100, after=1000, instead_of_parts=instead_of_parts) as server:
        assert fetched(server, tmp_path)[0].startswith(said)
    assert len(server.asked) == times


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    landing, (soft, hard) = Landing(tmp_path, None), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        assert not landing.write(bytes(2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "it cannot be written" in str(landing.refusal)
    assert not landing.is_whole(200, {})
    landing.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_be_larger_than_any_answer(tmp_path: Path) -> None:
    with Server(size=257 * 2**20) as server:
        said, memory = fetched(server, tmp_path, server.size)
    assert said == sha1(server.size)
    assert memory < MEMORY


def test_parts_that_are_smaller_than_was_asked(tmp_path: Path) -> None:
    landing = Landing(tmp_path, 10)
    for content_range, data in (("bytes 0-3/10", b"abcd"), ("bytes 4-7/10", b"efgh"), ("bytes 8-9/10", b"ij")):
        landing.begin(206, {"content-range": content_range})
        landing.write(data)
        assert landing.is_whole(206, {"content-range": content_range}) is (landing.size == 10)
    landing.close()
    assert landing.path.read_bytes() == b"abcdefghij"
    landing.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_large_file_of_a_copy_on_line(tmp_path: Path, size: int = SMALL + 5) -> None:
    """It goes by way of a WARC; broken off on its way, it is gone on from."""
    link = f'<p><a href="/images/{place("Film.webm")}">film</a>'.encode()
    with Server(size=size, breaks=1, after=2**20) as server:
        server.pages = {"/wiki/index.html": page("Accueil").replace(b"<p>", link)}
        harvest(f"{server.url}/wiki/index.html", tmp_path / "archive")
    assert server.asked == ["whole", f"bytes={2**20}-"]
    [kept] = (tmp_path / "archive" / "files").glob("*/*.webm")
    assert kept.stem == sha1(size)
    assert not list((tmp_path / "archive").glob("download-*"))


def test_a_large_file_by_two_names(tmp_path: Path, size: int = SMALL + 5) -> None:
    """Both are on their way at once, and end at one address."""
    old, new = (f"/images/{place(name)}" for name in ("Ancien.webm", "Film.webm"))
    links = f'<p><a href="{old}">old</a> <a href="{new}">new</a>'.encode()
    with Server(size=size, moved={old: new}) as server:
        server.pages = {"/wiki/index.html": page("Accueil").replace(b"<p>", links)}
        harvest(f"{server.url}/wiki/index.html", tmp_path / "archive", "--concurrency", "2")
    [captured] = (tmp_path / "archive" / "captures").glob("copy-*.warc.gz")
    content = gzip.decompress(captured.read_bytes())
    assert content.count(f"\r\nContent-Length: {size}\r\n".encode()) == 2
    assert not list((tmp_path / "archive").glob("download-*"))
