"""The values that facts are made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model import Namespace, Sha1, Timestamp, Title
from scraper.problems import CODES, Problem
from scraper.titles import IllegalTitle, TitleParser

WIKI = TitleParser(
    [
        Namespace(0, "", "", is_content=True),
        Namespace(6, "Fichier", "File", aliases=("Image",)),
        Namespace(10, "Modèle", "Template", case="case-sensitive"),
        Namespace(14, "Catégorie", "Category"),
        Namespace(15, "Discussion catégorie", "Category talk"),
    ]
)
CASES = [
    [cell.strip() if number else cell for number, cell in enumerate(line.split("|"))]
    for line in (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].strip())
def test_titles(case: list[str]) -> None:
    text, namespace_id, full = case[0].removesuffix(" "), case[1], case[2]
    if namespace_id == "!":
        with pytest.raises(IllegalTitle):
            WIKI.parse(text)
    else:
        title = WIKI.parse(text)
        assert (str(title.namespace_id), title.full) == (namespace_id, full)


def test_languages_with_two_letters_i() -> None:
    spaces = [Namespace(0, "", "", "first-letter"), Namespace(14, "Kategori", "Category", "first-letter")]
    titles = TitleParser(spaces, "tr")
    assert [titles.parse(name).full for name in ("istasyon", "Kategori:ılıca", "Irmak")] == [
        "İstasyon", "Kategori:Ilıca", "Irmak",
    ]  # fmt: skip


def test_a_title_that_the_wiki_gave_is_not_corrected() -> None:
    assert WIKI.split("Catégorie:lieux", 14) == Title(14, "lieux", "Catégorie")
    assert WIKI.split("Vieux nom:x", 100) == Title(100, "x", "Vieux nom")
    assert WIKI.split("Compost : mode d'emploi", 0) == Title(0, "Compost : mode d'emploi")


@given(st.binary(max_size=200))
def test_sha1_in_base_36_and_back(content: bytes) -> None:
    sha1 = Sha1.of(content)
    assert sha1.hex == hashlib.sha1(content).hexdigest()  # noqa: S324
    assert len(sha1.base36) == 31
    assert Sha1.from_base36(sha1.base36) == sha1


def test_timestamps_in_mediawikis_digits_and_back() -> None:
    assert Timestamp.from_mediawiki("20170525145603").iso == "2017-05-25T14:56:03Z"
    assert Timestamp("2017-05-25T14:56:03Z").mediawiki == "20170525145603"
    with pytest.raises(ValueError, match="not a MediaWiki timestamp"):
        Timestamp.from_mediawiki("2017-05-25")


def test_a_problem_must_be_of_a_known_kind() -> None:
    with pytest.raises(ValueError, match="unknown problem code"):
        Problem("no-such-thing", "here", "x")
    assert all(code.meaning and code.advice for code in CODES.values())
