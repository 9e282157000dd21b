"""The words around the pages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from converters.exporters.site import message_keys
from converters.exporters.site.summaries import Piece, pieces
from converters.exporters.site.words import Words, shipped
from scraper.queries import api

SITE = Path(str(files("converters.exporters.site")))
LANGUAGES = sorted(path.stem for path in (SITE / "words").glob("*.json"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_with_the_same_gaps(language: str) -> None:
    english, words = shipped("en"), shipped(language)
    assert words.keys() == english.keys()
    gaps = {
        key: sorted(re.findall(r"\$\d", text)) for key, text in words.items() if not key.startswith("wikicompost-date")
    }
    assert gaps == {key: sorted(re.findall(r"\$\d", english[key])) for key in gaps}


def test_templates_and_code_ask_only_for_words_that_there_are() -> None:
    sources = [*SITE.glob("templates/*.html"), *SITE.glob("*.py")]
    asked = {key for path in sources for key in re.findall(r'words\(\s*"([\w-]+)"', path.read_text("utf-8"))}
    assert len(asked) > 50
    assert asked - shipped("en").keys() == set()


def test_the_wikis_own_words_come_first() -> None:
    words = Words("fr", {"talk": "Palabre", "toc": "{{SITENAME}}", "categories": "-", "wikicompost-about": "volé"})
    assert words("talk") == "Palabre"
    assert words("toc") == "Sommaire"
    assert words("categories") == "Catégories"
    assert words("wikicompost-about") == "À propos de cette archive"


def test_a_language_that_we_do_not_speak_gets_english() -> None:
    assert Words("xx", {})("talk") == "Discussion"
    assert Words("fr-CA", {})("toc") == "Sommaire"
    assert Words("../fr", {})("toc") == "Contents"


def test_dates_numbers_and_sizes() -> None:
    french, english = Words("fr", {}), Words("en", {})
    assert french.moment("2017-05-25T14:56:03Z") == "25 mai 2017 à 14:56"
    assert english.moment("2017-05-25T14:56:03Z") == "25 May 2017 at 14:56"
    assert french.number(1234567) == "1 234 567"
    assert french.size(1500) == "1,5 ko"
    assert english.change(-5) == "−5"


def test_what_is_asked_of_the_wiki_are_mediawikis_messages() -> None:
    assert "talk" in message_keys()
    assert not any(key.startswith("wikicompost-") for key in message_keys())


def test_the_harvest_asks_for_them() -> None:
    assert set(message_keys()) <= set(api.MESSAGES)
    assert len(api.MESSAGES) <= 50, "the API gives no more in one answer"


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("", []),
        ("plus court", [Piece("plus court")]),
        ("/* Ordre du jour */ ajout", [Piece("→ Ordre du jour", "", "Ordre_du_jour"), Piece(" ajout")]),
        ("voir [[Potager#Semis|là]]", [Piece("voir "), Piece("là", "Potager", "Semis")]),
        ("[[:Catégorie:Lieux]]", [Piece("Catégorie:Lieux", "Catégorie:Lieux")]),
        ("/* */", []),
        ("[[ouvert", [Piece("[[ouvert")]),
    ],
)
def test_edit_summaries(summary: str, expected: list[Piece]) -> None:
    assert pieces(summary) == expected
