"""Addresses that are none and answers of odd shapes cost themselves only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.model import Capture, Timestamp, Via
from scraper.sources.captured.links import Bounds, bounds_of, links_of
from tests.captured.test_bad_input import COMPLETE, SHORT, harvest, problems, titles
from tests.captured.warcs import HOST, MOMENT, gzipped, page, record, response

ACCUEIL = response("/wiki/Accueil", page("Accueil"))
API = "/w/api.php?action=query&meta=siteinfo&siprop=general|namespaces&format=json"
GENERAL = b'"general":{"sitename":"Jardin","base":"http://wiki.example.org/","generator":"MediaWiki 1.27.6"}'


def query(*parts: bytes) -> bytes:
    return b'{"query":{' + b",".join(parts) + b"}}"


def capture(url: str, body: bytes) -> Capture:
    return Capture(url, 200, {}, body, Timestamp(MOMENT), Via.HTML)


@pytest.mark.parametrize(
    ("url", "told"),
    [("http://[x/raw", ["Accueil"]), ("http://[::::]/w/index.php?title=X&action=raw", ["Accueil"])],
)
def test_an_address_that_is_none(tmp_path: Path, url: str, told: list[str]) -> None:
    """It is of no host, and so not of the wiki's."""
    kind = "Content-Type: application/http; msgtype=response"
    odd = record("response", url, b"HTTP/1.1 200 OK\r\n\r\nrakes", kind)
    (tmp_path / "x.warc.gz").write_bytes(gzipped([odd, ACCUEIL]))
    assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code in {COMPLETE, SHORT}
    assert titles(tmp_path / "archive") == told


def test_a_server_that_is_none(tmp_path: Path) -> None:
    script = b"<head><script>mw.config.set({'wgServer':'http://[w','wgTitle':'Accueil'});</script>".replace(b"'", b'"')
    body = page("Accueil").replace(b"<head>", script)
    (tmp_path / "x.warc.gz").write_bytes(gzipped([response("/wiki/Accueil", body)]))
    assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code in {COMPLETE, SHORT}
    assert titles(tmp_path / "archive") == ["Accueil"]


def test_links_of_a_crawl_that_lead_nowhere() -> None:
    body = page("Accueil").replace(b"<p>", b"<p><a href='http://[bad/'>x</a><a href='../b/Semis'>y</a>")
    start = capture(f"{HOST}/w/a/Accueil", body)
    assert bounds_of(start) == Bounds("wiki.example.org", "/w/")
    assert list(links_of(start, bounds_of(start))) == [f"{HOST}/w/b/Semis"]


@pytest.mark.parametrize("href", ["http://[::::]/", "http://[bad/#x"])
def test_a_link_that_leads_nowhere_costs_no_page(tmp_path: Path, href: str) -> None:
    (tmp_path / "copy").mkdir()
    link = f"<p><a href='{href}'>x</a>".encode()
    (tmp_path / "copy" / "Accueil.html").write_bytes(page("Accueil").replace(b"<p>", link))
    harvest(tmp_path / "copy", tmp_path / "archive")
    assert (titles(tmp_path / "archive"), problems(tmp_path / "archive")) == (["Accueil"], [])


def rendered(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM renderings").fetchone()[0])


ODD = {
    "deep": b'{"query":{"general":' + b"[" * 100_000,
    "deep and named": b'{"query":{"general":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "namespace": query(GENERAL, b'"namespaces":{"0":{"id":"zz","case":"first-letter","*":""}}'),
    "huge number": query(GENERAL, b'"namespaces":{"0":{"id":' + b"9" * 30 + b',"case":"first-letter","*":""}}'),
    "revision": query(b'"pages":{"7":{"pageid":7,"ns":0,"title":"Semis","revisions":[{"revid":' + b"9" * 30 + b"}]}}"),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_answers(tmp_path: Path, odd: str) -> None:
    semis = response("/wiki/Semis", page("Semis"))
    (tmp_path / "x.warc.gz").write_bytes(gzipped([ACCUEIL, response(API, ODD[odd]), semis]))
    result = harvest(tmp_path / "x.warc.gz", tmp_path / "archive")
    assert result.exit_code in {COMPLETE, SHORT}, result.exception
    assert {"Accueil", "Semis"} <= set(titles(tmp_path / "archive"))
    assert rendered(tmp_path / "archive") == 2
