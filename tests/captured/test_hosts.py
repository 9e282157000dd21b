"""Captures of other hosts than the wiki's: nothing they tell is believed, and each is named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from scraper.model import Capture, Timestamp, Via
from scraper.sources.captured.hosts import own_hosts
from scraper.sources.captured.survey import Survey
from tests.captured.test_bad_input import COMPLETE, harvest, problems, titles
from tests.captured.test_pictures import place
from tests.captured.warcs import HOST, MOMENT, gzipped, page, record, response

STRANGER = "http://evil.example.net"
TITLES = ("Accueil", "Compost", "Semis")
OWN = [response(f"/wiki/{title}", page(title)) for title in TITLES]
QUERY = (
    b'{"query":{"general":{"sitename":"Mal","generator":"MediaWiki 1.99","base":"http://evil.example.net/"},'
    b'"namespaces":{"0":{"id":0,"case":"first-letter","*":""}},"pages":{"7":{"pageid":7,"ns":0,"title":"Accueil",'
    b'"revisions":[{"revid":77,"user":"X","timestamp":"2015-01-01T00:00:00Z","*":"lies"}]}}}}'
)
FEED = (
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
    b'<link rel="alternate" href="http://evil.example.net/w/index.php?title=Accueil&amp;action=history"/><entry>'
    b'<link rel="alternate" href="http://evil.example.net/w/index.php?title=Accueil&amp;diff=99&amp;oldid=prev"/>'
    b"<updated>2012-01-01T00:00:00Z</updated><author><name>Z</name></author></entry></feed>"
)
EXPORT = (
    b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en"><page>'
    b"<title>Accueil</title><ns>0</ns><id>5</id><revision><id>55</id><timestamp>2012-01-01T00:00:00Z</timestamp>"
    b"<contributor><username>U</username><id>1</id></contributor><text>lies</text></revision></page></mediawiki>"
)
LIES = {
    "page": ("/wiki/Accueil", page("Accueil")),
    "raw text": ("/w/index.php?title=Accueil&action=raw", b"lies"),
    "raw text of a revision": ("/w/index.php?title=Accueil&oldid=7&action=raw", b"lies"),
    "API": ("/w/api.php?action=query&format=json", QUERY),
    "feed": ("/w/index.php?title=Accueil&action=history&feed=atom", FEED),
    "export": ("/w/index.php?title=Special:Export/Accueil", EXPORT),
    "file": (f"/images/{place('Rake.png')}", b"\x89PNG\r\n\x1a\n"),
}
FACTS = """
    SELECT (SELECT name FROM site), (SELECT count(*) FROM revisions), (SELECT count(*) FROM texts),
        (SELECT count(*) FROM files), (SELECT count(*) FROM blobs)
"""


def answer(url: str, body: bytes) -> bytes:
    return record(
        "response", url, b"HTTP/1.1 200 OK\r\n\r\n" + body, "Content-Type: application/http; msgtype=response"
    )


def facts(folder: Path) -> tuple[str, int, int, int, int]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return connection.execute(FACTS).fetchone()  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", LIES)
def test_a_stranger_is_not_believed(tmp_path: Path, kind: str) -> None:
    path, body = LIES[kind]
    (tmp_path / "x.warc.gz").write_bytes(gzipped([*OWN, answer(STRANGER + path, body)]))
    assert harvest(tmp_path / "x.warc.gz", tmp_path / "archive").exit_code == COMPLETE
    assert titles(tmp_path / "archive") == list(TITLES)
    assert facts(tmp_path / "archive") == ("wiki.example.org", 0, 0, 0, 0)
    assert [found[:2] for found in problems(tmp_path / "archive")] == [("capture-foreign", "evil.example.net")]


@pytest.mark.parametrize("kind", ["raw text of a revision", "API", "feed", "export", "file"])
def test_the_wiki_itself_is_believed(tmp_path: Path, kind: str) -> None:
    path, body = LIES[kind]
    (tmp_path / "x.warc.gz").write_bytes(gzipped([*OWN, answer(HOST + path, body)]))
    harvest(tmp_path / "x.warc.gz", tmp_path / "archive")
    assert sum(facts(tmp_path / "archive")[1:]) > 0
    assert "capture-foreign" not in [code for code, *_ in problems(tmp_path / "archive")]


def test_a_person_may_know_better(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(gzipped([*OWN, answer(STRANGER + "/wiki/Paillis", page("Paillis"))]))
    harvest(tmp_path / "x.warc.gz", tmp_path / "archive")
    harvest(tmp_path / "x.warc.gz", tmp_path / "archive", "--force")
    assert (titles(tmp_path / "archive"), problems(tmp_path / "archive")) == ([*sorted((*TITLES, "Paillis"))], [])


def test_files_from_where_pages_show_them(tmp_path: Path) -> None:
    url = f"http://files.example.com/images/{place('Rake.png')}"
    shown = page("Outils").replace(b"<p>", f'<p><img src="{url}">'.encode())
    (tmp_path / "x.warc.gz").write_bytes(gzipped([*OWN, response("/wiki/Outils", shown), answer(url, b"\x89PNG")]))
    harvest(tmp_path / "x.warc.gz", tmp_path / "archive")
    assert facts(tmp_path / "archive")[3:] == (1, 1)


SCRIPT = '<head><script>mw.config.set({{"wgSiteName":"{}","wgServer":"{}"}});</script>'


def seen(*pages: tuple[str, str, str]) -> Survey:
    """Of pages by address, site name and server."""
    found = Survey(is_copy=False)
    for url, name, server in pages:
        body = page("Accueil").replace(b"<head>", SCRIPT.format(name, server).encode())
        found.see(Capture(url, 200, {}, body, Timestamp(MOMENT), Via.HTML))
    return found


@pytest.mark.parametrize(
    ("url", "name", "server", "is_own"),
    [
        ("http://old.example.com/wiki/Accueil", "Jardin", "http://old.example.com", True),
        ("http://10.0.0.7/wiki/Accueil", "", "https://www.wiki.example.org", True),
        ("http://www.wiki.example.org:8080/wiki/Accueil", "", "", True),
        ("http://wiki.example.net/wiki/Accueil", "Potager", "http://wiki.example.net", False),
        ("http://wiki.example.net/wiki/Accueil", "", "", False),
    ],
)
def test_hosts_at_which_a_wiki_stood(url: str, name: str, server: str, is_own: bool) -> None:
    own = (f"{HOST}/wiki/Accueil", "Jardin", HOST)
    found = seen(own, own, (url, name, server))
    assert ((found.wiki.pages == 3), len(found.told) == 1 or len(own_hosts(found.told)) == 2) == (is_own, is_own)


def test_a_few_pages_of_a_host_are_looked_at_among_many_others() -> None:
    others = [(f"{HOST}/wiki/Accueil", "Jardin", HOST)] * 101
    assert "old.example.com" in seen(*others, ("http://old.example.com/wiki/Accueil", "Jardin", "")).hosts()
