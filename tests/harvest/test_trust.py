"""What a wiki says is not trusted with our disk, our network or a password."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.utils.datatypes import LocalCache
from twisted.internet.error import DNSLookupError

from scraper.archive import Archive
from scraper.model import UNKNOWN_SITE, Capture, Timestamp, Via
from scraper.readers.html import Known
from scraper.readers.html.addresses import AddressRules
from scraper.sources.live import showing
from scraper.sources.live.bounds import is_inside, is_web_address
from scraper.sources.live.failures import Fault, LeadsInside, Unanswered, translate
from scraper.sources.live.network import Border, BorderGuard, Resolver, border_settings
from scraper.sources.live.paging import Paging
from tests.harvest.outcomes import outcomes
from tests.harvest.running import HarvestFailed, harvest
from tests.harvest.test_live_probe import probe
from tests.lab.serving import Handler, Serving

LOGIN = ("--user", "Ada", "--password", "secret word")
WIKI = "http://wiki.example.org/w/api.php"
LIST = "http://wiki.example.org/w/index.php?title=Special:Log"


class _Handler(Handler):
    place: Place

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.place.asked.append(f"{self.command} {self.path} {body}")
        status, headers, content = self.place.answers.get(self.path.partition("?")[0], (404, {}, b""))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 (as above)


@dataclass
class Place(Serving):
    """What a server answers by path: status, headers, body; and all that it was asked."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def handler(self) -> type[Handler]:
        return _Handler


@pytest.fixture
def site() -> Iterator[Place]:
    with Place() as place:
        yield place


@pytest.fixture
def stranger() -> Iterator[Place]:
    with Place() as place:
        yield place


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_numbers_of_hosts_inside(host: str) -> None:
    assert is_inside(f"http://{host}:80/x.png")


@pytest.mark.parametrize("host", ["localhost", "wiki.localhost", "LOCALHOST."])
def test_names_of_this_machine(host: str) -> None:
    assert is_inside(f"http://{host}/x.png")


@pytest.mark.parametrize("host", ["wiki.example.org", "8.8.8.8", "[2606:4700::1]", "10.example.org"])
def test_hosts_of_the_web(host: str) -> None:
    assert not is_inside(f"http://{host}/x.png")


@pytest.mark.parametrize(
    ("own", "is_found"),
    [({}, False), ({"wiki.example.org": "93.184.215.14"}, False), ({"wiki.example.org": "192.168.1.9"}, True)],
)
def test_names_that_lead_inside(monkeypatch: pytest.MonkeyPatch, own: dict[str, str], is_found: bool) -> None:
    """A stranger's name may do so only where the wiki that a person named is inside as well."""
    known: LocalCache[str, str] = LocalCache(10)
    known.update({"files.example.org": "10.0.0.1", **own})
    monkeypatch.setattr("scrapy.resolver.dnscache", known)
    resolver = Resolver(None, 10, 1.0)
    resolver.border = Border(frozenset({"wiki.example.org"}))
    found: list[str] = []
    for name in [*own, "files.example.org"]:
        resolver.getHostByName(name).addCallbacks(found.append, lambda failure: failure.trap(DNSLookupError))
    assert ("10.0.0.1" in found) == is_found
    assert set(own.values()) <= set(found)


def test_hosts_are_looked_at_unless_the_wiki_is_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "proxy.example:3128")
    border = border_settings(["https://wiki.example.org/"])["WIKICOMPOST_BORDER"]
    assert border.own == {"wiki.example.org"}
    assert border.admits("proxy.example", "10.0.0.1")
    assert not border.admits("files.example.org", "10.0.0.1"), "a proxy inside says nothing of the wiki"
    assert border_settings(["http://localhost:8080/w"]) == {}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "localhost", "files.example.org"]
)
def test_requests_stop_at_the_border(host: str) -> None:
    """Whatever they follow: redirects of pages come by as they do."""
    border = Border(frozenset({"wiki.example.org"}), inside={"files.example.org"})
    with pytest.raises(LeadsInside, match="no address of the public web"):
        BorderGuard(border).process_request(Request(f"http://{host}/wiki/Accueil"))
    BorderGuard(border).process_request(Request("http://8.8.8.8/wiki/Accueil"))
    border.is_open = True
    BorderGuard(border).process_request(Request(f"http://{host}/wiki/Accueil"))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "data:,x",
        "ftp://example.org/",
        "//a/b",
        "http://[::::]/",
        "http://a:99999/",
        "http://a:b/",
        "",
    ],
)
def test_no_addresses_of_the_web(url: str) -> None:
    assert not is_web_address(url)


def test_files_come_from_the_web_alone(site: Place, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for wikis")
    site.answers["/astray"] = (302, {"Location": secret.as_uri()}, b"")
    site.answers["/far"] = (302, {"Location": "http://127.0.0.1:99999/"}, b"")
    odd = ["http://[::::]/", "http://127.0.0.1:99999/", "http://\ud800/"]
    urls = [secret.as_uri(), "data:,x", *odd, f"{site.url}/astray", f"{site.url}/far"]
    for url, came in zip(urls, outcomes(site.url, *(["get_bytes", url, {}, None] for url in urls)), strict=True):
        assert came.startswith(("bad-address", "redirected")), url
    assert outcomes(site.url, ["get", secret.as_uri()]) == [f"bad-address: {secret.as_uri()}"]


def test_a_wiki_of_the_web_has_no_files_in_our_network(site: Place) -> None:
    site.answers["/x.png"] = (200, {}, b"bytes")
    site.answers["/moved.png"] = (301, {"Location": "/x.png"}, b"")
    files = [["get_bytes", f"{site.url}/{name}", {}, 5] for name in ("x.png", "moved.png")]
    assert all(came.startswith("bad-address") for came in outcomes(WIKI, *files))
    assert outcomes(WIKI, ["get", f"{site.url}/x.png"])[0].startswith("bad-address")
    assert not site.asked
    assert outcomes(f"{site.url}/w/api.php", *files) == ["bytes", "bytes"]


def test_a_wiki_that_believes_to_be_elsewhere_is_asked_where_it_answers(site: Place) -> None:
    away = "http://127.0.0.1:1"
    site.answers["/wiki/Accueil"] = (301, {"Location": f"{away}/wiki/Accueil_du_jardin"}, b"")
    site.answers["/wiki/Accueil_du_jardin"] = (200, {}, b"page")
    site.answers["/circle"] = (301, {"Location": f"{away}/circle"}, b"")
    site.answers["/x.png"] = (200, {}, b"bytes")
    site.answers["/y.png"] = (200, {"Content-Type": "text/html"}, b"nothing here")
    page, *files, circle = outcomes(
        f"{site.url}/w/api.php",
        ["get", f"{site.url}/wiki/Accueil"],
        ["get_bytes", f"{away}/x.png", {}, None, 1],
        ["get_bytes", f"{away}/y.png", {}, None, 1],
        ["get", f"{site.url}/circle", 1],
    )
    assert (page, files[0]) == ("page", "bytes")
    assert f"nobody answers at {away}/y.png" in files[1]
    assert circle.startswith(Fault.REDIRECTS)


def test_a_password_is_not_carried_to_another_place(site: Place, stranger: Place) -> None:
    site.answers["/w/api.php"] = site.answers["/form"] = (307, {"Location": f"{stranger.url}/w/api.php"}, b"")
    login, form = ["login", "Ada", "secret word"], ["post", f"{site.url}/form", {"wpPassword": "secret word"}]
    assert outcomes(f"{site.url}/w/api.php", login, form) == [f"redirected: {stranger.url}/w/api.php"] * 2
    assert len(site.asked) == 2
    assert not stranger.asked


def test_a_link_to_another_wiki_gets_no_password(site: Place, stranger: Place) -> None:
    link = f'<a href="{stranger.url}/w/api.php?action=help">x</a>'
    rsd = f'<link rel="EditURI" href="{stranger.url}/w/api.php?action=rsd">'
    site.answers["/"] = (200, {"Content-Type": "text/html"}, f"<title>Bread</title>{rsd}{link}".encode())
    probe(f"{site.url}/", *LOGIN)
    assert any(asked.startswith("GET /w/api.php?") for asked in site.asked)
    assert not stranger.asked


def test_an_api_that_leads_elsewhere_gets_no_password(site: Place, stranger: Place) -> None:
    site.answers["/w/api.php"] = (302, {"Location": f"{stranger.url}/w/api.php"}, b"")
    general = b'{"query":{"general":{"generator":"MediaWiki 1.39.0"},"namespaces":{},"statistics":{}}}'
    stranger.answers["/w/api.php"] = (200, {"Content-Type": "application/json"}, general)
    status, said = probe(f"{site.url}/w/api.php", *LOGIN)
    assert status
    assert "the password was not sent there" in said
    assert not any("secret" in asked or "tokens" in asked for asked in stranger.asked)


def test_an_archive_does_not_say_where_a_password_goes(site: Place, stranger: Place, tmp_path: Path) -> None:
    archive = Archive.open(tmp_path, create=True)
    doors = {"api_url": f"{stranger.url}/w/api.php", "index_url": f"{stranger.url}/w/index.php"}
    with archive.transaction():
        archive.save(replace(UNKNOWN_SITE, **doors))
    archive.close()
    with pytest.raises(HarvestFailed):
        harvest(f"{site.url}/w/api.php", tmp_path, *LOGIN)
    assert site.asked
    assert not stranger.asked


def test_what_is_too_large_is_said(site: Place) -> None:
    site.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(100_000)))
    site.answers["/plain"] = (200, {}, bytes(100_000))
    asked = [["get", f"{site.url}/{name}", 3, None, "raw", 10_000] for name in ("packed", "plain")]
    for came in outcomes(site.url, *asked):
        assert came.startswith(Fault.LARGE)
    assert len([line for line in site.asked if "robots" not in line]) == 2, "asking again is in vain"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "br", "zstd", "GZIP"])
def test_a_plain_answer_that_is_said_to_be_compressed(site: Place, encoding: str) -> None:
    text = "<!DOCTYPE html><title>Été</title>" + "a" * 5_000
    packed = gzip.compress(text.encode())
    site.answers["/plain"] = (200, {"Content-Encoding": encoding}, text.encode())
    site.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, packed)
    site.answers["/cut"] = (200, {"Content-Encoding": "gzip"}, packed[:-20])
    plain, whole, cut = outcomes(site.url, *(["get", f"{site.url}/{name}", 1] for name in ("plain", "packed", "cut")))
    assert plain == whole == text
    assert cut != text


class DownloadCancelledError(Exception):
    """As Scrapy names it."""


def test_an_answer_cut_for_its_size() -> None:
    assert translate(DownloadCancelledError("")).fault is Fault.LARGE  # type: ignore[union-attr]


def test_links_that_nobody_can_read_are_passed_by() -> None:
    links = ["http://[::::]/", "/w/index.php?title=Special:Log&offset=20200101000000"]
    older = Paging(AddressRules()).older(links, LIST)
    assert older is not None
    assert older.endswith("&offset=20200101000000")


def test_a_page_that_breaks_its_reader_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(capture: Capture, known: Known) -> None:
        raise ValueError("Invalid IPv6 URL")

    monkeypatch.setattr(showing, "read_page", broken)
    shower = object.__new__(showing.Shower)
    shower._known = Known()
    with pytest.raises(Unanswered, match="cannot be read"):
        shower._read(Capture(LIST, 200, {}, b"<html>", Timestamp("2020-01-01T00:00:00Z"), Via.HTML))
