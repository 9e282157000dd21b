"""Style sheets that templates bring along: what is kept, and that nothing gets out of the page's own box."""

from __future__ import annotations

import pytest

from converters import wikitext
from converters.document import Lookups, PageDocument
from converters.document.stylesheet import safe_stylesheet
from scraper.model import Title
from tests.doors.wikis import french_wiki

SHEETS = {"Modèle:Boîte/styles.css": ".boîte { color: red }"}


def read(text: str) -> PageDocument:
    return wikitext.read(text, Title(0, "Essai"), french_wiki(), Lookups(lambda title: SHEETS.get(title.full)))


@pytest.mark.parametrize(
    ("css", "safe"),
    [
        (".a, b > c:hover { color: red; margin: 0 }", "#x .a, #x b > c:hover { color: red; margin: 0 }"),
        ("/* } */ .a { color: red /* { */ } .b{}", "#x .a { color: red }"),
        ("@media (width) { .a { color: red } @import 'y'; }", "@media (width) {\n#x .a { color: red }\n}"),
        ("@import url(//evil.example/x.css); .a { color: red }", "#x .a { color: red }"),
        ("@font-face { font-family: x; src: url(y) } @keyframes z { from { color: red } }", ""),
        (".a { background: url(//evil.example/) } .b { position: fixed; behavior: url(x) }", ""),
        ('.a { content: "}" ; color: red } .b { width: expression(alert(1)) }', "#x .a { color: red }"),
        (".a::after { color: red } </style><script>alert(1)</script> .b { color: red }", "#x .a::after { color: red }"),
        ("+ nav { color: red } ~ a { color: red } .\\61 { color: red }", ""),
        (".a { color: red", ""),
        ("}}} .a { color: red }", ""),
    ],
)  # fmt: skip
def test_rules_stay_below_their_scope(css: str, safe: str) -> None:
    assert safe_stylesheet(css, "#x") == safe


def test_large_sheets_end() -> None:
    assert safe_stylesheet("@media a{" * 50_000, "#x") == ""
    assert safe_stylesheet(".a{color:red}" * 50_000, "#x").count("\n") < 10_000


def test_a_sheet_is_kept_once_beside_the_text() -> None:
    document = read('<templatestyles src="Boîte/styles.css"/>a<templatestyles src="Modèle:boîte/styles.css" />')
    assert "".join(document.root.itertext()).strip() == "a"
    assert document.styles == ("article .boîte { color: red }",)
    assert document.problems == ()


def test_a_wrapper_is_part_of_the_scope() -> None:
    assert read('<templatestyles src="Boîte/styles.css" wrapper=".x"/>').styles == ("article .x .boîte { color: red }",)
    assert read('<templatestyles src="Boîte/styles.css" wrapper="a, *"/>').styles == ("article .boîte { color: red }",)


def test_a_sheet_that_is_missing_is_told() -> None:
    assert [problem.detail for problem in read('<templatestyles src="Rien.css"/>').problems] == [
        "the style sheet Rien.css is not there"
    ]


def test_tags_that_nobody_understands_stay_visible() -> None:
    document = read('<mapframe lat="4"/> <score>c d e</score>')
    assert "".join(document.root.itertext()).strip() == '<mapframe lat="4"/> c d e'
    assert len(document.problems) == 2
