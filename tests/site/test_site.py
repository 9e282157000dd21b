"""The site of a friendly wiki: everything is there, and every link leads somewhere."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from converters.exporters import History, SiteOptions, UnsafePlace, estimate, export_site
from converters.exporters.site.folder import SiteFolder
from scraper.archive import Archive
from scraper.model import Hidden, Revision, Sha1, Timestamp, UserName, Via
from tests.site.conftest import export, served
from tests.site.crawl import crawl
from tests.site.garden import PNG, Garden, link, plant

Read = Callable[[str], str]


def test_no_internal_link_is_dead(garden: Garden) -> None:
    with served(garden.folder / "site") as base:
        pages, dead = crawl(base)
    assert dead == []
    site = garden.folder / "site"
    written = {f"/{path.parent.relative_to(site).as_posix()}/" for path in site.rglob("index.html")}
    by_old_addresses = {path for path in written if path.startswith(("/page/", "/media/"))} | {
        "/archive/gone/",
        "/archive/search/",
        "/archive/random/",
        "/archive/versions/",
        "/redirect/Tomates/",
        "/w/index.php/",
    }
    assert written - {"/./"} - by_old_addresses - pages.keys() == set(), "pages that nothing leads to"


def test_old_addresses_answer_without_a_slash(garden: Garden) -> None:
    with served(garden.folder / "site") as base, urllib.request.urlopen(f"{base}/wiki/Discussion:Potager") as answer:
        assert "Palabres." in answer.read().decode()


def test_links_are_relative_and_red_ones_lead_nowhere(read: Read) -> None:
    page = html.fromstring(read("wiki/Accueil"))
    links = {element.text_content(): element for element in page.xpath("//article//a")}
    assert links["Potager"].get("href") == "../Potager/#Semis" or links["Potager"].get("href") == "../Potager/"
    assert links["Serre"].get("href") is None
    assert links["Serre"].get("class") == "new"
    assert links["Serre"].get("title") == "Serre (page inexistante)"
    assert links["Agenda"].get("href") == "https://agenda.example/"
    assert not page.xpath("//@*[starts-with(name(), 'data-')]")


def test_a_page_says_what_it_is(read: Read) -> None:
    page = html.fromstring(read("wiki/Potager"))
    assert page.get("lang") == "fr"
    assert page.get("dir") == "ltr"
    assert page.xpath("string(//h1)") == "Potager"
    assert [str(tab).strip() for tab in page.xpath("//nav[@class='tabs']//a/text()")] == [
        "Page", "Palabre", "Historique", "Informations sur la page",
    ]  # fmt: skip
    assert page.xpath("//nav[@class='categories']//a/text()") == ["Lieux", "Légumes"]
    assert "Ceci est une archive de Jardin partagé" in page.xpath("string(//p[@class='banner'])")
    colophon = " ".join(page.xpath("string(//footer)").split())
    assert "Archivé depuis Jardin partagé le 1 juin 2020 avec wikicompost. Version 3." in colophon
    assert "CC BY-SA 4.0" in colophon
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://jardin.example/wiki/Potager"]


def test_headings_are_in_order_and_listed(read: Read) -> None:
    page = html.fromstring(read("wiki/Accueil"))
    assert page.xpath("//nav[@class='contents']//a/@href") == ["#Semis", "#B", "#C", "#D"]
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]


def test_history_lists_every_version(read: Read) -> None:
    page = html.fromstring(read("history/Potager"))
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert [row[5] for row in rows] == ["3", "2"]
    assert rows[0][4] == "→ Semis au jardin"
    assert rows[0][1] == "Odile"
    assert rows[0][2].startswith("+")
    assert rows[1][4] == ""
    assert page.xpath("//tbody//a[text()='Odile']/@href")[0] == "../../wiki/Utilisateur:Odile/"
    assert page.xpath("//tbody//a[starts-with(text(), '→')]/@href") == ["../../wiki/Potager/#Semis"]


def test_tags_are_named(read: Read) -> None:
    page = html.fromstring(read("history/Tomates"))
    assert page.xpath("//small[@class='tag']/text()") == ["Nouvelle redirection", "relu"]


def test_hidden_parts_are_named(read: Read) -> None:
    page = html.fromstring(read("history/Compost"))
    assert page.xpath("//tbody//*[@class='hidden']/text()") == [
        "(nom d’utilisateur retiré)", "(résumé des modifications retiré)",
    ]  # fmt: skip


def test_a_redirect_takes_the_reader_along(read: Read) -> None:
    page = html.fromstring(read("wiki/Tomates"))
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../Potager/"]
    assert page.xpath("//p[@class='notice']/a/@href") == ["../Potager/"]


def test_a_lost_page_is_kept_with_a_notice(read: Read) -> None:
    page = html.fromstring(read("wiki/Abri"))
    assert "Démoli." in page.text_content()
    assert "Le wiki a supprimé cette page" in page.xpath("string(//p[@class='notice'])")


def test_categories_have_their_members_by_letter(read: Read) -> None:
    places = html.fromstring(read("wiki/Catégorie:Lieux"))
    assert "Où l'on va." in places.text_content()
    assert places.xpath("//section[@class='members']//li/a/text()") == ["Accueil", "Potager"]
    assert places.xpath("//section[@class='members']//h3/text()") == ["A", "P"]
    unwritten = html.fromstring(read("wiki/Catégorie:Légumes"))
    assert unwritten.xpath("//section[@class='members']/h2/text()") == [
        "Pages dans la catégorie « Légumes »", 'Médias dans la catégorie "Légumes"',
    ]  # fmt: skip
    above = html.fromstring(read("wiki/Catégorie:Tout"))
    assert above.xpath("//section[@class='members']/h2/text()") == ["Sous-catégories"]


def test_a_file_has_its_bytes_and_all_its_versions(garden: Garden, read: Read) -> None:
    page = html.fromstring(read("wiki/Fichier:Radis.png"))
    site = garden.folder / "site"
    shown = page.xpath("//figure[@class='shown']//img/@src")[0]
    assert (site / "wiki/Fichier:Radis.png" / shown).read_bytes() == PNG
    links = page.xpath("//tbody/tr/td[1]/a/@href")
    assert [(site / "wiki/Fichier:Radis.png" / href).stat().st_size for href in links] == [len(PNG), len(PNG) + 1]
    uploaders = page.xpath("//table[contains(@class, 'history')]//td[4]/a/@href")
    assert uploaders == ["../Utilisateur:Odile/", "../../contributions/2001:DB8::1/"]
    assert page.xpath("//main//section[last()]//li/a/text()") == ["Radis"]
    inside = html.fromstring(read("wiki/Radis")).xpath("//article//img")[0]
    assert (site / "wiki/Radis" / inside.get("src")).read_bytes() == PNG


def test_pages_that_are_no_wikitext_show_their_source(read: Read) -> None:
    page = html.fromstring(read("wiki/MediaWiki:Common.css"))
    assert page.xpath("string(//pre[@class='source'])") == "body { color: red }"


def test_pages_of_data_are_tables_in_every_version(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive")
    garden.write("Semis.json", "", text='{"radis": []}', content_model="json")
    garden.write("Semis.json", "", text='{"radis": "mars"}', content_model="json", parent_id=1)
    garden.write("Brouillon.json", "", text="{radis", content_model="json")
    garden.settle()
    with Archive.read(garden.folder) as archive:
        export_site(archive, tmp_path / "site", options=SiteOptions(history=History.FULL))
    table, old, source = (
        html.fromstring((tmp_path / f"site/{place}/index.html").read_text("utf-8")).xpath("//main")[0]
        for place in ("wiki/Semis.json", "revision/1", "wiki/Brouillon.json")
    )
    assert table.xpath("//article//table[@class='mw-json']//td/text()") == ['"mars"']
    assert old.xpath("//article//td[@class='mw-json-empty']/text()") == ["Tableau vide"]
    assert source.xpath("string(.//pre[@class='source'])") == "{radis"


def test_all_pages_are_listed(read: Read) -> None:
    overview = html.fromstring(read("wiki/Spécial:Toutes les pages".replace(" ", "_")))
    assert len(overview.xpath("//tbody/tr")) == 6
    names = html.fromstring(read("wiki/Spécial:Toutes_les_pages/0")).xpath("//main//li/a/text()")
    assert names == ["Abri", "Accueil", "Compost", "Potager", "Radis", "Tomates"]


def test_the_root_leads_to_the_main_page(garden: Garden) -> None:
    root = html.fromstring((garden.folder / "site/index.html").read_text("utf-8"))
    assert root.xpath("//main//a/@href") == ["./wiki/Accueil/"]


def test_the_wikis_own_words_come_first_unless_they_need_mediawiki(read: Read) -> None:
    tabs = html.fromstring(read("wiki/Potager")).xpath("string(//nav[@class='tabs'])")
    assert "Palabre" in tabs
    assert "GENDER" not in tabs


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_archive_gives_the_same_bytes(garden: Garden, tmp_path: Path) -> None:
    with Archive.read(garden.folder) as archive:
        export_site(archive, tmp_path / "again")
    assert _bytes(tmp_path / "again") == _bytes(garden.folder / "site")


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    garden = plant(tmp_path / "archive")
    first = export(garden)
    again = export(garden)
    assert first.written > 30
    assert (again.written, again.removed) == (0, 0)
    assert again.unchanged == first.written


def test_a_refresh_writes_what_was_touched_and_equals_a_whole_export(tmp_path: Path) -> None:
    garden = plant(tmp_path / "archive")
    export(garden)
    before = {path: path.stat().st_mtime_ns for path in (garden.folder / "site").rglob("*") if path.is_file()}
    new = garden.write("Serre", f"<p>{link('Potager')}</p>", categories=["Lieux"])
    garden.settle()
    report = export(garden, [new])
    after = {path: path.stat().st_mtime_ns for path in (garden.folder / "site").rglob("*") if path.is_file()}
    touched = {path.relative_to(garden.folder / "site").as_posix() for path in after if after[path] != before.get(path)}
    assert touched == {
        "wiki/Serre/index.html",
        "info/Serre/index.html",
        "info/Potager/index.html",
        "contributions/index.html",
        "contributions/Odile/index.html",
        "page/13/index.html",
        "source/Serre/index.txt",
        "history/Serre/index.html",
        "wiki/Accueil/index.html",  # its red link is one no more
        "wiki/Catégorie:Lieux/index.html",
        "wiki/Catégorie:Tout/index.html",  # it tells how many are in Lieux
        "wiki/Spécial:Toutes_les_pages/index.html",
        "wiki/Spécial:Toutes_les_pages/0/index.html",
        "wiki/Spécial:RecentChanges/index.html",
        "wiki/Spécial:RecentChanges/2019-01/index.html",
        "wiki/Spécial:Categories/index.html",
        "wiki/Spécial:CategoryTree/index.html",
        "wiki/Spécial:Statistics/index.html",
        "archive/feed.xml",
        "archive/index.html",
        "archive/random/index.html",
        "archive/search/namespaces.js",
        "archive/search/pages-1.js",
        "archive/search/words-70.js",
        "archive/search/words-73.js",
        "archive/sitemap-1.xml",
        "addresses.tsv",
    }
    assert report.pages < 13
    with Archive.read(garden.folder) as archive:
        export_site(archive, tmp_path / "whole")
    assert _bytes(tmp_path / "whole") == _bytes(garden.folder / "site")


def test_what_has_no_place_any_more_is_taken_away(tmp_path: Path) -> None:
    garden = plant(tmp_path / "archive")
    export(garden)
    garden.pages["Terreau"] = garden.pages.pop("Compost")
    garden.write("Terreau", "<p>Feuilles.</p>")
    garden.settle()
    (garden.folder / "site/CNAME").write_text("jardin.example")
    garden.lose("MediaWiki:Common.css")
    with Archive.open(garden.folder) as archive:
        archive.connection.execute("UPDATE pages SET namespace_id = 0, name = title WHERE namespace_id = 8")
    report = export(garden)
    assert report.removed == 4
    assert not (garden.folder / "site/wiki/Spécial:Toutes_les_pages/8").exists()
    assert not (garden.folder / "site/wiki/Compost").exists()
    assert not (garden.folder / "site/history/Compost").exists()
    assert (garden.folder / "site/CNAME").exists(), "what is not ours stays"


@pytest.mark.parametrize(
    ("article_path", "place"),
    [("/$1", "Potager"), ("/index.php/$1", "index.php/Potager"), ("/w/index.php?title=$1", "wiki/Potager")],
)
def test_other_layouts(tmp_path: Path, article_path: str, place: str) -> None:
    garden = Garden(tmp_path / "archive", {"article_path": article_path})
    garden.write("Accueil", "<p>Entrée.</p>")
    garden.write("Potager", "<p>Terre.</p>")
    garden.settle()
    report = export(garden)
    assert (garden.folder / "site" / place / "index.html").is_file()
    assert report.is_original == ("?" not in article_path)
    with served(garden.folder / "site") as base:
        assert crawl(base)[1] == []


def test_a_right_to_left_wiki(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive", {"language": "ar", "siteinfo": {}})
    garden.write("الصفحة", "<p>نص</p>", shown={})
    garden.settle()
    export(garden)
    page = html.fromstring((garden.folder / "site/wiki/الصفحة/index.html").read_text("utf-8"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_nothing_is_written_through_links_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "site"
    root.mkdir()
    (root / "wiki").symlink_to(outside)
    (outside / "precious").write_text("mine")
    (root / "index.html").symlink_to(outside / "precious")
    folder = SiteFolder(root)
    with pytest.raises(UnsafePlace, match="wiki"):
        folder.write("wiki/A/index.html", b"x")
    for path in ("../x", "a/../../x", "/x", "a//x", "a/.", "a/", ""):
        with pytest.raises(UnsafePlace):
            folder.write(path, b"x")
    folder.write("index.html", b"x")
    assert (outside / "precious").read_text() == "mine"
    assert list(outside.iterdir()) == [outside / "precious"]


def test_a_long_list_comes_in_parts(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive")
    page_id = garden.write("Accueil", "<p>Entrée.</p>")
    first = Revision(
        1000, page_id, 0, None, UserName("Odile", 3), "", False, 1, Sha1.of(b"x"), "wikitext", None, b"x", Via.API
    )
    moments = (Timestamp(f"2018-01-{1 + number // 60:02}T10:{number % 60:02}:00Z") for number in range(1200))
    garden.save(*(replace(first, rev_id=1000 + n, timestamp=moment) for n, moment in enumerate(moments)))
    garden.settle()
    export(garden)
    history = garden.folder / "site/history/Accueil"
    parts = [html.fromstring((history / name).read_text("utf-8")) for name in ("index.html", "index-2.html")]
    assert [len(part.xpath("//tbody/tr")) for part in parts] == [1000, 201]
    assert parts[0].xpath("//a[@rel='next']/@href")[0] == "index-2.html"
    labels = parts[0].xpath("//nav/@aria-label")
    assert len(labels) == len(set(labels)), "the ways to the next part stand twice, one of them a landmark"
    assert not (history / "index-3.html").exists()


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a wiki with its whole past."""
    folder = tmp_path_factory.mktemp("past") / "archive"
    garden = plant(folder)
    garden.write("Potager", "", text="Radis et [[Compost]], [[Serre]].", parent_id=3, is_minor=True)
    garden.write("Potager", "", text=None, parent_id=13, hidden=frozenset({Hidden.TEXT}))
    for year in (2016, 2017):
        moment = Timestamp(f"{year}-05-01T10:00:00Z")
        garden.write(
            "Almanach", "", text="Année {{CURRENTYEAR}}, de {{REVISIONYEAR}}, version {{REVISIONID}}.", timestamp=moment
        )
    garden.settle()
    with Archive.read(folder) as archive:
        report = export_site(archive, folder / "site", options=SiteOptions(history=History.FULL))
        expected = estimate(archive, History.FULL)
    assert report.written / 2 < expected.files < report.written * 2
    return folder / "site"


def test_every_version_has_a_page(past: Path) -> None:
    page = html.fromstring((past / "revision/13/index.html").read_text("utf-8"))
    assert "Radis et Compost, Serre." in page.xpath("string(//article)")
    assert page.xpath("//article//a[text()='Compost']/@href") == ["../../wiki/Compost/"]
    assert page.xpath("//article//a[text()='Serre']/@class") == ["new"]
    turns = {a.text_content(): a.get("href") for a in page.xpath("//nav[@class='turns']//a")}
    assert turns == {
        "←\xa0Version précédente": "../3/",
        "Ce qu’elle a changé": "../../difference/13/",
        "Ce qui a changé depuis": "../../difference/13/current/",
        "Version actuelle": "../../wiki/Potager/",
        "Version suivante\xa0→": "../14/",
    }
    assert "Le wiki masque le texte" in (past / "revision/14/index.html").read_text("utf-8")


def test_a_version_tells_its_own_number_and_what_was_the_present_when_the_wiki_was_asked(past: Path) -> None:
    told = [html.fromstring((past / f"revision/{number}/index.html").read_text("utf-8")) for number in (15, 16)]
    shown = [page.xpath("string(//article)").strip() for page in told]
    assert shown == ["Année 2020, de 2016, version 15.", "Année 2020, de 2017, version 16."]


def test_a_difference_marks_the_words(past: Path) -> None:
    page = html.fromstring((past / "difference/13/index.html").read_text("utf-8"))
    assert "".join(page.xpath("//ins/text()")).startswith("Radis")
    assert page.xpath("//thead//a/@href")[0] == "../../revision/3/"
    hidden = html.fromstring((past / "difference/14/index.html").read_text("utf-8"))
    assert "n’a pas les deux textes" in hidden.xpath("string(//p[@class='notice'])")


def test_nothing_of_the_past_is_dead(past: Path) -> None:
    with served(past) as base:
        pages, dead = crawl(base)
    assert dead == []
    assert {"/revision/2/", "/difference/3/", "/difference/2/current/"} <= pages.keys()


def test_less_history_takes_away_what_more_had_written(tmp_path: Path) -> None:
    garden = plant(tmp_path / "archive")
    with Archive.read(garden.folder) as archive:
        for history in (History.FULL, History.NONE):
            export_site(archive, tmp_path / "site", options=SiteOptions(history=history))
        export_site(archive, tmp_path / "plain", options=SiteOptions(history=History.NONE))
    assert _bytes(tmp_path / "site") == _bytes(tmp_path / "plain")
    assert not (tmp_path / "site/history").exists()
    with served(tmp_path / "site") as base:
        assert crawl(base)[1] == []
    explained = html.fromstring((tmp_path / "site/archive/versions/index.html").read_text("utf-8"))
    assert explained.xpath("string(//h1)") == "Ce site ne montre pas les versions antérieures"
