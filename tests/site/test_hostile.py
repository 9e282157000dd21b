"""A wiki that attacks its readers: nothing that it says leaves its place, and nothing of it runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Page, Request

from converters.exporters import site
from scraper.model import UserName
from tests.site.conftest import export, served
from tests.site.crawl import crawl
from tests.site.garden import PNG, Garden

RUN = "document.documentElement.dataset.owned=1"
BREAKOUT = f"\"'></title></textarea></style></script><script>{RUN}</script><img src=x onerror={RUN}>"
CASES = (Path(__file__).parent / "attacks.txt").read_text("utf-8").split("\n== ")[1:]
PAGES = {name: code.replace("RUN", RUN) for name, _, code in (case.partition("\n") for case in CASES)}
TITLES = (
    "100 % ? & + \" ' : « »", "a&b=c;d", "A/B/C", "A//B", "A/", "A", "index.html", "A/index.html", "C++", ".htaccess",
    "../../../escape", "..", "é" * 127, "Foo.", "back\\slash", "'\"", "%41", "a%2Fb", "~", "javascript:alert(1)",
    "<b>gras</b>", BREAKOUT, "x" * 255, "Utilisateur:" + "y" * 250,
)  # fmt: skip
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
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    folder = tmp_path_factory.mktemp("hostile")
    garden = Garden(
        folder / "archive",
        {
            "name": f"Wiki {BREAKOUT}",
            "license_name": BREAKOUT,
            "license_url": f"javascript:{RUN}",
            "language": BREAKOUT,
        },
    )
    garden.write("Accueil", "<p>Entrée.</p>")
    languages = [{"lang": BREAKOUT, "title": BREAKOUT, "url": f"javascript:{RUN}"}]
    for name, code in PAGES.items():
        shown = {"display_title": code + BREAKOUT, "language_links": languages}
        garden.write(name, code, shown=shown, categories=[BREAKOUT], user=UserName(BREAKOUT, 9), comment=BREAKOUT)
    for name in TITLES:
        garden.write(name, "<p>x</p>", comment=f"/* {BREAKOUT} */ [[javascript:{RUN}|{BREAKOUT}]]", tags=(BREAKOUT,))
    garden.write("css", "", text=f"</pre><script>{RUN}</script>", content_model="css")
    garden.upload("Page.html", f"<script>{RUN}</script>".encode())
    garden.upload("Dessin.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><script>{RUN}</script></svg>'.encode())
    garden.upload(f"{BREAKOUT.replace('/', '')}.png", PNG)
    garden.upload("commande.php", b"<?php system('id');")
    garden.settle()
    export(garden)
    return garden


def test_everything_was_written_inside_the_site(hostile: Garden) -> None:
    outside = [path for path in hostile.folder.parent.iterdir() if path != hostile.folder]
    assert outside == []
    assert {path.name for path in hostile.folder.iterdir()} == {"archive.db", "archive.lock", "files", "site"}
    top = {path.name for path in (hostile.folder / "site").iterdir()}
    files = {".htaccess", ".nojekyll", "404.html", "_headers", "_redirects", "addresses.tsv", "index.html"}
    folders = {"archive", "contributions", "files", "history", "info", "page", "source"}
    assert top == files | folders | {"sitemap.xml", "w", "wiki"}
    assert len(list((hostile.folder / "site/history").rglob("index.html"))) == len(hostile.pages)


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
    suffixes = {path.suffix for path in (hostile.folder / "site/files").rglob("*") if path.is_file()}
    assert suffixes == {".txt", ".png"}


def test_nothing_runs_and_nothing_leaves_in_a_real_browser(hostile: Garden, page: Page) -> None:
    with served(hostile.folder / "site") as base:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(_host(request)))
        owned = [address for address in _addresses(hostile.folder / "site") if _is_owned(page, base + address)]
    assert owned == []
    assert set(asked) == {base}


def _addresses(site: Path) -> list[str]:
    # The root and the pages for ids only send the reader on.
    pages = (path.relative_to(site) for path in sorted(site.rglob("index*.html")))
    return [
        f"/{quote(path.as_posix())}" for path in pages if len(path.parts) > 1 and path.parts[0] not in ("page", "w")
    ]


def _host(request: Request) -> str:
    return "/".join(request.url.split("/")[:3])


def _is_owned(page: Page, address: str) -> bool:
    page.goto(address, wait_until="load")
    page.evaluate(TOUCH)
    owned: bool = page.evaluate("document.documentElement.dataset.owned !== undefined")
    return owned
