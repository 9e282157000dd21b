"""A site for every disk: names that Windows and macOS take, and links that need neither server nor script."""

from __future__ import annotations

import re
import unicodedata
import urllib.request
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Page

from converters.exporters import History, SiteOptions, export_site
from converters.links import Addresses, Layout, SpecialPages, portable_segment
from scraper.archive import Archive
from tests.site.garden import PNG, Garden, link
from tests.site.living import encoded
from tests.site.servers import need, nginx

# What Windows takes for the name of a file ("Naming Files, Paths, and Namespaces", learn.microsoft.com).
LEGAL = re.compile(r'[^<>:"/\\|?*\x00-\x1f]*[^<>:"/\\|?*\x00-\x1f. ]')
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
PICTURE = "https://jardin.example/w/images/a/ab/Qui_%3F.png"
TITLES = (
    "Accueil", "Discussion:Accueil", "Qui ?", 'Dit "oui"', "A*B|C<D>", "Con", "Nul.txt", "Fin.", "Été", "ÉTÉ",
    "A:b/c:d", "É" * 120, "L'abri & co", "Ici:là", "Discussion utilisateur:2001:DB8:0:0:0:0:0:7",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portable")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    garden = Garden(folder / "archive")
    garden.write("Accueil", "<p>Ici Accueil.</p>" + "".join(link(title) for title in TITLES))
    for title in TITLES[1:]:
        garden.write(title, f"<p>Ici {escape(title, quote=False)}.</p>")
    redirect = f'<div class="redirectMsg"><ul class="redirectText"><li>{link("Qui ?")}</li></ul></div>'
    garden.write("Lequel", redirect, text="#REDIRECTION [[Qui ?]]", is_redirect=True)
    garden.upload("Qui ?.png", PNG)
    with Archive.open(garden.folder) as archive, archive.transaction():
        archive.connection.execute(f"UPDATE file_versions SET url = '{PICTURE}'")
    garden.settle()
    options = SiteOptions(history=History.FULL, is_portable=True)
    with Archive.read(garden.folder) as archive:
        export_site(archive, garden.folder / "site", options=options)
    return garden.folder / "site"


def test_every_name_is_legal_everywhere(site: Path) -> None:
    paths = [path.relative_to(site) for path in site.rglob("*")]
    for path in paths:
        assert LEGAL.fullmatch(path.name), path
        assert path.name.split(".")[0].lower() not in DEVICES, path
        assert len(str(path)) < 200, path
    folded = [unicodedata.normalize("NFC", str(path)).casefold() for path in paths]
    assert len(folded) == len(set(folded)), "no two names that a disk takes for one"


def test_every_link_leads_to_a_file(site: Path) -> None:
    """As a browser without script follows it."""
    dead = []
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        root = html.fromstring(page.read_bytes())
        links = [str(value) for name in ("href", "src", "action") for value in root.xpath(f"//@{name}")]
        links += [str(content).partition("url=")[2] for content in root.xpath("//meta[@http-equiv='refresh']/@content")]
        for address in links:
            target = urlsplit(urljoin(page.as_uri(), address))
            if target.scheme == "file" and not Path(unquote(target.path)).is_file():
                dead.append(f"{page.relative_to(site)} → {address}")
    assert dead == []


def test_old_addresses_answer(site: Path, tmp_path: Path) -> None:
    need("nginx")
    with nginx(site, tmp_path) as base:
        for title in TITLES:
            asked = f"/w/index.php?title={encoded(title)}"
            for form in (f"/wiki/{encoded(title)}", asked, f"{asked}&redirect=no"):
                with urllib.request.urlopen(base + form, timeout=20) as answer:
                    assert f"Ici {escape(title, quote=False)}.".encode() in answer.read(), form
        with urllib.request.urlopen(base + PICTURE.removeprefix("https://jardin.example"), timeout=20) as answer:
            assert answer.read() == PNG


def test_redirects_go_on_from_a_disk(site: Path, page: Page) -> None:
    page.goto(f"{site.as_uri()}/wiki/Lequel/index.html")
    page.wait_for_url(lambda url: unquote(url).endswith("/wiki/Qui_？/index.html"), timeout=10_000)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_is_a_legal_name(text: str) -> None:
    name = portable_segment(text.replace("/", ""))
    assert LEGAL.fullmatch(name)
    assert name.split(".")[0].lower() not in DEVICES
    assert len(name) <= 100


def test_who_came_first_keeps_the_plain_name() -> None:
    """By number of the page: what is added later moves nobody."""
    layout = Layout(("wiki",), True, is_portable=True)
    before = Addresses(layout, SpecialPages(), [(1, "Été"), (2, "ÉTÉ")])
    after = Addresses(layout, SpecialPages(), [(1, "Été"), (2, "ÉTÉ"), (3, "éTÉ"), (4, "E\u0301te\u0301")])
    assert [before.of_page(number) for number in (1, 2)] == [after.of_page(number) for number in (1, 2)]
    assert len({after.of_page(number).casefold() for number in (1, 2, 3, 4)}) == 4
