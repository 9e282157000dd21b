"""A crawl of a static copy tells what it may not fetch, and stays on the copy's host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.captured.test_bad_input import problems, titles
from tests.captured.warcs import page
from tests.harvest.running import SHORT, harvest

LINKS = b"<p><a href='Compost.html'>a</a> <a href='hidden/Secret.html'>b</a> <a href='away.html'>c</a>"


class _Copy(BaseHTTPRequestHandler):
    """``localhost`` is another host than ``127.0.0.1``."""

    def do_GET(self) -> None:
        answers = {
            "/robots.txt": b"User-agent: *\nDisallow: /wiki/hidden/\n",
            "/wiki/index.html": page("Accueil").replace(b"<p>", LINKS),
            "/wiki/Compost.html": page("Compost"),
            "/wiki/hidden/Secret.html": page("Secret"),
            "/wiki/elsewhere.html": page("Ailleurs"),
        }
        body = answers.get(self.path, b"")
        away = self.path == "/wiki/away.html"
        self.send_response(302 if away else 200 if body else 404)
        if away:
            _, port = self.server.server_address[:2]
            self.send_header("Location", f"http://localhost:{port}/wiki/elsewhere.html")
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
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
