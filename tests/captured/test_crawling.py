"""A crawl of a static copy tells what it may not fetch, and stays on the copy's host."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scraper.sources.captured.crawling import FAILURES_IN_A_ROW
from tests.captured.test_bad_input import problems, titles
from tests.captured.test_pictures import NARROW, SAUCER, WIDE, place, sha1
from tests.captured.warcs import page
from tests.harvest.running import SHORT, harvest

TAS, BOL = f"/images/thumb/{place('Tas.gif')}", f"/images/thumb/{place('Bol.gif')}"
PICTURES = f"""<p><a href="/images/{place("Tas.gif")}"><img src="{TAS}/60px-Tas.gif" srcset="{TAS}/90px-Tas.gif 2x"></a>
<a href="/images/{place("Bol.gif")}"><img src="{BOL}/60px-Bol.gif"></a>""".encode()
CLOSED = [f"/closed/thumb/{place(f'Loin{number}.gif')}/60px-Loin{number}.gif" for number in range(FAILURES_IN_A_ROW)]
LOST = "".join(f'<p><img src="{src}">' for src in CLOSED).encode()
LINKS = b"<p><a href='Compost.html'>a</a> <a href='hidden/Secret.html'>b</a> <a href='away.html'>c</a>"


TYPES = {".txt": "text/plain", ".gif": "image/gif"}


class _Copy(BaseHTTPRequestHandler):
    """``localhost`` is another host than ``127.0.0.1``."""

    def do_GET(self) -> None:
        answers = {
            "/robots.txt": b"User-agent: *\nDisallow: /wiki/hidden/\n",
            "/wiki/index.html": page("Accueil").replace(b"<p>", LINKS),
            "/wiki/Compost.html": page("Compost").replace(b"<p>", PICTURES),
            f"/images/{place('Bol.gif')}": SAUCER,
            f"{BOL}/60px-Bol.gif": NARROW,
            f"{TAS}/60px-Tas.gif": NARROW,
            f"{TAS}/90px-Tas.gif": WIDE,
            "/loin/index.html": page("Loin").replace(b"<p>", LOST),
            "/wiki/hidden/Secret.html": page("Secret"),
            "/wiki/elsewhere.html": page("Ailleurs"),
        }
        body = answers.get(self.path, b"")
        away = self.path == "/wiki/away.html"
        self.send_response(302 if away else 200 if body else 403 if self.path in CLOSED else 404)
        if away:
            _, port = self.server.server_address[:2]
            self.send_header("Location", f"http://localhost:{port}/wiki/elsewhere.html")
        self.send_header("Content-Type", TYPES.get(self.path[-4:], "text/html; charset=utf-8"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Copy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_is_not_fetched_is_told(site: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("crawl") / "archive"
    assert harvest(f"{site}/wiki/index.html", folder) == SHORT
    assert titles(folder) == ["Accueil", "Compost"]
    told = {(code, subject) for code, subject, _ in problems(folder)}
    assert told == {
        ("robots-forbid", f"{site}/wiki/hidden/Secret.html"),
        ("link-outside", f"{site}/wiki/away.html"),
    }
    assert pictures(folder) == [("Bol.gif", None, sha1(SAUCER)), ("Tas.gif", 90, sha1(WIDE))]


def test_closed_thumbnails_do_not_end_a_harvest(site: str, tmp_path: Path) -> None:
    assert harvest(f"{site}/loin/index.html", tmp_path / "archive") == SHORT
    assert titles(tmp_path / "archive") == ["Loin"]
    assert [(code, subject.removeprefix(site)) for code, subject, _ in problems(tmp_path / "archive")] == [
        ("answer-unreadable", src) for src in CLOSED
    ]


def pictures(folder: Path) -> list[tuple[str, int | None, str]]:
    """Files, and of lost ones what stands in for them."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        return connection.execute(
            "SELECT name, NULL, b.sha1 FROM file_versions JOIN files USING (file_id) JOIN blobs b USING (blob_id)"
            " UNION ALL SELECT name, width, b.sha1 FROM thumbnails JOIN files USING (file_id)"
            " JOIN blobs b USING (blob_id)"
        ).fetchall()
