"""Banners are what nearly all pages repeat; a template on many articles is none."""

from __future__ import annotations

from scraper.model import Capture, PageView, Via
from scraper.readers.html import Known, PageReading, read_page
from scraper.readers.html.banners import BannerCount
from tests.html.wikis import NOW

PAGE = """<html lang="fr"><head><meta name="generator" content="MediaWiki 1.31.2"/></head>
<body class="mediawiki ns-{namespace} page-{name} action-{action}">
<div id="content"><div class="frozen">Copie gelée le 3 mai 2021.</div>
<div id="siteNotice"><div id="localNotice"><p>Le jardin ferme en octobre.</p></div></div>
<h1 id="firstHeading">{name}</h1>
<div id="bodyContent"><div id="mw-content-text">{content}</div></div></div>
<div id="p-tb"><div id="t-permalink"><a href="/index.php?title={name}&amp;oldid=1">x</a></div></div></body></html>"""
BOX = '<div style="border:1px">Archive du jardin, {number} pages. Rien ne se modifie plus ici.</div>'
TEMPLATE = "<table><tr><td>Cet article est une ébauche.</td></tr></table>"


def page(name: str, content: str, namespace: int = 0, action: str = "view") -> Capture:
    html = PAGE.format(name=name, content=content, namespace=namespace, action=action)
    return Capture(f"http://jardin.example/wiki/{name}", 200, {}, html.encode(), NOW, Via.HTML)


def articles() -> list[Capture]:
    inside = '<div class="mw-parser-output">{box}{template}<p>Texte {number}.</p></div>'
    return [
        page(f"Page{n}", inside.format(box=BOX.format(number=n), template=TEMPLATE if n % 4 else "", number=n))
        for n in range(20)
    ]


def special_pages() -> list[Capture]:
    return [page(f"Special:Page{n}", f"{BOX.format(number=n)}<ul><li>{n}</li></ul>", namespace=-1) for n in range(5)]


def counted(readings: list[PageReading]) -> BannerCount:
    count = BannerCount()
    for reading in readings:
        count.add(reading.pieces)
    return count


def test_what_all_pages_repeat_is_recognised_and_removed() -> None:
    captures = articles() + special_pages()
    banners = counted([read_page(capture) for capture in captures]).banners()
    assert {banner.text: banner.pages for banner in banners} == {
        "Le jardin ferme en octobre.": 25,
        "Copie gelée le 3 mai 2021.": 25,
        "Archive du jardin, 0 pages. Rien ne se modifie plus ici.": 25,
    }
    assert next(banner.html for banner in banners if "octobre" in banner.text).startswith('<div id="siteNotice">')
    known = Known(banners=frozenset(banner.key for banner in banners))
    view = next(fact for fact in read_page(captures[1], known).reading.facts if isinstance(fact, PageView))
    assert "Archive" not in view.html
    assert "ébauche" in view.html
    assert "Texte 1." in view.html


def test_few_pages_repeat_nothing() -> None:
    assert counted([read_page(capture) for capture in articles()[:4]]).banners() == ()
