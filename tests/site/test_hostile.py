"""A wiki that attacks its readers: nothing that it says leaves its place, and nothing of it runs."""

from __future__ import annotations

import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree, html
from playwright.sync_api import Page, Request, expect

from converters.exporters import History, SiteOptions, export_site, site
from converters.exporters.site.books.feed import FEED
from scraper.archive import Archive
from tests.site.conftest import served
from tests.site.crawl import crawl
from tests.site.garden import Garden
from tests.site.servers import SERVERS, need
from tests.site.weeds import TITLES, weeds

# A browser shows these as what they say they are, or keeps them.
NOT_PAGES = {".pdf", ".png", ".txt", ".bib", ".tex", ".xcf", ".mid"}
ATOM = {"feed", "title", "id", "updated", "author", "name", "link", "entry", "summary"}
# Paths that lead upwards or are too long: a server refuses them before it looks at any rule.
REFUSED = (400, 403)
ALIKE = ("difference", "history", "info", "revision")
TOUCH = """
for (const element of document.querySelectorAll('*'))
  for (const event of ['click', 'mouseover', 'focus', 'load', 'error', 'toggle', 'animationend'])
    element.dispatchEvent(new Event(event));
"""
FRAME = (Path(site.__file__).parent / "templates/base.html").read_text("utf-8")
OUR_SCRIPT = re.compile(r"(?:[./]*archive|[.]{1,2})/(?:addresses|find|go|gone|random|search|site)\.js")
SEARCH = {
    ("form", "action", "class", "role"),
    ("form", "class", "id", "role"),
    ("input", "aria-label", "name", "placeholder", "required", "type"),
    ("input", "aria-label", "name", "required", "type"),
    ("button",),
    ("button", "hidden", "id", "type"),
}
RUNNING_TAGS = re.compile(
    r"script|iframe|object|embed|form|input|button|base|svg|template|plaintext|xmp|style|noscript"
)


@pytest.fixture(scope="module")
def hostile() -> Iterator[Garden]:
    # Servers read as a user of their own, who may not enter the folders of the tests.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        garden = weeds(Path(name) / "archive")
        with Archive.read(garden.folder) as archive:
            export_site(archive, garden.folder / "site", options=SiteOptions(history=History.FULL))
        yield garden


def test_everything_was_written_inside_the_site(hostile: Garden) -> None:
    outside = [path for path in hostile.folder.parent.iterdir() if path != hostile.folder]
    assert outside == []
    assert {path.name for path in hostile.folder.iterdir()} == {"archive.db", "archive.lock", "files", "site"}
    top = {path.name for path in (hostile.folder / "site").iterdir()}
    files = {".htaccess", ".nojekyll", "404.html", "_headers", "_redirects", "addresses.tsv", "index.html"}
    folders = {
        "archive",
        "contributions",
        "difference",
        "files",
        "history",
        "info",
        "media",
        "page",
        "revision",
        "source",
    }
    assert top == files | folders | {"sitemap.xml", "w", "wiki"}
    assert len(list((hostile.folder / "site/history").rglob("index.html"))) == len(hostile.pages)


def test_it_is_written_again_over_itself(hostile: Garden) -> None:
    before = hostile.folder / "site/addresses.tsv"
    assert all(line.count("\t") == 2 for line in before.read_text("utf-8").split("\n")[1:-1])
    with Archive.read(hostile.folder) as archive:
        report = export_site(archive, hostile.folder / "site", [1], SiteOptions(history=History.FULL))
    assert (report.pages > 0, report.removed) == (True, 0)


def test_no_link_is_dead_whatever_the_titles(hostile: Garden) -> None:
    with served(hostile.folder / "site") as base:
        assert crawl(base)[1] == []


def test_the_written_html_has_nothing_that_runs(hostile: Garden) -> None:
    faults = []
    for path in (hostile.folder / "site").rglob("index*.html"):
        page = html.fromstring(path.read_text("utf-8"))
        faults += [f"{path}: {fault}" for fault in _running(page)]
    assert faults == []


def _is_ours(element: html.HtmlElement) -> bool:
    """The site's own scripts and its search."""
    if element.tag == "script":
        return OUR_SCRIPT.fullmatch(element.get("src") or "") is not None and not element.text
    if element.tag == "svg":
        return next(element.iterancestors("article"), None) is None  # a chart: what the wiki wrote is an article
    if element.tag == "link" and element.get("rel") == "icon":
        return f'"{element.get("href")}"' in FRAME
    return element.tag == "noscript" or (element.tag, *sorted(element.keys())) in SEARCH


def _running(page: html.HtmlElement) -> list[str]:
    faults = []
    for element in page.iter():
        if _is_ours(element):
            continue
        if isinstance(element.tag, str) and RUNNING_TAGS.fullmatch(element.tag):
            faults.append(f"<{element.tag}>")
        for name, value in element.items():
            address = re.sub(r"[\s\x00-\x20]", "", value).lower()
            if name.startswith("on") or address.startswith(("javascript:", "data:", "vbscript:")):
                faults.append(f"{name}={value}")
            if name in ("src", "srcset", "poster") and not value.startswith("../"):
                faults.append(f"{name}={value}")
    return faults


def test_files_that_could_run_are_kept_as_text(hostile: Garden) -> None:
    site = hostile.folder / "site"
    offered = [path for path in (site / "files").rglob("*") if path.is_file() and path.suffix not in NOT_PAGES]
    assert [(path.suffix, b"M0 0h9v9z" in path.read_bytes()) for path in offered] == [(".svg", True)]
    originals = {path.name for path in (site / "w/images/a/ab").iterdir() if "<" not in path.name}
    assert originals == {"Dessin.svg", "Jumeau.txt", *(f"Page{suffix}" for suffix in NOT_PAGES)}


def test_the_feed_and_the_map_of_the_site_hold_words_alone(hostile: Garden) -> None:
    feed, places = (etree.parse(hostile.folder / "site" / name).getroot() for name in (FEED, "sitemap.xml"))
    assert {etree.QName(element).localname for element in feed.iter()} == ATOM
    assert all(link.get("href", "").startswith("https://jardin.example/") for link in feed.iter("{*}link"))
    assert all(str(place.text).startswith("https://jardin.example/") for place in places.iter("{*}loc"))


@pytest.mark.parametrize("server", SERVERS)
def test_servers_read_nothing_of_it_as_their_own_words(server: str, hostile: Garden, tmp_path: Path) -> None:
    need(server)
    site = hostile.folder / "site"
    with SERVERS[server](site, tmp_path) as base:
        for title in TITLES:
            for address in (f"/wiki/{quote(title)}", f"/w/index.php?title={quote(title)}&action=history"):
                status, headers, body = _ask(base + address)
                assert body != b"owned"
                if status not in REFUSED:
                    assert (status, headers["X-Content-Type-Options"]) in ((200, "nosniff"), (404, "nosniff"))
                    assert "script-src 'self'" in headers["Content-Security-Policy"]
        for path in (*(site / "files").rglob("*.*"), *(site / "w/images").rglob("*.*")):
            status, headers, _ = _ask(f"{base}/{quote(path.relative_to(site).as_posix())}")
            assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
            assert headers["Content-Security-Policy"].startswith("sandbox;")


def _ask(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.url.startswith("http://127.0.0.1:")
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_nothing_runs_and_nothing_leaves_in_a_real_browser(hostile: Garden, page: Page) -> None:
    with served(hostile.folder / "site") as base:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(_host(request)))
        owned = [address for address in _addresses(hostile.folder / "site") if _is_owned(page, base + address)]
    assert owned == []
    assert set(asked) == {base}


def test_a_page_from_a_disk_still_leads_to_pages(hostile: Garden, page: Page) -> None:
    """Names in the text, by which a document knows its own parts, hide nothing from the site's scripts."""
    page.goto((hostile.folder / "site/wiki/names/index.html").as_uri())
    links = page.locator("a[href$='/']:not([href^='http'])")
    expect(links).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.owned === undefined")


def _addresses(site: Path) -> list[str]:
    """Of what is said about versions and pages in the same words each time, some."""
    # The root and the pages for ids only send the reader on.
    found = [path.relative_to(site) for path in sorted(site.rglob("index*.html"))]
    alike = {view: [path for path in found if path.parts[0] == view] for view in ALIKE}
    others = [path for path in found if len(path.parts) > 1 and path.parts[0] not in (*ALIKE, "media", "page", "w")]
    return [
        f"/{quote(path.as_posix())}" for path in (*others, *(path for some in alike.values() for path in some[::6]))
    ]


def _host(request: Request) -> str:
    return "/".join(request.url.split("/")[:3])


def _is_owned(page: Page, address: str) -> bool:
    page.goto(address, wait_until="load")
    page.evaluate(TOUCH)
    owned: bool = page.evaluate("document.documentElement.dataset.owned !== undefined")
    return owned
