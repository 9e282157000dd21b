"""Addresses: where titles lead."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from converters.links import Addresses, Layout, SpecialPages, layout_of, relative, safe_segment

SPECIALS = SpecialPages()
WIKI = Layout(("wiki",), True)
# Anything that could stand in an archive as a title, legal or not.
TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("article_path", "prefix", "is_original"),
    [
        ("/wiki/$1", ("wiki",), True),
        ("/$1", (), True),
        ("/index.php/$1", ("index.php",), True),
        ("/un/jardin/$1", ("un", "jardin"), True),
        ("/w/index.php?title=$1", ("wiki",), False),
        ("/wiki/$1.html", ("wiki",), False),
        ("/../../$1", ("wiki",), False),
        ("/files/$1", ("wiki",), False),
        ("//$1", ("wiki",), False),
        ("", ("wiki",), False),
    ],
)
def test_layout_keeps_the_article_path_where_it_can_be_a_folder(
    article_path: str, prefix: tuple[str, ...], is_original: bool
) -> None:
    assert layout_of(article_path) == Layout(prefix, is_original)


@pytest.mark.parametrize(
    "segment",
    ["", ".", "..", ".htaccess", "Foo.", "Foo ", "index.html", "INDEX.HTML", "index-2.html", "a\\b", "é" * 128],
)
def test_unsafe_segments_are_marked(segment: str) -> None:
    safe = safe_segment(segment)
    assert safe != segment
    assert safe_segment(safe) == safe


@pytest.mark.parametrize("segment", ["Accueil", "100 %", "C++", "Qui ?", "a&b", "«»", ":", "a:b", "é" * 127, '"', "'"])
def test_other_segments_stay(segment: str) -> None:
    assert safe_segment(segment) == segment


@given(TITLES)
@example("../../etc/passwd")
@example("/etc/passwd")
@example("A//B/")
@example("a/./b/../c")
def test_no_title_leaves_the_folder(title: str) -> None:
    address = WIKI.address(title)
    names = address.split("/")
    assert names[0] == "wiki"
    assert all(name not in ("", ".", "..") and "\\" not in name and "\0" not in name for name in names)
    assert all(len(name.encode()) <= 255 for name in names)
    assert not any(name.lower() == "index.html" for name in names)


@given(TITLES, TITLES)
def test_different_titles_ask_for_different_addresses(one: str, other: str) -> None:
    assert (WIKI.address(one) == WIKI.address(other)) == (one == other)


@given(TITLES, TITLES, st.text(max_size=20))
@example("A", "A/B:C", "")
@example("A/B", "A", "é?#")
@example("http://x", "javascript:alert(1)", "")
def test_href_leads_to_its_target(here: str, there: str, fragment: str) -> None:
    source, target = WIKI.address(here), WIKI.address(there)
    href = relative(source, target + "/", fragment)
    # The page stands in the folder, so the browser resolves from its slash.
    base = "http://host/" + relative("", source + "/").removeprefix("./")
    found = urlsplit(urljoin(base, href))
    assert found.netloc == "host"
    assert unquote(found.path) == f"/{target}/"
    assert unquote(found.fragment) == fragment


def test_the_root_keeps_its_own_names() -> None:
    root = Layout((), True)
    assert root.address("Files/x") != "Files/x"
    assert root.address("Accueil") == "Accueil"
    assert root.address("Datasette") != "Datasette"


def test_the_second_of_two_pages_with_one_title_gets_its_number() -> None:
    addresses = Addresses(WIKI, SPECIALS, [(7, "Abri"), (3, "Abri")])
    assert (addresses.of_page(7), addresses.of_page(3)) == ("wiki/Abri", "wiki/Abri~3")
    assert addresses.of_title("Abri") == "wiki/Abri"
    assert [(problem.code, problem.page_id) for problem in addresses.problems()] == [("address-taken", 3)]


def test_a_page_always_gets_an_address() -> None:
    addresses = Addresses(WIKI, SPECIALS, [(1, "Abri"), (2, "Abri~3"), (3, "Abri")])
    assert addresses.of_page(3) == "wiki/Abri~3~3"


def test_case_twins_collide_only_where_the_disk_folds_case() -> None:
    twins = [(1, "Été"), (2, "ÉTÉ")]
    assert Addresses(WIKI, SPECIALS, twins).of_page(2) == "wiki/ÉTÉ"
    folded = Addresses(WIKI, SPECIALS, twins, folds_case=True)
    assert folded.of_page(2) == "wiki/ÉTÉ~2"
    assert folded.of_title("ÉTÉ") == "wiki/ÉTÉ~2"
