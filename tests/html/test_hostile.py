"""What anybody may have written into a page costs that page at most: no crash, no values that no archive can hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Capture, PageView, RevisionMention, Via
from scraper.readers.html import PageReading, read_page
from tests.html.fragments import facts
from tests.html.wikis import NOW

PAGE = (
    b'<html lang=fr><head><meta name=generator content="MediaWiki 1.31.2"><script>mw.config.set({"wgPageName":"A",'
    b'"wgNamespaceNumber":0,"wgArticleId":1,"wgCurRevisionId":2,"wgAction":"view"})</script></head>'
    b'<body class="mediawiki"><div id="mw-content-text"><div class="mw-parser-output">'
)
FOOTER = b"</div></div><div id=footer>"
BODIES = {
    "deep": PAGE + b"<div>" * 50_000,
    "wide": PAGE + b"<p>a</p>" * 20_000,
    "many classes": PAGE + b'<p class="' + b" a" * 100_000 + b'">',
    "addresses": PAGE + b'<a href="http://[">x</a><a href="/wiki/%ff%fe">z</a><a href="\x00">q</a>' * 100,
    "endless list": b"<body class=mediawiki><script>var wgA = [" + b'"a" ' * 30_000 + b"</script>",
    "endless text": PAGE + b"<script>wg" + b'wgA="' * 50_000 + b"</script>",
    "many dates": PAGE + FOOTER + b"5 janvier 2018 16:5 " * 20_000,
    "unknown encoding": b"<html><meta charset=klingon>\xff\xfe<body class=mediawiki>",
    "other encoding": b"<html><meta charset=utf-7>\xff\xfe<body class=mediawiki>",
    "UTF-16": "<html><body class=mediawiki>é".encode("utf-16"),
    "zeros": b"\x00" * 10_000,
    "all bytes": bytes(range(256)) * 100,
    "large id": PAGE.replace(b'"wgCurRevisionId":2', b'"wgCurRevisionId":' + b"9" * 30),
    "larger id": PAGE.replace(b'"wgCurRevisionId":2', b'"wgCurRevisionId":"' + b"9" * 5000 + b'"'),
    "large namespace": PAGE.replace(b'"wgNamespaceNumber":0', b'"wgNamespaceNumber":' + b"9" * 25),
    "half a character": PAGE.replace(b'"wgPageName":"A"', b'"wgPageName":"a\\ud800b"')
    + b"<p>&#xd800; &#0; &#xFFFF;</p>",
    "no title": PAGE.replace(b'"wgPageName":"A"', b'"wgPageName":"<>|"'),
}


def reading_of(body: bytes) -> PageReading:
    reading = read_page(Capture("http://jardin.example/wiki/A", 200, {}, body, NOW, Via.HTML))
    assert all(link.url for link in reading.links)
    assert all(piece.key for piece in reading.pieces)
    return reading


@pytest.mark.parametrize("name", BODIES)
def test_hostile_pages(name: str) -> None:
    for fact in reading_of(BODIES[name]).reading.facts:
        if isinstance(fact, PageView | RevisionMention) and fact.title:
            assert (fact.rev_id or 0) < 2**53
            assert abs(fact.title.namespace_id) < 100_000
            fact.title.full.encode()
        if isinstance(fact, PageView):
            fact.html.encode()


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    reading_of(content)
    reading_of(PAGE + content)


def test_classes_that_only_look_like_mobile_frontend_s_cost_no_words() -> None:
    written = '<p class="no-lazy-image-placeholder">Un tas.</p>'
    (view,) = [fact for fact in facts(written) if isinstance(fact, PageView)]
    assert view.html == written
