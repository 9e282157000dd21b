"""The books around the pages: changes and logs by month, numbers, hosts, categories in categories, the feed."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from lxml import etree, html

from converters.exporters import History, SiteOptions, export_site
from converters.exporters.site import copies
from converters.exporters.site.books.about import public_source
from converters.exporters.site.books.charts import Column, bar, columns, months_between
from scraper.archive import Archive
from scraper.model import Hidden, LogEvent, Message, Timestamp, UserName, Via
from tests.site.conftest import served
from tests.site.crawl import crawl
from tests.site.garden import Garden, link, title
from tests.site.servers import need

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MOVES = (("Serre", "Potager", "2019-05-02"), ("Potager", "Verger", "2019-06-03"))
Read = Callable[[str], html.HtmlElement]


def lines() -> Iterable[LogEvent]:
    """Two moves of one page, lines that only an extension words, hidden ones, and about somebody without account."""
    odile = UserName("Odile", 3)
    for number, (old, new, day) in enumerate(MOVES, 1):
        params = {"target_ns": 0, "target_title": new, "suppressredirect": False}
        moment = Timestamp(f"{day}T10:00:00Z")
        yield LogEvent(number, "move", "move", moment, odile, title(old), 1, "mieux", params, (), Via.API)
    hidden = frozenset({Hidden.USER, Hidden.ACTION, Hidden.COMMENT})
    moment = Timestamp("2019-06-05T00:00:00Z")
    yield LogEvent(3, "delete", "delete", moment, None, None, 0, None, {}, (), Via.API, hidden)
    visitor, moment = title("Utilisateur:2001:DB8:0:0:0:0:0:7"), Timestamp("2019-07-01T00:00:00Z")
    yield LogEvent(5, "block", "unblock", moment, odile, visitor, 0, "", {}, (), Via.API)
    yield LogEvent(4, "../moisson", "<b>", None, odile, title("Verger"), 1, "", {}, (), Via.API)


def planted(folder: Path) -> Garden:
    garden = Garden(folder, {"siteinfo": {}})
    outside = "<a class='external text' href='https://agenda.example/mai?a=1&amp;b=2'>Agenda</a>"
    march, april = Timestamp("2019-03-31T23:59:59Z"), Timestamp("2019-04-01T00:00:00Z")
    source = "[https://agenda.example/mai?a=1&b=2 Agenda]"
    shown = f"<p>{outside}, {link('Cave')}.</p>"
    garden.write("Verger", shown, text=source, timestamp=march, categories=["Lieux"])
    zoe = UserName("Zoé", 4)
    garden.write("Cave", f"<p>{outside}</p>", text=source, timestamp=april, user=zoe, comment="/* Rats */ chat")
    garden.write("Utilisateur:Zoé", "<p>Moi.</p>", timestamp=april, user=UserName("Zoé", 4))
    garden.write("Catégorie:Lieux", "", timestamp=april, categories=["Tout"])
    garden.write("Catégorie:Tout", "", timestamp=april, categories=["Lieux"])
    garden.write("Grenier", "<p>x</p>", timestamp=None)
    garden.save(*lines(), Message("nstab-main", "{# {% set x = 1 %} & #}"))
    garden.settle()
    return garden


def exported(garden: Garden, history: History = History.FULL) -> Path:
    with Archive.read(garden.folder) as archive:
        export_site(archive, garden.folder / "site", options=SiteOptions(history=history))
    return garden.folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(planted(tmp_path_factory.mktemp("books") / "archive"))


@pytest.fixture(scope="module")
def read(site: Path) -> Read:
    return lambda address: html.fromstring((site / address / "index.html").read_text("utf-8"))


def rows(page: html.HtmlElement) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//main//tbody/tr")]


def test_nothing_around_the_pages_is_dead(site: Path) -> None:
    with served(site) as base:
        pages, dead = crawl(base)
    assert dead == []
    assert {"/wiki/Special:Log/move/", "/wiki/Special:RecentChanges/2019-03/"} <= pages.keys()


def test_changes_stand_in_their_month(read: Read) -> None:
    march, april = (rows(read(f"wiki/Special:RecentChanges/2019-{month}")) for month in ("03", "04"))
    assert [row[1] for row in march] == ["Verger (hist)"]
    assert [row[1] for row in april][-1] == "Cave (hist)"
    assert april[-1][2:] == ["Zoé", "+43", "→ Rats chat"]
    assert [row[:2] for row in rows(read("wiki/Special:RecentChanges/undated"))] == [["inconnue", "Grenier (hist)"]]
    months = read("wiki/Special:RecentChanges").xpath("//dl[contains(@class, 'months')]//a/@href")
    assert [month.removeprefix("./") for month in months] == ["undated/", "2019-04/", "2019-03/"]


def test_a_month_that_is_over_stays_as_it_is(tmp_path: Path) -> None:
    garden = planted(tmp_path / "archive")
    book = exported(garden, History.NONE) / "wiki/Special:RecentChanges"
    before = {path: path.stat().st_mtime_ns for path in book.rglob("*.html")}
    garden.write("Cave", "<p>Vide.</p>", timestamp=Timestamp("2019-05-09T00:00:00Z"), parent_id=2)
    garden.settle()
    exported(garden, History.NONE)
    after = {path: path.stat().st_mtime_ns for path in book.rglob("*.html")}
    touched = {path.parent.name for path in after if after[path] != before.get(path)}
    assert touched == {"Special:RecentChanges", "2019-05", "2019-04", "undated"}, "its neighbours lead to May"


def test_logs_are_told_in_the_wikis_language(read: Read) -> None:
    moves = [" ".join(line.text_content().split()) for line in read("wiki/Special:Log/move").xpath("//ul/li")]
    assert "3 juin 2019 à 10:00 Odile a déplacé la page Potager vers Verger (mieux)" in moves
    june = read("wiki/Special:Log/2019-06").xpath("//ul[@class='log']/li")
    hidden = "(nom d’utilisateur retiré) (détails de l’historique retirés) (résumé des modifications retiré)"
    assert june[0].text_content().endswith(hidden)
    july = read("wiki/Special:Log/block").xpath("//ul[@class='log']/li")
    assert july[0].text_content().endswith("Odile a débloqué 2001:db8::7")
    assert len(june) == 2
    overview = read("wiki/Special:Log")
    assert ["Journal des renommages", "2"] in rows(overview)
    assert ["../moisson", "1"] in rows(overview)


def test_what_an_extension_logged_is_told_plainly(site: Path) -> None:
    page = html.fromstring((site / "wiki/Special:Log/undated/index.html").read_text("utf-8"))
    line = " ".join(page.xpath("string(//ul[@class='log']/li)").split())
    assert line == "inconnue Odile : ../moisson/<b> Verger"


def test_a_page_tells_its_former_titles(read: Read) -> None:
    page = read("info/Verger")
    former = page.xpath("//h2[text()='Anciens titres']/following-sibling::ul[1]/li")
    assert [" ".join(line.text_content().split()) for line in former] == [
        "Potager (jusqu’au 3 juin 2019)",
        "Serre (jusqu’au 2 mai 2019)",
    ]


def test_content_models_have_names(read: Read) -> None:
    assert "wikicode" in read("info/Verger").xpath("//dd/text()")


def test_statistics(read: Read) -> None:
    page = read("wiki/Special:Statistics")
    facts = dict(zip(page.xpath("//dt/text()"), (dd.text_content() for dd in page.xpath("//dd")), strict=True))
    assert (facts["Pages"], facts["Versions de pages"]) == ("6", "6")
    assert ["Zoé", "2", "", "2"] in rows(page)


def test_categories_in_each_other_have_an_end(read: Read) -> None:
    tree = read("wiki/Special:CategoryTree")
    assert tree.xpath("//ul[@class='tree']//a/text()") == ["Lieux", "Tout", "Lieux"]
    inside = read("wiki/Catégorie:Lieux").xpath("//ul[@class='tree']//a")
    assert [found.text for found in inside] == ["Tout", "Lieux"]


def test_links_out_by_host(read: Read) -> None:
    page = read("wiki/Special:LinkSearch")
    summary = " ".join(page.xpath("string(//details/summary)").split())
    assert summary == "agenda.example 2 liens sur 2 pages"
    assert page.xpath("//details//li/a/@href") == [
        "https://agenda.example/mai?a=1&b=2",
        "https://web.archive.org/web/*/https://agenda.example/mai?a=1&b=2",
        "../Verger/",
        "../Cave/",
    ]


def test_links_out_have_a_copy_of_the_time_of_the_edit(read: Read) -> None:
    for address in ("wiki/Verger", "revision/1"):
        found = read(address).xpath("//article//a[@class='wayback']")
        assert [one.get("href") for one in found] == [
            "https://web.archive.org/web/20190331235959/https://agenda.example/mai?a=1&b=2"
        ]
        assert (found[0].text, found[0].get("title")) == (None, "Copie archivée")


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b.example",
        "https://web.archive.org/web/2015/x",
        "http://localhost/x",
        "http://10.0.0.1/",
        "http://[::1",
    ],
)
def test_what_nobody_copies(url: str) -> None:
    assert copies.copy_of(url, "2019-03-31T23:59Z") is None


def test_an_old_version_says_what_mediawiki_says(read: Read) -> None:
    notice = " ".join(read("revision/2").xpath("string(//div[@class='notice']/p)").split())
    assert notice == "Version datée du 1 avril 2019 à 00:00 par Zoé (discussion | contributions) (→ Rats chat)"


def test_a_wikis_words_say_nothing_to_the_templates(read: Read) -> None:
    for address, place in (("wiki/Verger", "//nav[@class='tabs']//a"), ("wiki/Special:RecentChanges", "//th")):
        assert "{# {% set x = 1 %} & #}" in read(address).xpath(f"{place}/text()")


def test_people_lead_to_what_they_wrote(read: Read) -> None:
    tabs = {tab.text: tab.get("href") for tab in read("wiki/Utilisateur:Zoé").xpath("//nav[@class='tabs']//a")}
    assert tabs["Contributions"] == "../../contributions/Zo%C3%A9/"
    assert "2 modifications sur 2 pages." in read("contributions/Zoé").text_content()


def test_the_feed_is_atom(site: Path) -> None:
    feed = etree.parse(site / "archive/feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated", "author"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert RFC_3339.fullmatch(element.findtext(f"{ATOM}updated"))
        assert element.find(f"{ATOM}author/{ATOM}name").text
        assert element.findtext(f"{ATOM}id").startswith("tag:jardin.example,")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 5
    assert feed.findtext(f"{ATOM}updated") == "2019-04-01T00:00:00Z"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "https://jardin.example/archive/feed.xml"
    assert entries[-1].find(f"{ATOM}link").get("href") == "https://jardin.example/revision/1/"


def test_the_archive_is_told_with_charts_and_their_numbers(read: Read) -> None:
    page = read("archive")
    charts = page.xpath("//svg[@role='img']")
    titles = [chart.xpath("string(title)") for chart in charts]
    assert titles == ["Modifications par mois", "Personnes qui ont écrit, par mois"]
    for name in " ".join(chart.get("aria-labelledby") for chart in charts).split():
        assert page.get_element_by_id(name).text
    assert ["mars 2019", "1", "1"] in rows(page)
    assert ["mai 2019"] not in rows(page)


def test_anyone_can_repeat_the_sums(site: Path, read: Read) -> None:
    need("sqlite3")
    for told in read("archive").xpath("//pre/code[contains(., 'sha256sum')]"):
        question, digest = told.text.splitlines()
        asked = re.search(r'"(.+)"', question)
        assert asked
        answer = subprocess.run(["sqlite3", site.parent / "archive.db", asked[1]], capture_output=True, check=True)
        assert hashlib.sha256(answer.stdout).hexdigest() == digest


def test_a_chart_has_a_column_for_each_month() -> None:
    months = list(months_between("2018-11", "2019-02"))
    assert months == ["2018-11", "2018-12", "2019-01", "2019-02"]
    chart = columns("A & B", "C", [Column(month, month, value) for value, month in enumerate(months)], "x")
    svg = etree.fromstring(str(chart.svg))
    assert [rect.get("height") for rect in svg.iter("rect")] == ["33.3", "66.7", "100.0"]
    assert [path.get("d") for path in svg.iter("path")] == ["M20 0V100"], "a line where the year begins"
    assert svg.findtext("title") == "A & B"
    assert 'width="50.0"' in bar(1, 2)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://jardin.example/wiki/", "https://jardin.example/wiki/"),
        ("https://me:secret@jardin.example/", "https://jardin.example/"),
        ("/home/odile/wikis/dump.xml.gz", "dump.xml.gz"),
        ("C:\\wikis\\dump.xml", "dump.xml"),
        ("copies/", "copies"),
    ],
)
def test_where_files_lay_is_nobodys_business(source: str, told: str) -> None:
    assert public_source(source) == told
