"""The site of a wiki of which only captured pages are left: what is not known is said, what was shown is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from converters.exporters import History, SiteOptions, export_site
from converters.parse import parse as parse_pages
from scraper.archive import Archive
from scraper.model import (
    Exactness,
    Fact,
    HistoryGap,
    PageView,
    Place,
    RevisionMention,
    SiteNotice,
    Timestamp,
    Title,
    UserName,
    Via,
)
from tests.site.garden import Garden

VERGER = Title(0, "Verger")
SHOWN = Timestamp("2017-05-25T14:56:00Z", Exactness.UNKNOWN_ZONE)
FACTS: tuple[Fact, ...] = (
    RevisionMention(51, VERGER, Place.HISTORY, Via.HTML, timestamp=SHOWN, user=UserName("Odile"), comment="greffe"),
    RevisionMention(52, VERGER, Place.HISTORY, Via.HTML),
    RevisionMention(53, VERGER, Place.HISTORY, Via.HTML, is_latest=True),
    HistoryGap(VERGER, 3, True, False, Via.HTML),
    PageView(VERGER, "<p>Deux pommiers.</p>", Via.HTML, rev_id=51, is_old=True),
    PageView(VERGER, "<p>Trois pommiers.</p>", Via.HTML, rev_id=52),
    SiteNotice("<p>Ce wiki se composte.</p>", "Ce wiki se composte.", 3, Via.HTML),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], html.HtmlElement]:
    garden = Garden(tmp_path_factory.mktemp("captured") / "jardin")
    garden.save(*FACTS)
    with Archive.open(garden.folder) as archive:
        archive.settle()
        parse_pages(archive)
        export_site(archive, garden.folder / "site", options=SiteOptions(history=History.FULL))

    def parse(address: str) -> html.HtmlElement:
        return html.fromstring((Path(garden.folder) / "site" / address / "index.html").read_text("utf-8"))

    return parse


def test_a_page_without_source_shows_what_the_wiki_showed_last(read: Callable[[str], html.HtmlElement]) -> None:
    page = read("wiki/Verger")
    assert page.xpath("string(//article)").strip() == "Trois pommiers."
    assert "La dernière version n’a pas été capturée" in page.xpath("string(//p[@class='notice'])")


def test_a_history_says_what_it_does_not_know(read: Callable[[str], html.HtmlElement]) -> None:
    page = read("history/Verger")
    times = [" ".join(cell.text_content().split()) for cell in page.xpath("//tbody/tr/td[1]")]
    assert "25 mai 2017 à 14:56 (fuseau inconnu)" in times
    assert page.xpath("//time/@datetime") == ["2017-05-25T14:56"]
    assert "Une partie seulement de cet historique" in page.xpath("string(//p[@class='notice'])")


def test_an_old_version_is_shown_as_the_wiki_rendered_it(read: Callable[[str], html.HtmlElement]) -> None:
    page = read("revision/51")
    assert "Deux pommiers." in page.xpath("string(//article)")


def test_what_the_wiki_said_on_all_its_pages_stands_in_the_page_about_the_archive(
    read: Callable[[str], html.HtmlElement],
) -> None:
    assert read("archive").xpath("//blockquote/text()") == ["Ce wiki se composte."]
