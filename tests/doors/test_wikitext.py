"""The wikitext door: what the case files cannot show."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from converters import wikitext
from converters.document import Category, Door, LanguageLink, Lookups, PageDocument, inner_html, validate
from converters.document.text import section_texts, visible_lines
from converters.wikitext import Parameter, TemplateCall, read_source, read_verbatim, serve
from scraper.model import Title
from tests.doors.wikis import LOOKUPS, french_wiki

TITLE = Title(0, "Essai")


def read(text: str, lookups: Lookups | None = None) -> PageDocument:
    document = wikitext.read(text, TITLE, french_wiki(), lookups)
    assert validate(document.root) == []
    return document


def html(text: str, lookups: Lookups | None = None) -> str:
    return inner_html(read(text, lookups).root).strip()


def test_categories_languages_and_titles() -> None:
    document = read(
        "{{CLEFDETRI:essai}}{{AFFICHERTITRE:''Essai''}}[[Catégorie:plantes]][[Category:Outils|*]][[de:Kompost]][[:de:X]]"
    )
    assert document.door == Door.WIKITEXT
    assert document.categories == (
        Category(Title(14, "Plantes", "Catégorie"), "essai"),
        Category(Title(14, "Outils", "Catégorie"), "*"),
    )
    assert document.language_links == (LanguageLink("de", "Kompost", "https://de.example.org/wiki/Kompost"),)
    assert document.display_title == "<i>Essai</i>"
    assert [link.get("data-link") for link in document.root.iter("a")] == ["language"]


@pytest.mark.parametrize("text", ["#REDIRECTION [[Jardin#Outils]]", "#redirect [[jardin#Outils|x]]\n[[Catégorie:Q]]"])
def test_redirects(text: str) -> None:
    target = read(text).redirect_to
    assert target is not None
    assert (target.title.full, target.fragment) == ("Jardin", "Outils")
    assert read("# rediriger [[Jardin]]").redirect_to is None


def test_what_only_newer_versions_write() -> None:
    wiki = french_wiki(generator="MediaWiki 1.43.0")
    text = "<ref>x</ref> {{#dir:he}} {{#bcp47:sr-ec}} {{#bcp47:zh-tw}} {{#bcp47:nl-informal}} {{#bcp47:}}"
    document = wikitext.read(text, TITLE, wiki, LOOKUPS)
    assert validate(document.root) == []
    words = "".join(document.root.itertext())
    assert words.startswith("[1] rtl sr-Cyrl zh-Hant-TW nl-x-informal fr")
    assert [span.text for span in document.root.iterfind(".//span[@class='cite-bracket']")] == ["[", "]"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("vignette|gauche|120px|Le bac", ("thumb tleft", "120", None, "Le bac")),
        ("thumb|left|120x90px|Le bac", ("thumb tleft", "120", "90", "Le bac")),
        ("cadre|120px|Le bac|alt=vert", ("thumb tright", None, None, "Le bac")),
        ("droite", ("floatright", None, None, "")),
        ("centré|vignette", ("center thumb", "300", None, "")),
        ("vignette|redresse=1.2|perdu|gardé", ("thumb tright", "360", None, "gardé")),
        ("vignette|redresse", ("thumb tright", "230", None, "")),
        ("vignette|redresse=1.13", ("thumb tright", "340", None, "")),
        ("vignette|x60px", ("thumb tright", None, "60", "")),
        ("vignette|0px", ("thumb tright", "300", None, "0px")),
        ("vignette|redresse=grand", ("thumb tright", "300", None, "redresse=grand")),
    ],
)
def test_figures(options: str, expected: tuple[str, str | None, str | None, str]) -> None:
    figure = read(f"[[Fichier:Bac.png|{options}]]").root.find("figure")
    assert figure is not None
    image = figure.find("a/img")
    assert image is not None
    assert figure.get("data-file") == image.get("data-file") == "Bac.png"
    caption = "".join(figure.itertext())
    assert (figure.get("class"), image.get("width"), image.get("height"), caption) == expected


def test_a_picture_shown_for_another() -> None:
    figure = read("[[Fichier:Bac.png|vignette=Petit.png]]").root.find("figure")
    assert figure is not None
    assert figure.get("data-file") == "Petit.png"
    assert [link.get("data-title") for link in figure.iter("a")] == ["Fichier:Bac.png"]


def test_thumbnails_are_not_larger_than_their_files() -> None:
    lookups = Lookups(file_size=lambda title: (40, 30) if title.name == "Petit.png" else None)
    text = "[[Fichier:Petit.png|{0}]] [[Fichier:Grand.png|{0}]]"
    widths = {
        options: [image.get("width") for image in read(text.format(options), lookups).root.iter("img")]
        for options in ("vignette", "frameless", "120px", "frameless|redresse=2")
    }
    assert widths == {
        "vignette": ["40", "300"],
        "frameless": ["40", "300"],
        "120px": ["120", "120"],
        "frameless|redresse=2": ["40", "600"],
    }


def test_pictures_in_the_text() -> None:
    assert html("a [[Fichier:Bac.png|20px|lien=Jardin|Le ''bac'']] b") == (
        '<p>a <a data-link="internal" data-title="Jardin"><img data-file="Bac.png" alt="Le bac" width="20"></a> b\n</p>'
    )
    assert html("[[Fichier:Chant.ogg]]").count("<audio") == 1
    assert html("[[Fichier:Bac.png|lien=|x]]") == '<p><img data-file="Bac.png" alt="x" title="x">\n</p>'


def test_galleries() -> None:
    root = read("<gallery>\nBac.png|Le ''bac''\nFichier:Tas.jpg\n\n</gallery>").root
    boxes = root.findall("ul/li")
    assert [box.get("data-file") for box in boxes] == ["Bac.png", "Tas.jpg"]
    assert ["".join(box.itertext()).strip() for box in boxes] == ["Le bac", ""]


def test_unexpanded_templates_show_their_parameters() -> None:
    assert html("a {{Note|x|y=''z''}} b") == (
        '<p>a <span class="template" data-template="Modèle:Note">Modèle:Note | x | y=<i>z</i></span> b\n</p>'
    )
    root = read("{{Fiche|nom=Zoé|liste=\n* un\n* deux}}").root
    box = root.find("div")
    assert box is not None
    assert box.get("data-template") == "Modèle:Fiche"
    assert [cell.text for cell in box.iter("th")] == ["nom", "liste"]
    assert [item.text for item in box.iter("li")] == ["un", "deux"]


def test_functions_not_understood_are_small_boxes_and_problems() -> None:
    document = read("a {{#time:Y|{{lc:NOW}}}} {{#invoke:Dates|longue|jour=1|mois=2}} b", Lookups(LOOKUPS.template))
    assert [problem.detail for problem in document.problems] == [
        "the parser function #time is not understood",
        "the parser function #invoke is not understood",
    ]
    boxes = [(box.get("data-template"), "".join(box.itertext())) for box in document.root.iter("span")]
    assert boxes == [("#time", "{{#time:Y|now}}"), ("#invoke", "{{#invoke:Dates|longue|jour=1|mois=2}}")]
    assert document.root.xpath("//span/@title") == []


def test_a_long_call_of_a_module_is_cut_and_stands_whole_in_the_tooltip() -> None:
    call = "{{#invoke:Dates|longue|" + "x" * 90 + "}}"
    span = read(call, Lookups(LOOKUPS.template)).root.find(".//span")
    assert "".join(span.itertext()) == call[:79] + "…"
    assert span.get("title") == call


def test_calls_in_the_text_stay_in_the_text() -> None:
    call = "{{Fiche|a=1|b=2|c=3|d=4|e=5}}"
    assert read(f"{call}\nmot").root.find("div/table") is not None
    assert read(f"mot {call}").root.find("p/span") is not None
    assert read(f"{{|\n| {call}\n|}}").root.find(".//td/span") is not None


def test_languages_count_in_their_own_way() -> None:
    calls = "{{plural:2|a|b|c}} {{plural:1.5|a|b|c}} {{formatnum:1234.5}} {{formatnum:12345}}"
    document = wikitext.read(calls, TITLE, french_wiki(language="ru"))
    assert document.problems == ()
    assert "".join(document.root.itertext()).strip() == "b c 1234,5 12\u00a0345"
    hindi = wikitext.read("{{formatnum:1234567}} {{plural:0|a|b}}", TITLE, french_wiki(language="hi"))
    assert "".join(hindi.root.itertext()).strip() == "१२,३४,५६७ a"


def test_a_wiki_has_the_functions_that_it_tells() -> None:
    words = [{"name": "if", "aliases": ["wenn", "if"]}, {"name": "switch", "aliases": ["switch"]}]
    wiki = french_wiki(siteinfo={"magicwords": words, "functionhooks": ["if"]})
    document = wikitext.read("{{#wenn:x|ja}} {{#WENN:x|doch}} {{#switch:x|x=y}}", TITLE, wiki)
    assert "".join(document.root.itertext()).split() == ["ja", "doch", "{{#switch:x|x=y}}"]


def test_templates_may_be_called_like_functions() -> None:
    pages = {"Modèle:Lc": "un", "Modèle:Si": "deux"}
    document = read("{{lc|x}} {{si}}", Lookups(lambda title: pages.get(title.full)))
    assert "".join(document.root.itertext()).split() == ["un", "deux"]


def test_unknown_extension_tags_stay_readable() -> None:
    document = read("<timeline>barre 1</timeline>")
    assert "barre 1" in "".join(document.root.itertext())
    assert [problem.code for problem in document.problems] == ["markup-broken"]


def test_sections_have_their_own_text() -> None:
    lines = visible_lines(read("chapeau\n== A ==\nun\n=== B ===\ndeux\n* trois\n== C ==").root)
    assert section_texts(lines) == {0: "chapeau", 1: "un", 2: "deux\ntrois"}
    assert [line.text for line in lines if line.is_heading] == ["A", "B", "C"]


def test_other_content_models_are_shown_as_written() -> None:
    document = read_verbatim("body { color: <b>red</b> }\n", Title(8, "Common.css", "MediaWiki"), "css")
    assert inner_html(document.root) == (
        '<pre class="mw-code mw-lang-css">body { color: &lt;b&gt;red&lt;/b&gt; }\n</pre>'
    )
    assert validate(document.root) == []


def test_source_lists_calls_in_order() -> None:
    source = read_source("{{Fiche|nom= Zoé |{{Note|x}}}}\n== T ==\n{{#if:a|b}} [[a|{{Note}}]]")
    assert source.calls == (
        TemplateCall("Fiche", (Parameter("nom", "Zoé", False), Parameter("1", "{{Note|x}}", True)), 0, 0),
        TemplateCall("Note", (Parameter("1", "x", True),), 1, 0),
        TemplateCall("#if:a", (Parameter("1", "b", True),), 0, 1),
        TemplateCall("Note", (), 0, 1),
    )
    assert source.calls[2].is_parser_function


def test_protocol_answers_every_question() -> None:
    header = {
        "articles": {"Foo": "x", "Template:T": "''{{{1}}}''"},
        "files": {"A.png": {}},
        "interwiki": {},
        "language_prefixes": [],
    }
    questions = [
        {"id": "1", "title": "Test", "wikitext": "[[Foo]] {{T|a}} [[File:A.png]]"},
        {"id": "2", "title": "<", "wikitext": "x"},
    ]
    answers = [json.loads(line) for line in serve(json.dumps(line) for line in [header, *questions])]
    assert answers[0] == {
        "id": "1",
        "html": '<p><a href="/wiki/Foo">Foo</a> <i>a</i> '
        '<a class="image" href="/wiki/File:A.png"><img alt="A.png" src="A.png"></a>\n</p>',
    }
    assert answers[1]["id"] == "2"
    assert "error" in answers[1]


def test_notes_are_numbered_in_the_digits_of_the_language() -> None:
    wiki = french_wiki(language="fa", generator="MediaWiki 1.39.17")
    text = "".join(
        wikitext.read('<ref name="a">x</ref><ref name="a"/><ref group="g">y</ref>', TITLE, wiki).root.itertext()
    )
    assert "[۱]" in text
    assert "[g ۱]" in text


@pytest.mark.parametrize(
    ("code", "written"),
    [("my", "၁၂၃၄၅၆၇.၈"), ("km", "១២៣៤៥៦៧.៨"), ("kn", "೧೨,೩೪,೫೬೭.೮"), ("ne", "१,२३४,५६७.८")],
)
def test_numbers_are_grouped_as_the_language_does(code: str, written: str) -> None:
    wiki = french_wiki(language=code, siteinfo={})
    document = wikitext.read("{{formatnum:1234567.8}}", TITLE, wiki, LOOKUPS)
    assert "".join(document.root.itertext()).strip() == written


def test_letters_before_a_link_begin_after_what_is_put_aside() -> None:
    wiki = french_wiki(language="kaa", siteinfo={})
    document = wikitext.read("<nowiki>bir</nowiki>eki[[Jardin]]", TITLE, wiki, LOOKUPS)
    assert "".join(document.root.itertext()).strip() == "birekiJardin"
    assert [link.text for link in document.root.iter("a")] == ["ekiJardin"]


def test_zones_behind_utc_by_half_an_hour() -> None:
    wiki = french_wiki(timezone="America/St_Johns")
    document = wikitext.read("{{#timel:H:i O P|2009-01-02 12:00}}", TITLE, wiki, LOOKUPS)
    assert "".join(document.root.itertext()).strip() == "08:30 -0330 -03:30"


def test_times_that_no_zone_has() -> None:
    wiki = french_wiki(timezone="America/New_York")
    lookups = Lookups(moment=datetime(1, 1, 1, tzinfo=UTC))
    assert "".join(wikitext.read("{{LOCALYEAR}}", TITLE, wiki, lookups).root.itertext()).strip() == "0001"


@pytest.mark.parametrize(
    "text",
    [
        "{{#time:Y|" + "a/" * 450 + "a}}",
        "[[Fichier:Tas.png|vignette|redresse=1e999]]",
        "[[Fichier:Tas.png|vignette|redresse=-1e999]]",
        f"[[Fichier:Tas.pdf|vignette|page={'9' * 5000}]]",
    ],
    ids=lambda text: text[-20:],
)
def test_numbers_and_names_without_end(text: str) -> None:
    lookups = Lookups(has_file=lambda _title: True, moment=datetime(2009, 3, 4, tzinfo=UTC))
    assert html(text, lookups)
