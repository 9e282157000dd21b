"""What pages give away of a wiki's API."""

from __future__ import annotations

import pytest

from scraper.model import Capture, Timestamp, Via
from scraper.readers.discovery import api_urls_of_address, read_clues

PAGE = "https://wiki.example.org/wiki/Accueil"


def clues_of(html: str) -> object:
    return read_clues(Capture(PAGE, 200, {}, html.encode(), Timestamp("2020-01-01T00:00:00Z"), Via.HTML))


@pytest.mark.parametrize(
    ("html", "api_url"),
    [
        (
            '<link rel="EditURI" type="application/rsd+xml" href="//wiki.example.org/w/api.php?action=rsd"/>',
            "/w/api.php",
        ),
        ("<link rel='EditURI' href='https://wiki.example.org/mw/api.php?action=rsd&amp;x=1'>", "/mw/api.php"),
        ('<script>var wgScriptPath = "/old";</script>', "/old/api.php"),
        ('<script>RLCONF={"wgScriptPath":"/w"};</script>', "/w/api.php"),
        ('<link rel="stylesheet" href="/loaded/load.php?lang=fr">', "/loaded/api.php"),
    ],
)
def test_finds_the_api(html: str, api_url: str) -> None:
    assert f"https://wiki.example.org{api_url}" in clues_of(html).api_urls  # type: ignore[attr-defined]


def test_links_that_nobody_can_read_are_passed_by() -> None:
    html = '<a href="http://[::::]/api.php?x"></a><link rel="EditURI" href="//[/api.php"><a href="/w/api.php?x"></a>'
    assert clues_of(html).api_urls == ("https://wiki.example.org/w/api.php",)  # type: ignore[attr-defined]


def test_the_generator() -> None:
    clues = read_clues(
        Capture(PAGE, 200, {}, b'<meta name="generator" content="MediaWiki 1.31.1"/>', Timestamp("2020"), Via.HTML)
    )
    assert clues.generator == "MediaWiki 1.31.1"
    assert clues.is_mediawiki


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<title>Just a moment...</title>", "Cloudflare"),
        ('<script id="anubis_challenge" type="application/json">{}</script>', "Anubis"),
        ('<div class="h-captcha"></div>', "a captcha"),
    ],
)
def test_a_page_for_people_only(html: str, name: str) -> None:
    assert clues_of(html).challenge == name  # type: ignore[attr-defined]


def test_another_site_is_no_wiki() -> None:
    assert not clues_of("<title>Bakery</title><p>Bread").is_mediawiki  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://wiki.example.org/a/index.php?title=X", "https://wiki.example.org/a/api.php"),
        ("https://wiki.example.org/index.php5/Accueil", "https://wiki.example.org/api.php5"),
        ("https://wiki.example.org/wiki/Accueil", "https://wiki.example.org/w/api.php"),
    ],
)
def test_guesses_from_an_address(address: str, first: str) -> None:
    assert api_urls_of_address(address)[0] == first


def test_a_script_that_cloudflare_adds_to_good_pages_is_no_challenge() -> None:
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert clues_of(script).challenge == "Cloudflare"  # type: ignore[attr-defined]
    good = '<meta name="generator" content="MediaWiki 1.27.1" />' + script
    assert clues_of(good).challenge is None  # type: ignore[attr-defined]
