"""Addresses that were given once: nothing that comes, goes or is renamed later moves a title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from converters.exporters import SiteOptions, export_site
from converters.links import Addresses, Kept, Layout, SpecialPages
from scraper.archive import Archive
from scraper.model import Page, Via
from tests.site.garden import Garden, title

WIKI = Layout(("wiki",), True)
SPECIALS = SpecialPages()
# Titles that want the same place, or the place of another one's number.
RIVALS = st.sampled_from(["Abri", "ABRI", "abri", "Abri~1", "Abri~2", "Abri.", "Été", "ÉTÉ", "A/B", "a/b"])
EXPORT = st.dictionaries(st.integers(1, 6), RIVALS, max_size=6)


def exported(titles: Iterable[tuple[int | None, str]], kept: dict[str, Kept], folds_case: bool = True) -> Addresses:
    """The addresses of one export, kept for the next."""
    addresses = Addresses(WIKI, SPECIALS, titles, folds_case, kept.values())
    kept |= {one.address: one for one in addresses.given()}
    return addresses


def test_a_twin_that_came_later_does_not_take_over() -> None:
    kept: dict[str, Kept] = {}
    assert exported([(1, "Été"), (2, "ÉTÉ")], kept).of_title("ÉTÉ") == "wiki/ÉTÉ~2"
    later = exported([(2, "ÉTÉ"), (1, "Été")], kept)
    assert (later.of_title("Été"), later.of_title("ÉTÉ")) == ("wiki/Été", "wiki/ÉTÉ~2")
    without = exported([(2, "ÉTÉ")], kept)
    assert without.of_title("ÉTÉ") == "wiki/ÉTÉ~2"
    assert dict(without.moved()) == {"ÉTÉ": "ÉTÉ~2"}


def test_the_name_of_a_lost_page_is_not_given_away() -> None:
    kept: dict[str, Kept] = {}
    exported([(9, "Abri"), (3, "Abri")], kept)
    again = exported([(9, "Abri"), (10, "Abri~3"), (3, "Abri")], kept)
    assert [again.of_page(number) for number in (9, 3, 10)] == ["wiki/Abri", "wiki/Abri~3", "wiki/Abri~3~10"]


def test_a_page_that_was_renamed_is_found_at_both_addresses() -> None:
    kept: dict[str, Kept] = {}
    exported([(1, "Abri"), (2, "Fin.")], kept)
    renamed = exported([(1, "Hangar"), (2, "Terme")], kept)
    assert {(name, number) for _, name, number in renamed.former()} == {("Abri", 1), ("Fin.", 2)}
    assert [name for name, _ in renamed.moved()] == ["Fin."]


def test_categories_that_differ_in_case_alone_both_have_an_address() -> None:
    addresses = Addresses(WIKI, SPECIALS, [(None, "Fichier:A.png"), (None, "Fichier:a.png")], folds_case=True)
    assert addresses.of_title("Fichier:A.png") == "wiki/Fichier:A.png"
    assert (addresses.of_title("Fichier:a.png") or "").startswith("wiki/Fichier:a.png~")
    assert [problem.code for problem in addresses.problems()] == ["address-taken"]


@given(st.lists(EXPORT, min_size=2, max_size=5), st.booleans())
def test_no_title_ever_moves(exports: list[dict[int, str]], folds_case: bool) -> None:
    kept: dict[str, Kept] = {}
    places: dict[str, str | None] = {}
    for pages in exports:
        addresses = exported(pages.items(), kept, folds_case)
        now = {name: addresses.of_title(name) for name in pages.values()}
        assert all(places.get(name, place) == place for name, place in now.items())
        places |= now
        assert len({addresses.of_page(number).casefold() for number in pages}) == len(pages) or not folds_case
        assert len(set(places.values())) == len(places), "two titles at one address"


def test_the_archive_knows_where_every_title_stands(tmp_path: Path) -> None:
    """Renamed without a redirect, found at the old address; a new twin stands beside."""
    garden = Garden(tmp_path)
    abri = garden.write("Abri", "<p>Ici l'abri.</p>")
    garden.write("Été", "<p>Ici l'été.</p>")
    garden.settle()
    options = SiteOptions(is_portable=True)
    with Archive.open(tmp_path) as archive:
        export_site(archive, tmp_path / "site", options=options)
    garden.save(Page(abri, title("Hangar"), 1, 10, "wikitext", "fr", False, None, (), {}, Via.API))
    garden.write("ÉTÉ", "<p>Ici en grand.</p>")
    garden.lose("Été")
    garden.settle()
    with Archive.open(tmp_path) as archive:
        report = export_site(archive, tmp_path / "site", options=options)
        again = export_site(archive, tmp_path / "site", options=options)
    assert again.written == again.removed == 0
    assert 'url=../Hangar/index.html"' in (tmp_path / "site/wiki/Abri/index.html").read_text("utf-8")
    assert "Ici l'été." in (tmp_path / "site/wiki/Été/index.html").read_text("utf-8")
    assert [problem.code for problem in report.problems] == ["address-taken"]
    with sqlite3.connect(tmp_path / "archive.db") as database:
        rows = database.execute("SELECT title, address, page_id FROM addresses WHERE page_id IS NOT NULL").fetchall()
    assert set(rows) == {
        ("Abri", "wiki/Abri", 1), ("Hangar", "wiki/Hangar", 1), ("Été", "wiki/Été", 2), ("ÉTÉ", "wiki/ÉTÉ~3", 3),
    }  # fmt: skip
