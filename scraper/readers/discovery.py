"""Where a wiki's API is: what a page of it, or its very address, tells.

Every skin since 1.17 writes ``<link rel="EditURI">`` (RSD) with the address of api.php; pages of all versions carry
the script path in their JavaScript variables. The common paths are those of MediaWiki's installer, of Debian, of
Wikimedia and of wiki farms (https://www.mediawiki.org/wiki/Manual:Short_URL).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from scraper.model import Capture

COMMON_PATHS = ("/w/", "/", "/wiki/", "/mediawiki/", "/mw/", "/wikis/", "/wiki/w/", "/en/", "/fr/")
RSD = re.compile(r"<link[^>]+rel=[\"']EditURI[\"'][^>]*>", re.IGNORECASE)
HREF = re.compile(r"href=[\"']([^\"']+)[\"']", re.IGNORECASE)
GENERATOR = re.compile(r"<meta[^>]+name=[\"']generator[\"'][^>]+content=[\"'](MediaWiki[^\"']*)[\"']", re.IGNORECASE)
SCRIPT_PATH = re.compile(r"[\"']?wgScriptPath[\"']?\s*[:=]\s*[\"']([^\"']*)[\"']")
SCRIPT = re.compile(r"[\"']?wgScript[\"']?\s*[:=]\s*[\"']([^\"']+)[\"']")
INDEX_LINK = re.compile(r"[\"']([^\"'<>]*?/index\.php5?)[?/][^\"'<>]*(?:title=|action=|oldid=)")
SCRIPT_LINK = re.compile(r"[\"']([^\"'<>]*?)/(?:index|load|api)\.php5?[?\"']")
# Pages that want to see a browser or a person first; each with words that only it has.
CHALLENGES: dict[str, re.Pattern[str]] = {
    "Cloudflare": re.compile(r"cf-chl|challenge-platform|cdn-cgi/challenge|Just a moment\.\.\."),
    "Anubis": re.compile(
        r"anubis_challenge|/\.within\.website/|Making sure you&#39;re not a bot|id=\"anubis", re.IGNORECASE
    ),
    "a captcha": re.compile(r"g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile", re.IGNORECASE),
    "Sucuri": re.compile(r"sucuri_cloudproxy|sucuri\.net/privacy-policy", re.IGNORECASE),
    "a bot protection": re.compile(r"_Incapsula_Resource|ddos-guard|go-away-", re.IGNORECASE),
}
LOGIN = re.compile(
    r"mw-loginform|badaccess|Special:UserLogin&amp;returnto=|wpLoginToken|\"loginreqtitle\"", re.IGNORECASE
)
SPECIAL_PAGE = re.compile(r"[\"']?wgNamespaceNumber[\"']?\s*[:=]\s*[\"']?-1\b|class=[\"'][^\"']*\bns-(?:-1|special)\b")
LONGEST_HEAD = 400_000  # characters of a page that are looked at


@dataclass(frozen=True, slots=True)
class Clues:
    """What one page gave away. ``generator`` is empty for pages that are not MediaWiki's, or do not say so."""

    api_urls: tuple[str, ...]
    index_urls: tuple[str, ...]
    generator: str
    challenge: str | None
    wants_login: bool

    @property
    def is_mediawiki(self) -> bool:
        return bool(self.generator or self.api_urls or self.index_urls)


def read_clues(capture: Capture) -> Clues:
    """Look at a page of what may be a wiki."""
    text = capture.body[:LONGEST_HEAD].decode("utf-8", "replace")
    generator = GENERATOR.search(text)
    challenge = next((name for name, words in CHALLENGES.items() if words.search(text)), None)
    return Clues(
        tuple(dict.fromkeys(_api_urls(text, capture.url))),
        tuple(dict.fromkeys(_index_urls(text, capture.url))),
        generator[1] if generator else "",
        challenge,
        bool(LOGIN.search(text)),
    )


def is_special_page(capture: Capture) -> bool:
    """Whether this is one of the pages that MediaWiki makes when it is asked, and keeps nowhere."""
    return SPECIAL_PAGE.search(capture.body[:LONGEST_HEAD].decode("utf-8", "replace")) is not None


def api_urls_of_address(url: str) -> list[str]:
    """Where api.php may be, going by the address alone: beside index.php, at the root of its path, at common places."""
    parts = urlsplit(url)
    found = []
    script = re.match(r"(.*/)(?:api|index|load)\.php(5?)(?:/|$)", parts.path)
    if script:
        found.append(f"{script[1]}api.php{script[2]}")
    first = re.match(r"(/[^/]+/)", parts.path)
    paths = [*COMMON_PATHS, *([first[1]] if first and not script else [])]
    found += [f"{path}api.php" for path in paths]
    return [urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in dict.fromkeys(found)]


def is_api_address(url: str) -> bool:
    """Whether it is the address of an API."""
    return urlsplit(url).path.endswith(("/api.php", "/api.php5"))


def index_beside(api_url: str) -> str:
    """The index.php of the wiki whose API would be there."""
    return api_url.replace("api.php", "index.php")


def _api_urls(text: str, url: str) -> Iterator[str]:
    for link in RSD.findall(text):
        address = HREF.search(link)
        if address:
            yield from _addresses(url, html.unescape(address[1]))
    for path in SCRIPT_PATH.findall(text):
        yield from _addresses(url, path.rstrip("/") + "/api.php")
    for path in SCRIPT_LINK.findall(text)[:20]:
        yield from _addresses(url, html.unescape(path) + "/api.php")


def _index_urls(text: str, url: str) -> Iterator[str]:
    """Where index.php is: as the page's scripts have it (with escaped slashes), as its links do, as its own address."""
    for path in (*SCRIPT.findall(text), *INDEX_LINK.findall(text)[:20]):
        yield from _addresses(url, html.unescape(path.replace("\\/", "/")))
    own = re.match(r"(.*/index\.php5?)(?:/|$)", urlsplit(url).path)
    if own and GENERATOR.search(text):
        yield urljoin(url, own[1])


def _addresses(url: str, link: str) -> Iterator[str]:
    """The address that a link leads to, without its query; none where nobody can read it (``http://[::::]/``)."""
    try:
        yield urlunsplit(urlsplit(urljoin(url, link))._replace(query="", fragment=""))
    except ValueError:
        return
