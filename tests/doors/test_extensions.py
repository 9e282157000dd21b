"""Extensions that the laboratory's wikis do not have, and the limits of those that they have."""

from __future__ import annotations

import pytest

from converters import wikitext
from converters.document import Lookups, PageDocument, inner_html, validate
from converters.wikitext.scribunto.patterns import BadPattern, find
from scraper.model import Title
from tests.doors.wikis import SITEINFO, exists, file_size, french_wiki, has_file

TITLE = Title(0, "Essai")
PAGES = {
    "Jardin": "avant <section begin=a/>un ''deux''<section end=a/> après\n== H ==\nsous\n== I ==\nfin",
    "Module:Sans fin": "return { boucle = function() while true do pcall(function() while true do end end) end end }",
    "Module:Grand": "return { tas = function() local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end end }",
    "Module:Curieux": "return { voir = function() return tostring(python) .. tostring(io) .. tostring(debug)"
    " .. tostring(os.execute) .. tostring(string.dump) .. tostring(getfenv) .. tostring(('').dump) end }",
}


def read(text: str, *extensions: str) -> PageDocument:
    wiki = french_wiki(siteinfo={**SITEINFO, "extensions": [{"name": name} for name in extensions]})
    document = wikitext.read(
        text, TITLE, wiki, Lookups(lambda title: PAGES.get(title.full), exists, has_file, file_size)
    )
    assert validate(document.root) == []
    return document


def html(text: str, *extensions: str) -> str:
    return inner_html(read(text, *extensions).root).strip()


def test_annotations_are_links_or_words() -> None:
    assert html("[[a::b::Jardin|''x'']] [[n::12 < 3]][[n::5| ]] [[SMW::off]][[a:=''v'']]", "SemanticMediaWiki") == (
        '<p><a data-link="internal" data-title="Jardin"><i>x</i></a> 12 &lt; 3 <i>v</i>\n</p>'
    )
    assert 'data-title="A::Jardin"' in html("[[a::Jardin]]")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[[a::b::Jardin|x]]", [("a", "Jardin", ""), ("b", "Jardin", "")]),
        ("[[a_b::x;y]] [[a b::x;y]] [[c::<b>z</b> ''t'']]", [("a b", "x;y", ""), ("c", "z ''t''", "")]),
        ("[[:a::b]] [[Fichier:Tas.png|thumb|a::b]] <nowiki>[[a::b]]</nowiki>", []),
        ("{{#set:a=1|2|b=x=y|template=T}}", [("a", "1", ""), ("a", "2", ""), ("b", "x=y", "")]),
        ("{{#set:a=1;2|+sep=;}}{{#set:a=3,4|+sep}}", [("a", value, "") for value in "1234"]),
        ("{{#subobject:|a=1}}{{#subobject:-|a=2}}{{#subobject:s|a=3|@category=K}}",
         [("a", "1", "_1"), ("a", "2", "_2"), ("a", "3", "s")]),
    ],
)  # fmt: skip
def test_what_pages_state(text: str, values: list[tuple[str, str, str]]) -> None:
    annotations = read(text, "SemanticMediaWiki").annotations
    assert [(said.property, said.value, said.subobject) for said in annotations] == values
    assert read(text).annotations == ()


def test_questions_to_other_extensions_stay_visible() -> None:
    document = read("{{#ask:[[Catégorie:X]]}}", "SemanticMediaWiki")
    assert "#ask" in "".join(document.root.itertext())
    assert [problem.detail for problem in document.problems] == ["the parser function #ask is not understood"]


def test_labelled_parts_of_pages() -> None:
    assert html("{{#lst:Jardin|a}} {{#lsth:Jardin|h}}{{#section:Jardin|b}}") == "<p>un <i>deux</i> sous\n</p>"


def test_image_maps_keep_picture_and_links() -> None:
    root = read("<imagemap>\nFichier:Tas.png|60px|Le tas\n# x\nrect 1 2 3 4 [[Jardin|là]]\ndesc none\n</imagemap>").root
    assert [image.get("data-file") for image in root.iter("img")] == ["Tas.png"]
    assert [link.get("data-title") for link in root.findall(".//li/a")] == ["Jardin"]


def test_formulas_keep_their_source() -> None:
    (formula,) = read("<math>\\frac{a}{b} < 2</math>").root.iter("math")
    assert formula.get("alttext") == "\\frac{a}{b} < 2"
    assert html("<math>\\bad{</math>") == '<p><code class="mwe-math-element">\\bad{</code>\n</p>'


@pytest.mark.parametrize("call", ["Sans fin|boucle", "Grand|tas"])
def test_modules_end(call: str) -> None:
    document = read(f"{{{{#invoke:{call}}}}} {{{{#invoke:{call}}}}}")
    assert "Erreur Lua" in "".join(document.root.itertext())
    assert [problem.code for problem in document.problems] == ["markup-broken"]


def test_modules_see_nothing_outside() -> None:
    assert html("{{#invoke:Curieux|voir}}") == f"<p>{'nil' * 7}\n</p>"


def test_patterns_that_explode_are_given_up() -> None:
    with pytest.raises(BadPattern):
        find("a" * 5000, ".-" * 30 + "b", 0)


def test_newer_versions_divide_at_the_first_sign_only() -> None:
    extension = {"name": "SemanticMediaWiki", "version": "4.1.2"}
    wiki = french_wiki(siteinfo={**SITEINFO, "extensions": [extension]})
    annotations = wikitext.read("[[a::b::c]]", TITLE, wiki).annotations
    assert [(said.property, said.value) for said in annotations] == [("a", "b::c")]


def test_files_of_the_bad_image_list_are_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        PAGES, "MediaWiki:Bad image list", "* [[:Fichier:Tas.png]] sauf [[Autre]]\n[[Fichier:Petit.png]]"
    )
    source = "[[Fichier:Tas.png]] [[Fichier:Petit.png]]\n<gallery>\nTas.png\nPetit.png\n</gallery>"
    assert [image.get("data-file") for image in read(source).root.iter("img")] == ["Petit.png", "Petit.png"]
    monkeypatch.setitem(PAGES, "MediaWiki:Bad image list", "* [[Fichier:Tas.png]] sauf [[Essai]]")
    assert len(list(read(source).root.iter("img"))) == 4


def test_slideshows_say_whether_small_pictures_are_seen() -> None:
    assert 'data-showthumbnails="1"' in html("<gallery mode=slideshow showthumbnails>\nTas.png\n</gallery>")


def test_notes_are_marked_in_anchors_and_faults_in_lists_are_all_told() -> None:
    document = read("== h<ref name=>n</ref> ==\n<references><ref x=1>y</ref></references>")
    assert [heading.get("id") for heading in document.root.iter("h2")] == ["h[1]"]
    assert [mark.get("id") for mark in document.root.iter("sup")] == ["cite_ref-"]
    assert len([fault for fault in document.root.iter("span") if "error" in (fault.get("class") or "")]) == 2


def test_a_tag_that_is_not_closed_is_not_expanded() -> None:
    assert html("<ref {{Jardin}}>") == "<p>&lt;ref {{Jardin}}&gt;\n</p>"
    assert html("<poem>\n::\n</poem>").count("<dd>") == 2


def test_parameters_that_nobody_asks_for_leave_no_footnotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "Modèle:Muet", "silence")
    lookups = Lookups(lambda title: PAGES.get(title.full), exists, shows_boxes=False)
    source = "{{Muet|<ref>a</ref>}} {{Absent|x=<ref>b</ref>}}<ref>c</ref>"
    root = wikitext.read(source, TITLE, french_wiki(), lookups).root
    assert [mark.findtext("a") for mark in root.iter("sup")] == ["[1]"]


def test_parameters_that_wait_for_each_other_end() -> None:
    pages = {f"Modèle:T{level}": f"{{{{T{level + 1}|{{{{{{1}}}}}}}}}}" for level in range(18)}
    lookups = Lookups(lambda title: pages.get(title.full, "{{{1}}}"))
    document = wikitext.read("{{T0|" * 25 + "x" + "}}" * 25, TITLE, french_wiki(), lookups)
    assert [problem.detail for problem in document.problems] == ["calls are nested too deeply"]


def test_source_leads_to_its_lines() -> None:
    shown = html("<syntaxhighlight lang=php line linelinks=L>$x = 5;</syntaxhighlight>")
    assert 'href="#L-1"><span class="linenos" data-line="1"></span></a>' in shown
    assert '<span class="nv">$x</span>' in shown
