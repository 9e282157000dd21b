"""Finding a wiki from any of its addresses, and saying clearly why not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.closed.doors import closed, is_api
from tests.harvest.running import COMPLETE, harvest
from tests.lab.faults import Fault, FaultProxy, Request
from tests.lab.old_api import AGES, OldApi
from tests.lab.wiki import PASSWORD, SYSOP, RealWiki

UNUSABLE = 2
ADDRESSES = ("/", "/wiki/Main_Page", "/wiki/No_such_page", "/w/index.php?title=Main_Page&action=history", "/w/api.php")


def probe(address: str, *options: str) -> tuple[int, str]:
    """The command's exit status, and all that it says."""
    line = [sys.executable, "-c", "from scraper.cli import main; main()", "probe", address, "--delay", "0", *options]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("path", ADDRESSES)
def test_any_address_will_do(english_wiki: RealWiki, path: str) -> None:
    status, said = probe(english_wiki.url + path)
    assert status == 0, said
    assert f"API: {english_wiki.api_url}" in said
    assert "MediaWiki 1.39" in said
    assert "doors: API open, Special:Export open, raw open, files open" in said


@pytest.mark.parametrize("path", ["/w/api.php", "/wiki/Main_Page", "/no/such/folder"])
def test_any_address_will_do_where_the_api_is_closed(english_wiki: RealWiki, path: str) -> None:
    with FaultProxy(english_wiki.url, choose=closed(is_api, how=Fault.ABSENT)) as proxy:
        status, said = probe(proxy.url + path)
    assert status == 0, said
    assert "doors: API closed, Special:Export open, raw open" in said


def test_a_private_wiki_wants_a_login(private_wiki: RealWiki) -> None:
    status, said = probe(private_wiki.url)
    assert status == UNUSABLE
    assert "--user and --password" in said


def test_a_private_wiki_is_harvested_with_a_password(private_wiki: RealWiki, tmp_path: Path) -> None:
    options = ("--user", SYSOP, "--password", PASSWORD)
    assert harvest(private_wiki.url, tmp_path, *options) == COMPLETE
    assert PASSWORD.encode() not in (tmp_path / "archive.db").read_bytes()


def test_an_old_private_wiki_gives_the_token_with_its_first_answer(private_wiki: RealWiki, tmp_path: Path) -> None:
    options = ("--user", SYSOP, "--password", PASSWORD, "--no-renderings")
    with OldApi(private_wiki.url, AGES["1.19"]) as old:
        assert harvest(f"{old.url}/w/api.php", tmp_path, *options) == COMPLETE
    assert PASSWORD.encode() not in (tmp_path / "archive.db").read_bytes()


def test_a_private_wiki_is_read_with_the_cookies_of_a_browser(private_wiki: RealWiki, tmp_path: Path) -> None:
    visitor = private_wiki.api(SYSOP)
    (jar,) = [handler.cookiejar for handler in visitor.opener.handlers if hasattr(handler, "cookiejar")]
    lines = ["# Netscape HTTP Cookie File"]
    lines += ["\t".join(("127.0.0.1", "FALSE", "/", "FALSE", "0", cookie.name, cookie.value)) for cookie in jar]
    (tmp_path / "cookies.txt").write_text("\n".join(lines) + "\n")
    status, said = probe(private_wiki.url, "--cookies", str(tmp_path / "cookies.txt"))
    assert status == 0, said


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bakery", "is not a MediaWiki"),
        ("/challenge", "shows Cloudflare to programs"),
        ("/blocked", "shows Cloudflare to programs"),
        ("/forbidden", "status 403"),
        ("/firewall", "ModSecurity"),
    ],
)
def test_says_why_not(other_site: str, path: str, words: str) -> None:
    status, said = probe(other_site + path)
    assert status == UNUSABLE
    assert words in said


def test_says_that_it_is_a_frozen_copy(other_site: str) -> None:
    status, said = probe(other_site + "/old")
    assert status == 0
    assert "is a page of a MediaWiki (MediaWiki 1.14.0), but neither its API nor its index.php answers" in said
    assert "as of a frozen copy" in said


@pytest.mark.parametrize(
    ("address", "words"),
    [("http://wiki.invalid/", "there is no such host"), ("http://127.0.0.1:1/", "the server refuses connections")],
)
def test_says_that_nobody_answers(address: str, words: str) -> None:
    status, said = probe(address)
    assert status == UNUSABLE
    assert words in said


def test_robots_txt_is_obeyed_unless_told_otherwise(english_wiki: RealWiki, wiki_that_forbids: RealWiki) -> None:
    status, said = probe(wiki_that_forbids.url)
    assert status == UNUSABLE
    assert "--ignore-robots" in said
    assert probe(wiki_that_forbids.url, "--ignore-robots")[0] == 0


def test_pages_are_read_where_robots_txt_forbids_the_api_alone(wiki_copies) -> None:  # type: ignore[no-untyped-def]
    wiki = wiki_copies(language="en")
    wiki.character = replace(wiki.character, robots="User-agent: *\nDisallow: /w/api.php\n")
    wiki.configure()
    status, said = probe(wiki.url)
    assert status == 0, said
    assert "doors: API closed, Special:Export open, raw open" in said


@pytest.fixture(scope="module")
def private_wiki(wiki_copies) -> RealWiki:  # type: ignore[no-untyped-def]
    """The English wiki, read by those with an account only."""
    known = {"read": True, "writeapi": True}
    groups = {"*": {"read": False, "writeapi": True}, "user": known, "sysop": known}
    return wiki_copies(language="en", wgGroupPermissions=groups)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def wiki_that_forbids(wiki_copies) -> RealWiki:  # type: ignore[no-untyped-def]
    """The English wiki with a robots.txt that forbids all."""
    wiki = wiki_copies(language="en")
    wiki.character = replace(wiki.character, robots="User-agent: *\nDisallow: /\n")
    wiki.configure()
    return wiki  # type: ignore[no-any-return]


PAGES = {
    "/bakery": (200, "<title>Bakery</title><p>Bread and more bread."),
    "/challenge": (503, "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script>"),
    "/blocked": (403, "<title>Attention Required! | Cloudflare</title>"),
    "/firewall": (406, "<h1>Not Acceptable!</h1><p>This error was generated by Mod_Security.</p>"),
    "/forbidden": (403, "<title>403</title>"),
    "/old": (200, '<meta name="generator" content="MediaWiki 1.14.0" /><title>Accueil</title>'),
}


class Site(BaseHTTPRequestHandler):
    """Something that is no wiki, or does not want us."""

    def do_GET(self) -> None:
        status, text = PAGES.get(self.path, (404, "<title>404</title>"))
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    """Address of a server with the pages above."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_server_that_wants_a_password_before_the_wiki_does(english_wiki: RealWiki) -> None:
    def is_stranger(request: Request) -> Fault | None:
        return None if request.headers.get("Authorization") == "Basic T3JtZTpmZXVpbGxl" else Fault.PASSWORD

    with FaultProxy(english_wiki.url, choose=is_stranger) as proxy:
        status, said = probe(proxy.url)
        assert (status, "--http-auth" in said) == (UNUSABLE, True)
        status, said = probe(proxy.url, "--http-auth", "Orme:feuille")
    assert status == 0, said


def test_a_wiki_that_asks_to_wait_at_the_door_is_asked_again(english_wiki: RealWiki) -> None:
    with FaultProxy(
        english_wiki.url, choose=lambda request: Fault.TOO_MANY_REQUESTS if request.number < 2 else None
    ) as proxy:
        status, said = probe(proxy.url)
    assert status == 0, said


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://wiki example.org", "is no address of a web page"),
        ("http://[::::]/", "is nothing that wikicompost can read"),
        ("https://Orme:feuille@wiki.example.org", "--http-auth"),
    ],
)
def test_slips_in_addresses(address: str, words: str) -> None:
    status, said = probe(address)
    assert (status, words in said, "feuille" in said) == (UNUSABLE, True, False)
