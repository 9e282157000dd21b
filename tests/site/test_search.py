"""Search without a server, in a real browser: over HTTP, and from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from converters.exporters.site.search.index import LARGEST_SHARD, split
from converters.exporters.site.search.places import Places, Rank
from converters.exporters.site.search.words import words
from tests.site.conftest import export, served
from tests.site.garden import Garden

TEXTS = {
    "Cœur de bœuf": "Une tomate ancienne, très charnue.",
    "Été": "Arroser le soir. Voir aussi la tomate.",
    "東京の庭": "庭園について",
    "<img src=x onerror=alert(1)>": "Tomate <script>alert(2)</script>",
    "Straße": "Øresund, Łódź",
    "Discussion:Été": "Qu'est-ce que l'arrosage ? L'eau du puits.",
    "Arrosage": "Le soir, à l'eau de pluie. " + "Paillis. " * 30 + "Rien au soleil de midi.",
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
        ("ete", ["Été", "Discussion:Été"]),
        ("tomate voir", ["Été"]),
        ("l’eau de pluie", ["Arrosage"]),
        ("à_l'eau_de_pluie", ["Arrosage"]),
        ("qu'est-ce que l'arrosage", ["Discussion:Été"]),
        ("arrosage", ["Arrosage", "Discussion:Été"]),
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


def test_a_namespace_is_chosen_by_keyboard(page: Page, site: Path) -> None:
    with served(site) as base:
        assert found(page, base, "eau") == ["Discussion:Été", "Arrosage"]
        page.get_by_role("searchbox").focus()
        page.keyboard.press("Tab")
        page.keyboard.type("Discussion")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.locator("#count:not(:empty)").wait_for()
        assert page.locator("#found a").all_text_contents() == ["Discussion:Été"]
        assert page.get_by_role("searchbox").input_value() == "eau"


def test_the_passage_is_shown_where_the_words_stand(page: Page, site: Path) -> None:
    with served(site) as base:
        found(page, base, "soleil midi")
        assert page.locator("#found mark").all_text_contents() == ["soleil", "midi"]
        assert str(page.locator("#found p").text_content()).startswith("… ")


def test_a_word_that_is_everywhere_leaves_no_page_out(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converters.exporters.site.search.index.MOST_PAGES", 1)
    garden = Garden(tmp_path / "archive")
    for title, text in {"Chou": "avec tomate", "Radis": "avec fane", "Navet": "avec fane"}.items():
        garden.write(title, f"<p>{text}</p>", text=text)
    garden.settle()
    export(garden)
    with served(garden.folder / "site") as base:
        assert found(page, base, "avec radis") == ["Radis"]
        assert found(page, base, "avec") == ["Chou"]


def test_no_shard_is_large_and_every_word_has_one() -> None:
    entries = {f"{first}{number:04}": "x" * 90 for first in "ab" for number in range(500)}
    shards = list(split("a", {word: entries[word] for word in entries if word[0] == "a"}))
    assert max(sum(map(len, content.values())) for _, content in shards) <= LARGEST_SHARD
    assert sorted(word for _, content in shards for word in content) == sorted(
        word for word in entries if word[0] == "a"
    )
    names = [name for name, _ in shards]
    for name, content in shards:
        # The reader looks in the shard with the longest name that begins the word.
        assert all(max((n for n in names if word.startswith(n)), key=len) == name for word in content)


def test_words_of_scripts_without_spaces_are_pairs() -> None:
    assert list(words("Le thé de 東京都 (Straße)")) == ["le", "the", "de", "東京", "京都", "strasse"]


def test_shortened_words_leave_the_next_one_whole() -> None:
    assert list(words("L’œuf d'aujourd’hui, jusqu'à O'Brien")) == ["oeuf", "aujourd", "hui", "a", "o", "brien"]
    assert list(words("дl’eau")) == ["дeau"], "a letter is what it is to JavaScript"


def test_what_memory_does_not_hold_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {page: dict.fromkeys(("a", "b", str(page)), Rank(page % len(Rank))) for page in range(-3, 40)}

    def read(places: Places) -> list[tuple[str, dict[int, list[int]]]]:
        for page, ranks in pages.items():
            places.add(page, ranks)
        return [(word, {rank: list(held) for rank, held in ranked.items()}) for word, ranked in places.sorted()]

    whole = read(Places())
    monkeypatch.setattr("converters.exporters.site.search.places.MOST_LISTS", 7)
    assert read(Places()) == whole
    assert [word for word, _ in whole] == sorted({"a", "b", *map(str, pages)})
    assert all(dict(whole)["a"][rank] == [page for page in pages if page % len(Rank) == rank] for rank in Rank)
