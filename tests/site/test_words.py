"""The words around the pages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from markupsafe import Markup

from converters.exporters.site.messages import chosen, plain
from converters.exporters.site.summaries import Piece, pieces
from converters.exporters.site.words import OURS, Words, shipped

SITE = Path(str(files("converters.exporters.site")))
LANGUAGES = sorted(path.stem for path in (SITE / "words").glob("*.json"))


def asked() -> set[str]:
    """All keys that templates and code ask for as they stand there."""
    sources = [*SITE.glob("templates/*.html"), *SITE.glob("*.py")]
    texts = (path.read_text("utf-8") for path in sources)
    return {key for text in texts for key in re.findall(r'words(?:\.html)?\(\s*"([\w-]+)"', text)}


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\$\d", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_with_the_same_gaps(language: str) -> None:
    english, words = shipped("en"), shipped(language)
    assert words.keys() == english.keys()
    assert all(key.startswith(OURS) for key in words)
    assert {key: gaps(text) for key, text in words.items()} == {key: gaps(text) for key, text in english.items()}


def test_the_languages_that_we_speak() -> None:
    assert {"ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv", "zh-hans"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", [*LANGUAGES, "he", "fa", "uk", "zh-tw", "pt-br", "tok"])
def test_every_word_that_is_asked_for_is_there_and_plain(language: str) -> None:
    words = Words(language, {}, "Jardin")
    assert len(asked()) > 100
    for key in asked():
        text = words(key, 3, 4, 5, 6, 7, 8, 9)
        assert text.strip()
        assert not re.search(r"\{\{|\[\[|<|''", text), key


def test_the_wikis_own_words_come_first() -> None:
    words = Words("fr", {"talk": "Palabre", "toc": "{{int:x}}", "categories": "-", "wikicompost-about": "volé"})
    assert words("talk") == "Palabre"
    assert words("toc") == "Sommaire"
    assert words("categories") == "Liste des catégories"
    assert words("wikicompost-about") == "À propos de cette archive"


def test_tags_as_lists_call_them() -> None:
    words = Words("fr", {"tag-relecture": "À relire", "tag-mw-undo": "Défait", "tag-bruit": "-"})
    named = words.tags(("mw-rollback", "mw-undo", "relecture", "bruit", "inconnue"))
    assert named == ["Révocation", "Défait", "À relire", "inconnue"]


def test_a_language_that_we_do_not_speak_gets_its_fallbacks() -> None:
    assert Words("xx", {})("talk") == "Discussion"
    assert Words("oc", {})("wikicompost-about") == "À propos de cette archive"
    assert Words("fr-CA", {})("toc") == "Sommaire"
    assert Words("../fr", {})("toc") == "Contents"


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("fr", "25 mai 2017 à 14:56"),
        ("en", "14:56, 25 May 2017"),
        ("de", "14:56, 25. Mai 2017"),
        ("ja", "2017年5月25日 (木) 14:56"),
        ("ar", "١٤:٥٦، ٢٥ مايو ٢٠١٧"),
    ],
)
def test_moments_as_mediawiki_writes_them(language: str, moment: str) -> None:
    assert Words(language, {}).moment("2017-05-25T14:56:03Z") == moment


def test_dates_numbers_and_sizes() -> None:
    french, english = Words("fr", {}), Words("en", {})
    assert french.moment("2017-05-25T14:56Z", "zone unknown") == "25 mai 2017 à 14:56 (fuseau inconnu)"
    assert french.month("2017-05") == "mai 2017"
    assert Words("es", {}).month("2017-05") == "mayo de 2017"
    assert french.number(1234567) == "1\xa0234\xa0567"
    assert Words("ar", {}).number(1234) == "١٬٢٣٤"
    assert Words("es", {}).number(1234) == "1234", "Spanish groups from five digits on"
    assert (french.size(1500), english.size(2_500_000)) == ("1\u202fkio", "2.38 MB")
    assert english.change(-5) == "−5"


def test_what_is_no_date_is_shown_as_it_stands() -> None:
    words = Words("fr", {})
    assert [words.moment(text) for text in ("2019-13-45T99:99:99Z", "hier", "")] == ["2019-13-45T99:99:99Z", "hier", ""]
    assert (words.month("0000-00"), words.month_name("hier")) == ("0000-00", "hier")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["0 version", "1 version", "2 versions"]),
        ("en", ["0 revisions", "1 revision", "2 revisions"]),
        ("ru", ["0 версий", "1 версия", "2 версии"]),
        ("ja", ["0版", "1版", "2版"]),
    ],
)
def test_plurals(language: str, expected: list[str]) -> None:
    words = Words(language, {})
    assert [words("nrevisions", number) for number in range(3)] == expected


def test_values_of_html_are_kept_and_all_else_is_escaped() -> None:
    words = Words("fr", {"revisionasof": "Version <b>du</b> $1 & de $2"})
    assert words.html("revisionasof", Markup("<i>lundi</i>"), "<b>") == "Version du <i>lundi</i> &amp; de &lt;b&gt;"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("[[Special:Log|journal]] ''ici''", "journal ici"),
        ("De {{SITENAME}}&#32;!", "De Jardin !"),
        ("{{PLURAL:$1|a|b}}", "{{PLURAL:$1|a|b}}"),
        ("<script>x</script>", None),
        ("{{#if:a|b}}", None),
        ("[https://x.example y]", None),
    ],
)
def test_messages_that_need_no_mediawiki_to_be_read(message: str, expected: str | None) -> None:
    assert plain(message, "Jardin") == expected


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


def test_a_place_that_no_value_has_counts_as_none() -> None:
    forms = (
        chosen(f"{{{{PLURAL:{place}|un|deux}}}}", (2,), lambda n: int(n > 1)) for place in ("$1", "$2", "9" * 5000)
    )
    assert list(forms) == ["deux", "un", "un"]
