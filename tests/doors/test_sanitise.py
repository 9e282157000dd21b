"""Nothing that runs, fetches or leaves its box passes the one door to published HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converters import rendered, wikitext
from converters.document import article, inner_html, validate
from converters.document.sanitise import sanitise
from converters.document.style import safe_style
from scraper.model import Title
from tests.doors.wikis import french_wiki, rendering

VECTORS = (Path(__file__).parent / "vectors" / "active.txt").read_text("utf-8").splitlines()
ACTIVE_ELEMENTS = frozenset({
    "script", "style", "svg", "iframe", "object", "embed", "applet", "form", "input", "button", "textarea", "meta",
    "base", "link", "template", "noscript", "title", "marquee", "isindex", "annotation-xml", "maction", "animate",
})  # fmt: skip
ACTIVE_ATTRIBUTES = re.compile(
    r"on\w+|srcset|srcdoc|formaction|action|background|ping|target|contenteditable|xlink:href"
)
ACTIVE_VALUES = re.compile(r"^\W*(?:javascript|vbscript|data):|url\(|expression|@import|fixed|absolute", re.I)
MARKS = re.compile(r' data-[\w-]+="[^"]*"')
SPOKEN = frozenset({"title", "alt", "data-title", "data-file", "data-template", "id"})


def assert_inert(html: str) -> None:
    for element in article(html).iter():
        assert element.tag not in ACTIVE_ELEMENTS, html
        for name, value in element.attrib.items():
            assert not ACTIVE_ATTRIBUTES.fullmatch(str(name)), html
            assert name in SPOKEN or not ACTIVE_VALUES.search(str(value)), html


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_active_passes(vector: str) -> None:
    once = sanitise(vector)
    assert_inert(once)
    assert sanitise(once) == once


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_active_comes_through_the_doors(vector: str) -> None:
    wiki, title = french_wiki(), Title(0, "Essai")
    texts = (vector, f"{{|\n| {vector}\n|}}", f"[[Jardin|{vector}]]", f"{{{{Fiche|{vector}}}}}", f"<ref>{vector}</ref>")
    documents = [wikitext.read(text, title, wiki) for text in texts]
    documents.append(rendered.read(rendering(vector), title, wiki))
    for document in documents:
        assert validate(document.root) == []
        assert_inert(sanitise(inner_html(document.root)))


def test_the_vocabulary_passes_without_its_marks() -> None:
    html = (
        '<h2 id="x" data-section="1">T</h2><p lang="fr">a <a data-link="internal" data-title="B" data-missing="">b</a>'
        ' <img data-file="C.png" alt="c" width="9"></p><ol class="references" data-ref-group=""><li id="n">d</li></ol>'
        '<table class="wikitable"><caption>t</caption><tbody><tr><td colspan="2" style="color:red">e</td></tr></tbody>'
        '</table><math alttext="x"><mi>x</mi></math><div data-template="Modèle:F">f</div>'
    )
    assert validate(article(html)) == []
    assert sanitise(html) == MARKS.sub("", html)
    assert sanitise('<span class="linenos" data-line="7"></span>') == '<span class="linenos" data-line="7"></span>'


def test_words_of_unknown_elements_stay() -> None:
    assert sanitise("<x>mots</x> <form>du formulaire</form>") == "mots du formulaire"


def test_a_whole_table_keeps_its_cells() -> None:
    html = "<table><tbody><tr><td onclick='x'>a</td></tr></tbody></table>"
    assert sanitise(html) == "<table><tbody><tr><td>a</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("style", "safe"),
    [
        ("color: red; background : #FFF", "color: red; background: #FFF"),
        ("width:50%;position:relative", "width: 50%; position: relative"),
        ("font-family: 'DejaVu Sans', serif", "font-family: 'DejaVu Sans', serif"),
        ("background: linear-gradient(#fff, rgb(0,0,0))", "background: linear-gradient(#fff, rgb(0,0,0))"),
        ("background: url(x.png) red; color: red", "color: red"),
        ("color: red;; x", "color: red"),
        ("margin: -5px; padding: 5px", "padding: 5px"),
        ("background: urlle . org / a . png ); width: calc(1px; color: red", "color: red"),
        ("font-size: %3Cb%3E 14pt; width: 2e; height: 3e2px; color: #33e", "height: 3e2px; color: #33e"),
    ],
)
def test_style_is_reduced_to_its_own_box(style: str, safe: str) -> None:
    assert safe_style(style) == safe
