"""Search without a server, in a real browser: over HTTP, and from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from converters.exporters.site.search.words import words
from tests.site.conftest import export, served
from tests.site.garden import Garden

TEXTS = {
    "Cœur de bœuf": "Une tomate ancienne, très charnue.",
    "Été": "Arroser le soir. Voir aussi la tomate.",
    "東京の庭": "庭園について",
    "<img src=x onerror=alert(1)>": "Tomate <script>alert(2)</script>",
    "Straße": "Øresund, Łódź",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    garden = Garden(tmp_path_factory.mktemp("search") / "archive")
    for title, text in TEXTS.items():
        garden.write(title, f"<p>{text.replace('<', '&lt;')}</p>", text=text)
    garden.settle()
    export(garden)
    return garden.folder / "site"


def found(page: Page, base: str, question: str) -> list[str]:
    """Titles, best first, as somebody sees them who asks from another page of the site."""
    page.goto(f"{base}/archive/index.html")
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("searchbox").press("Enter")
    page.locator("#count:not(:empty)").wait_for()
    return page.locator("#found a").all_text_contents()


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("coeur", ["Cœur de bœuf"]),
        ("CŒUR", ["Cœur de bœuf"]),
        ("ete", ["Été"]),
        ("tomate voir", ["Été"]),
        ("charn", ["Cœur de bœuf"]),
        ("庭園", ["東京の庭"]),
        ("strasse lodz", ["Straße"]),
        ("introuvable", []),
        ("__proto__ constructor", []),
    ],
)
def test_what_is_found(page: Page, site: Path, question: str, titles: list[str]) -> None:
    with served(site) as base:
        assert found(page, base, question) == titles


def test_from_a_disk_every_result_opens(page: Page, site: Path) -> None:
    assert found(page, site.as_uri(), "tomate") == ["Cœur de bœuf", "Été", "<img src=x onerror=alert(1)>"]
    page.locator("#found a").nth(1).click()
    page.wait_for_load_state("load")
    assert page.locator("h1").text_content() == "Été"
    page.get_by_role("link", name="Toutes les pages").click()
    page.wait_for_load_state("load")
    assert page.locator("h1").text_content() == "Toutes les pages"


def test_words_of_scripts_without_spaces_are_pairs() -> None:
    assert list(words("Le thé de 東京都 (Straße)")) == ["le", "the", "de", "東京", "京都", "strasse"]
