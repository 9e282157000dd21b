"""Comments as pages of all versions show them, and the wikitext that they were."""

from __future__ import annotations

import pytest
from lxml import html

from scraper import languages
from scraper.readers.html.addresses import AddressRules
from scraper.readers.html.comments import comment_text
from scraper.readers.html.frame import Frame
from scraper.titles import TitleParser

ARROW = '<a href="/wiki/Compost#Usages" title="Compost">→</a>'

CASES = {
    "in parentheses": ('<span class="comment">(étale le tas)</span>', "étale le tas"),
    "bare since 1.33": ('<span class="comment comment--without-parentheses">(sic)</span>', "(sic)"),
    "none since 1.38": ('<span class="comment mw-comment-none">Aucun résumé</span>', ""),
    "in Chinese parentheses": ('<span class="comment">（堆肥）</span>', "堆肥"),
    "empty": ('<span class="comment">()</span>', ""),
    "1.15 section": (
        f'<span class="comment">(<span class="autocomment">{ARROW}Usages: </span> au pied des haies)</span>',
        "/* Usages */ au pied des haies",
    ),
    "1.19 section": (
        f'<span class="comment">({ARROW}‎<span dir="auto"><span class="autocomment">Usages : </span> tas</span>)</span>',
        "/* Usages */ tas",
    ),
    "Chinese section": (
        f'<span class="comment">（{ARROW}<span dir="auto">'
        '<span class="autocomment">用途：\u200b</span>堆肥</span>）</span>',
        "/* 用途 */ 堆肥",
    ),
    "1.43 section alone": (
        '<span class="comment comment--without-parentheses"><span class="autocomment"><a href="/wiki/Compost#Usages">→'
        '<bdi dir="ltr">Usages: été</bdi></a></span></span>',
        "/* Usages: été */",
    ),
    "section with a space behind, 1.16": (
        f'<span class="comment">(<span class="autocomment">{ARROW}Usages: </span> )</span>',
        "/* Usages */",
    ),
    "link to its own text": ('<span class="comment">(voir <a href="/wiki/Tas">tas</a>)</span>', "voir [[tas]]"),
    "link with a trail": ('<span class="comment">(les <a href="/wiki/Haie">haies</a>)</span>', "les [[haie]]s"),
    "link with another text": (
        '<span class="comment">(<a href="/index.php?title=Haie&amp;action=edit&amp;redlink=1">ici</a>)</span>',
        "[[Haie|ici]]",
    ),
    "link to another wiki": (
        '<span class="comment">(<a href="https://x.example/Tas" class="extiw" title="x:Tas">là</a>)</span>',
        "[[x:Tas|là]]",
    ),
    "link to an old anchor": (
        '<span class="comment">(vers <a href="/wiki/Tas#D.C3.A9cisions_de_1.27">Tas#Décisions de 1.27</a>)</span>',
        "vers [[Tas#Décisions de 1.27]]",
    ),
    "MediaWiki's own summary": (
        '<span class="comment">(Annulation de <a href="/wiki/Sp%C3%A9cial:Contributions/Odile">Odile</a> '
        '(<a href="/wiki/Discussion_utilisateur:Odile">discussion</a>))</span>',
        "Annulation de [[Special:Contributions/Odile|Odile]] ([[User talk:Odile|discussion]])",
    ),
    "entities": ('<span class="comment">(a &lt;b&gt; &amp;amp;)</span>', "a <b> &amp;"),
}


@pytest.fixture(scope="module")
def frame() -> Frame:
    french = languages.of("fr")
    titles = TitleParser(french.namespaces("Wiki des essais"))
    return Frame("https://wiki.example/", AddressRules(), titles, french, french)


@pytest.mark.parametrize("name", CASES)
def test_a_comment_becomes_wikitext_again(name: str, frame: Frame) -> None:
    shown, written = CASES[name]
    assert comment_text(html.fragment_fromstring(shown), frame) == written
