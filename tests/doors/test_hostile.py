"""A hundred thousand of anything end soon, and every document stays a document."""

from __future__ import annotations

import time

import pytest

from converters import rendered, wikitext
from converters.document import Lookups, PageDocument, inner_html, validate
from converters.wikitext.described import described_wiki
from scraper.model import Title
from tests.doors.wikis import french_wiki, rendering

MANY = 100_000
# As many signs as are still taken for a page.
READ = 79_000
# Of CPU time; quadratic reading takes minutes.
SECONDS = 5.0
JUNK = [
    "[[", "]]", "[[a|", "[[Fichier:a|", "[", "[http://a ", "{{", "}}", "{{a|", "{{{", "{{{a|", "{", "}", "{|",
    "{|\n", "{|\n|", "|-\n", "||", "!!", "''", "'''a", "'''''a", "<", "<ref", "<ref name=", "<ref>",
    "<ref name=a>", "<ref/>", "<b>", "<div>", "<pre>", "<nowiki>", "<gallery>", "<!--", "<blockquote>",
    "<noinclude>", "<onlyinclude>", "</b>", '<b a="', "*", "#*", ";:", "; a : ", "=", "= ", "== a ==\n", "-",
    "{{#if:", "{{#if:}}", "{{#if:a|", "{{lc:", "{{ns:", "{{#switch:a|b=", "{{#expr:(", "{{#tag:ref|", "{{<",
    "http://", "&", "&a", "__", "__NOTOC__", " ", "\n", " \n", "\x7f1\x7f", "« ", "%5B",
]  # fmt: skip


def read(text: str) -> PageDocument:
    started = time.process_time()
    document = wikitext.read(text, Title(0, "Essai"), french_wiki())
    assert time.process_time() - started < SECONDS
    assert validate(document.root) == []
    return document


def read_rendering(html: str) -> PageDocument:
    wiki, shown = french_wiki(), rendering(html)
    started = time.process_time()
    document = rendered.read(shown, Title(0, "Essai"), wiki)
    assert time.process_time() - started < SECONDS
    assert validate(document.root) == []
    return document


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_is_read_in_linear_time(junk: str) -> None:
    read(junk * (READ // len(junk)))


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_what_is_no_page_is_told_and_shown_as_it_is(junk: str) -> None:
    document = read(junk * MANY)
    assert [problem.code for problem in document.problems] == ["markup-hostile"]
    assert "".join(document.root.itertext()).strip() == "".join((junk * MANY).splitlines(keepends=True)).strip()


def test_ten_megabytes_in_a_line_are_shown_as_they_are() -> None:
    text = "Un ''mot'' [[lien|texte]] {{a|b=c}} " * 280_000
    document = read(text)
    assert [problem.code for problem in document.problems] == ["markup-hostile"]
    assert document.root[0].text == text


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{{#if:a|", "}}"),
        ("{{ns:", "}}"),
        ("{{<|", "}}"),
        ("{{#sub:x|{{#sub:y|", "}}}}"),
        ("{{", "}}"),
        ("{{{", "}}}"),
        ("[[", "]]"),
        ("{|\n|", "\n|}"),
        ("<div>", "</div>"),
        ("<ref>", "</ref>"),
        ("<b>", "</b>"),
        ("<i><s>x<div>", ""),
        ("[[File:a|", "]]"),
        ("-{", "}-"),
    ],
)
def test_deep_nesting_is_no_recursion(opening: str, closing: str) -> None:
    times = READ // len(opening + closing)
    read(opening * times + "x" + closing * times)


def test_words_in_the_deepest_element_are_kept() -> None:
    deep = "<div>" * 5000 + "mot &amp; mot" + "</div>" * 5000 + "fin"
    for document in (
        wikitext.read(deep, Title(0, "Essai"), french_wiki()),
        rendered.read(rendering(deep), Title(0, "Essai"), french_wiki()),
    ):
        assert "".join(document.root.itertext()).split() == ["mot", "&", "motfin"]
        assert [problem.code for problem in document.problems] == ["markup-broken"]


@pytest.mark.parametrize(
    "text", ["-{" * 30_000, "-{H|a=>zh-tw:b" * 5_000, "".join(f"-{{A|zh-tw:b{n}}}- x" for n in range(3000))]
)
def test_variants_end(text: str) -> None:
    wiki = described_wiki({}, {"lang": "zh"})
    started = time.process_time()
    document = wikitext.read(text, Title(0, "Essai"), wiki, Lookups(variant="zh-tw"))
    assert time.process_time() - started < SECONDS
    assert validate(document.root) == []


def test_templates_that_call_themselves_end() -> None:
    wiki = french_wiki()
    pages = {"Modèle:A": "a{{B}}", "Modèle:B": "b{{A}}", "Modèle:C": "c{{C}}"}
    lookups = Lookups(template=lambda title: pages.get(title.full))
    document = wikitext.read("{{A}} {{C}}", Title(0, "Essai"), wiki, lookups)
    loop = "Modèle en boucle détecté\u00a0: "
    assert "".join(document.root.itertext()).strip() == f"ab{loop}Modèle:A c{loop}Modèle:C"
    assert [problem.detail for problem in document.problems] == ["Modèle:A includes itself", "Modèle:C includes itself"]


def test_templates_that_multiply_end() -> None:
    wiki = french_wiki()
    # Each level calls the next ten times: a billion calls if nobody counted.
    lookups = Lookups(template=lambda title: f"{{{{T{int(title.name[1:]) + 1}}}}}" * 10 + "x" * 1000)
    started = time.process_time()
    document = wikitext.read("{{T1}}", Title(0, "Essai"), wiki, lookups)
    assert time.process_time() - started < SECONDS
    assert document.problems


@pytest.mark.parametrize(
    "text",
    [
        "{{#expr:" + "(" * 30_000 + "1" + ")" * 30_000 + "}}",
        "{{#expr:" + "1+" * 30_000 + "1}}",
        "{{#expr:" + "9" * 30_000 + " round 9999999999999}}",
        "{{#expr:9^9^9^9 e 999 mod 7 + (1e300 round -400)}}",
        "{{#switch:a|" + "b|" * 30_000 + "c}}",
        "{{#iferror:" + "<span " * 30_000 + "|a}}",
        "{{anchorencode:" + "[[a:" * 30_000 + "<b" * 30_000 + "}}",
        "{{padleft:x|999999999999|y}}" * 1000,
        ("{{#replace:" + "a" * 999 + "|a|" + "b" * 999 + "}}") * 1000,
        "{{formatnum:" + "1" * 30_000 + "}}{{plural:" + "1" * 30_000 + "|a|b}}",
        "{{#ifeq:" + "1" * 30_000 + "|" + "1" * (30_000 - 1) + "2|a|b}}",
    ],
    ids=lambda text: str(text[:30]),
)
def test_functions_end(text: str) -> None:
    read(text)


def test_multiplied_marks_are_cut() -> None:
    wiki = french_wiki()
    pages = {"Modèle:X": "{{{1}}}" * 1000}
    lookups = Lookups(template=lambda title: pages.get(title.full))
    text = "{{X|{{X|<nowiki>" + "y" * 10_000 + "</nowiki>}}}}"
    document = wikitext.read(text, Title(0, "Essai"), wiki, lookups)
    assert document.problems
    assert len("".join(document.root.itertext())) < 10_000_000


@pytest.mark.parametrize(
    "text",
    ["<ref name=" * 5000, "{{" * 5000, "[[" * 5000, "<" * 5000, "{|" * 5000, "[[http://a.example b " * 30 + "] c" * 30],
)
def test_suspects_are_recognised(text: str) -> None:
    assert wikitext.is_suspect(text)


def test_usual_pages_are_not_suspect() -> None:
    assert not wikitext.is_suspect("a < b {{x}} [[y]] {|\n|}\n" * 90 + "<br>" * 1000)
    assert not wikitext.is_suspect("[[http://a.example b]] [[http://c.example d] e\n" * 40)


def noisy(text: str) -> str:
    """The text between words that no two places share: it is not monotonous as a whole."""
    return " ".join(f"{n * 2654435761 % 2**32:x}" for n in range(2500)) + "\n\n" + text


@pytest.mark.parametrize(
    "text", ["\n" * 1_900_000, "RFC 1 " * 300_000, "\n----" * 370_000], ids=lambda text: repr(text[:6])
)
def test_many_of_what_words_seldom_hold_is_no_page(text: str) -> None:
    document = read(noisy(text))
    assert [problem.code for problem in document.problems] == ["markup-hostile"]


@pytest.mark.parametrize(
    "tags",
    [
        "".join(f"<gallery>\nA{n}.png|mot\n</gallery>" for n in range(12_000)),
        "".join(f"<ref>mot {n}</ref>" for n in range(12_000)) + "<references/>",
        "".join(f'<ref name="n{n}">mot</ref>' for n in range(12_000)),
        "".join(f"<syntaxhighlight lang=c>mot {n}</syntaxhighlight>" for n in range(12_000)),
        "".join(f"<math>mot_{{{n}}}</math>" for n in range(12_000)),
    ],
    ids=lambda tags: str(tags[:20]),
)
def test_thousands_of_tags_end(tags: str) -> None:
    document = read(tags)
    assert [problem.code for problem in document.problems] == ["markup-hostile"]
    assert "mot" in "".join(document.root.itertext())


@pytest.mark.parametrize(
    "opening",
    [
        "<div style='" + "/*a" * 300_000 + "'>",
        "<div style='" + "attr(" * 200_000 + "'>",
        "<div " + " ".join(f"data-a{n}=1" for n in range(110_000)) + ">",
        "<syntaxhighlight lang=python>" + "a = " * 25_000 + "</syntaxhighlight>",
        "<syntaxhighlight lang=python>" + "<a " * 30_000 + "</syntaxhighlight>",
    ],
    ids=lambda opening: str(opening[:30]),
)
def test_long_attributes_and_lines_of_source_end(opening: str) -> None:
    assert "mot" in "".join(read(noisy(opening + "mot")).root.itertext())


@pytest.mark.parametrize("value", ["(" * 900_000, "a" * 900_000, '"a' * 300_000])
def test_long_styles_end(value: str) -> None:
    assert "color" not in inner_html(read(noisy(f"<div style='color:{value}'>mot</div>")).root)


@pytest.mark.parametrize(
    "html",
    [
        "<p>mot</p>" * 300_000,
        "<p>mot " * 500_000,
        "mot " * 5_000_000,
        f"<div {' '.join(f'a{n}=1' for n in range(500_000))}>mot</div>",
        "<div " + "".join(f"a{n}='>'" for n in range(300_000)) + ">mot</div>",
        f"<div {' '.join(f'a{n}' for n in range(100))}>mot</div>" * 20_000,
    ],
    ids=lambda html: str(html[:20]),
)
def test_of_renderings_that_are_more_than_any_page_the_words_are_kept(html: str) -> None:
    document = read_rendering(html)
    assert [problem.code for problem in document.problems] == ["markup-hostile"]
    assert "mot" in "".join(document.root.itertext())


@pytest.mark.parametrize(
    "html",
    [
        f"<a href='/wiki/{'a' * 5_000_000}'>mot</a>",
        f"<a href='/w/index.php?title={'%41&a=' * 1_000_000}'>mot</a>",
        f"mot<img src='{'/thumb' * 500_000}'>",
        f"<p class='{' '.join(map(str, range(1_000_000)))}'>mot</p>",
        f"<p style='color:{'(' * 5_000_000}'>mot</p>",
        "<table><tr><td>" * 600 + "mot",
        "<div>" * 100_000 + "mot",
        ("<foo>" * 900 + "mot" + "</foo>" * 900) * 200,
        "<!--" * 390_000 + "-->mot",
        "mot" + "&#9999999999;" * 300_000,
    ],
    ids=lambda html: str(html[:20]),
)
def test_hostile_renderings_are_read_in_time(html: str) -> None:
    assert "mot" in "".join(read_rendering(html).root.itertext())


@pytest.mark.parametrize("address", ["http://[", "//[::1/x.png", "http://a\u2100b/x.png"])
def test_addresses_that_are_none_are_no_failure(address: str) -> None:
    parts = f'<a href="{address}">mot</a><img src="{address}"><video src="{address}"><source src="{address}"></video>'
    assert "".join(read_rendering(parts).root.itertext()) == "mot"


@pytest.mark.parametrize(
    "code",
    [
        "return string.find(('a'):rep(1e5), '.-.-.-b')",
        "for i = 1, 1e9 do pcall(mw.ustring.find, ('é'):rep(1e4), '.-.-.-b') end",
        "local t = {} t.a = t return mw.text.jsonEncode(t)",
        "return mw.ustring.sub(nil, {})",
    ],
)
def test_modules_end(code: str) -> None:
    pages = {"Module:M": f"return {{ f = function() {code} end }}"}
    lookups = Lookups(template=lambda title: pages.get(title.full))
    started = time.process_time()
    document = wikitext.read("{{#invoke:M|f}} mot", Title(0, "Essai"), french_wiki(), lookups)
    assert time.process_time() - started < SECONDS
    assert [problem.code for problem in document.problems] == ["markup-broken"]
    assert "mot" in "".join(document.root.itertext())


@pytest.mark.parametrize(
    ("call", "page"),
    [
        ("{{A|{{A|{{A|{{A|mot}}}}}}}}", "{{{1}}}" * 200),
        ("{{A0}}", "{{A{{#expr:{{PAGENAME:{{{1|0}}}}} + 1}}|1}}" * 10),
    ],
)
def test_calls_that_multiply_end(call: str, page: str) -> None:
    lookups = Lookups(template=lambda _title: page)
    started = time.process_time()
    assert wikitext.read(call, Title(0, "Essai"), french_wiki(), lookups).problems
    assert time.process_time() - started < SECONDS
