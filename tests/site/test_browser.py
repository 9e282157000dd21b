"""The site as people meet it in a real browser: every kind of page, wide and narrow, light and dark, by keyboard,
without script, from right to left. Pictures of what was seen stay in ``build/screenshots``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from converters.exporters import History, SiteOptions, export_site, weigh
from scraper.archive import Archive
from tests.site.garden import Garden, link, plant

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
PHONE, DESK = {"width": 400, "height": 800}, {"width": 1280, "height": 900}
# All rules of axe; what depends on colours and width only is looked at a second time.
# https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
RULES: dict[str, dict[str, object]] = {
    "desk": {},
    "phone": {"runOnly": ["color-contrast", "scrollable-region-focusable"]},
}
RICH = """
<p>Voir {link}.<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p>
<table class="infobox"><caption>Serre</caption><tr><th>Lieu</th><td>Nord</td></tr></table>
<h2><span class="mw-headline" id="Large">Large</span></h2>
<table class="wikitable"><tr>{heads}</tr><tr>{cells}</tr></table>
<h2><span class="mw-headline" id="Images">Images</span></h2>
<ul class="gallery"><li class="gallerybox"><div class="thumb"><a href="/wiki/Fichier:Radis.png" class="image">
<img src="/w/images/a/ab/Radis.png" width="120" height="90" alt="Radis"></a></div>
<div class="gallerytext"><p>Un radis</p></div></li></ul>
<pre>un
  deux</pre>
<p><a href="/wiki/Fichier:Radis.png" class="image"><img src="/w/images/a/ab/Radis.png" width="10" height="10"></a></p>
<div class="mw-highlight"><pre><a href="#L-1"><span class="linenos" data-line="1"></span></a><span class="k">if</span> x
  <span class="nf">f</span>(<span class="mi">1</span>, <span class="s1">"a"</span>) <span class="c1"># un</span>
</pre></div>
<dl><dd>Un avis<dl><dd>Sa réponse</dd></dl></dd></dl>
<h2><span class="mw-headline" id="Notes">Notes</span></h2>
<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">↑</a></span>
<span class="reference-text">Almanach</span></li></ol>
<h2><span class="mw-headline" id="Fin">Fin</span></h2>
"""
COMMON_CSS = ".plan { color: #123456; float: right } #content .plan b { font-weight: 100 } h1 { display: none }"


@dataclass(frozen=True)
class Site:
    """A site on a server that sends the policy of the configuration written for nginx."""

    base: str
    folder: Path

    def address(self, path: str) -> str:
        return f"{self.base}/{quote(path)}/"

    def kinds(self) -> dict[str, str]:
        """A page of each kind: of each folder of ours, namespace and special page, and the one with all of markup."""
        places = sorted(path.parent.relative_to(self.folder).as_posix() for path in self.folder.rglob("index.html"))
        shown = [place for place in places if place != "." and not _goes_on(self.folder / place / "index.html")]
        return {_kind(place): place for place in reversed(shown)} | {"markup": "wiki/Serre"}


def _goes_on(page: Path) -> bool:
    return 'http-equiv="refresh"' in page.read_text("utf-8")


def _kind(place: str) -> str:
    top, _, rest = place.partition("/")
    if top == "archive":
        return place
    if top == "wiki" and rest.startswith("Spécial:"):
        return rest.split("/")[0] + ("/…" if "/" in rest else "")
    return f"{top}/{rest.partition(':')[0]}" if top == "wiki" and ":" in rest else top


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    garden = plant(tmp_path_factory.mktemp("browser") / "archive")
    cells = {"heads": "<th>Semis</th>" * 14, "cells": "<td>quinze jours</td>" * 14, "link": link("Potager")}
    garden.write("Serre", RICH.format(**cells), text="Serre et semis", categories=["Lieux"])
    painted = '<table class="wikitable" style="background: #eeffee"><tr><th>Serre</th></tr></table>'
    garden.write("Plan", f'<p class="plan">Ici <b>la</b> serre</p>{painted}', text="Plan")
    garden.write("MediaWiki:Common.css", "", text=COMMON_CSS, content_model="css")
    yield from _served(garden)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    garden = Garden(
        tmp_path_factory.mktemp("arabic") / "archive",
        {"language": "ar", "siteinfo": {"general": {"rtl": True}}, "name": "حديقة"},
    )
    garden.write("الرئيسية", f"<p>{link('بستان')}</p><table class='wikitable'><tr><td>بذور</td></tr></table>")
    garden.write("بستان", "<p>تراب</p>", text="تراب")
    garden.write("بستان", "<p>تراب وماء</p>", text="تراب وماء")
    yield from _served(garden)


def _served(garden: Garden) -> Iterator[Site]:
    garden.settle()
    folder = garden.folder / "site"
    with Archive.read(garden.folder) as archive:
        export_site(archive, folder, options=SiteOptions(history=History.FULL))
    policy = re.search(r'Content-Security-Policy "([^"]+)"', (folder / "archive/nginx.conf").read_text("utf-8"))
    assert policy is not None

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy[1])
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", folder)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(page: Page) -> Browser:
    """Of the one page that the house has."""
    assert page.context.browser is not None
    return page.context.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, color_scheme="dark")
    yield context.new_page()
    context.close()


def _seen(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def _violations(page: Page, look: str = "desk") -> list[str]:
    found = Axe().run(page, options=RULES[look] | {"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("look", ["desk", "phone"])
def test_every_kind_of_page_is_accessible_quiet_and_fits(browser: Browser, site: Site, look: str) -> None:
    context = browser.new_context(
        viewport=DESK if look == "desk" else PHONE, color_scheme="light" if look == "desk" else "dark"
    )
    page = context.new_page()
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(f"{page.url} {message.text} {message.location['url']}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url))
    wrong: dict[str, object] = {}
    for kind, place in site.kinds().items():
        page.goto(site.address(place))
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if found := (_violations(page, look) + [f"{beyond} pixels too wide"] * (beyond > 0)):
            wrong[kind] = found
        _seen(page, f"{kind.replace('/', '-')}-{look}")
    context.close()
    assert wrong == {}
    assert said == []
    assert {url for url in asked if not url.startswith(site.base)} == set()


def test_the_policy_lets_no_inline_script_run(page: Page, site: Site) -> None:
    page.goto(site.address("wiki/Accueil"))
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'owned = 1'}))")
    assert page.evaluate("typeof owned") == "undefined"


def test_everything_is_reached_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address("wiki/Serre"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.locator(".scroll").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".scroll").first.evaluate("box => box === document.activeElement")
    # What has the focus is seen to have it.
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_wide_table_scrolls_in_its_box(phone: Page, site: Site) -> None:
    phone.goto(site.address("wiki/Serre"))
    wider = "box => box.scrollWidth - box.clientWidth"
    assert phone.locator(".scroll").first.evaluate(wider) > 0
    assert phone.locator("html").evaluate(wider) == 0


def test_source_has_its_colours_and_the_numbers_of_its_lines(page: Page, site: Site) -> None:
    page.goto(site.address("wiki/Serre"))
    drawn = page.locator(".linenos").evaluate("number => getComputedStyle(number, '::before').content")
    assert drawn == '"1"'
    colours = page.locator("pre:has(.linenos) span").evaluate_all("all => all.map(one => getComputedStyle(one).color)")
    assert len(set(colours)) == 4, "words of the language, names and numbers, strings, remarks"


def test_histories_and_differences_are_read_on_a_phone(phone: Page, site: Site) -> None:
    phone.goto(site.address("history/Potager"))
    assert phone.locator(".scroll").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert phone.locator("tbody tr td.words").first.is_visible()
    phone.locator("tbody tr").first.locator("td.number a").click()
    phone.wait_for_load_state()
    assert phone.locator(".diff .changed td").last.bounding_box()["x"] < 40  # type: ignore[index]
    assert phone.locator(".diff ins").first.is_visible()
    _seen(phone, "difference-on-a-phone")


def test_without_script_everything_but_search_is_there(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address("wiki/Accueil"))
    page.get_by_role("searchbox").fill("potager")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("main").get_by_role("link", name="Toutes les pages").click()
    page.get_by_role("main").get_by_role("link").first.click()
    page.get_by_role("link", name="Potager", exact=True).click()
    assert page.locator("h1").text_content() == "Potager"
    _seen(page, "without-script")
    context.close()


def test_from_right_to_left(page: Page, arabic: Site) -> None:
    page.set_viewport_size(DESK)
    for name, place in {"page": "wiki/الرئيسية", "history": "history/بستان", "difference": "difference/3"}.items():
        page.goto(arabic.address(place))
        assert page.locator("html").get_attribute("dir") == "rtl"
        title, site_name = page.locator("h1").bounding_box(), page.locator(".name").bounding_box()
        assert title and site_name
        assert round(title["x"] + title["width"]) == round(site_name["x"] + site_name["width"])
        assert _violations(page) == []
        _seen(page, f"rtl-{name}")


def test_the_wikis_own_sheet_touches_the_text_only(page: Page, site: Site) -> None:
    page.goto(site.address("wiki/Plan"))
    style = "element => [getComputedStyle(element).color, getComputedStyle(element).float]"
    assert page.locator(".plan").evaluate(style) == ["rgb(18, 52, 86)", "right"]
    assert page.locator(".plan b").evaluate("element => getComputedStyle(element).fontWeight") == "100"
    assert page.locator("h1").is_visible()
    page.emulate_media(color_scheme="dark")
    assert page.locator(".plan").evaluate(style) == ["rgb(230, 225, 212)", "right"]
    ground = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    assert page.locator(".text th").evaluate(ground) == ["rgb(36, 33, 27)", "rgba(0, 0, 0, 0)"]
    page.emulate_media(color_scheme="light")


def test_on_paper_the_frame_is_left_out_and_links_are_spelled(page: Page, site: Site) -> None:
    page.goto(site.address("wiki/Accueil"))
    page.emulate_media(media="print")
    assert not page.get_by_role("searchbox").is_visible()
    written = "link => getComputedStyle(link, '::after').content"
    assert "https://agenda.example/" in page.locator("a.external").first.evaluate(written)
    _seen(page, "on-paper")
    page.emulate_media(media="screen")


def test_style_and_scripts_are_small() -> None:
    sources = files("converters.exporters.site")
    written = [*sources.joinpath("style").iterdir(), *sources.joinpath("script").iterdir()]
    assert len(written) > 3
    assert sum(len(source.read_bytes()) for source in written) < 60_000


def test_what_the_site_weighs(site: Site) -> None:
    sizes = [path.stat().st_size for path in site.folder.rglob("*") if path.is_file()]
    weight = weigh(site.folder)
    assert (weight.files, weight.size) == (len(sizes), sum(sizes))
    assert 2_000 < weight.page < 8_000
    assert weight.shared < 30_000
