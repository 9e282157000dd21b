"""``datasette DIR/`` works alone, with both versions, and shows nothing of the wiki as markup."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from lxml import html

from converters.exporters.datasette import saved_queries
from converters.exporters.datasette.metadata import question_groups
from scraper.archive import Archive
from tests.datasette.conftest import ATTACK, Server
from tests.site.garden import Garden

VALUES = {
    "words": 'participants "',
    "year": "2019",
    "section": "particip",
    "name": "Odile",
    "template": "Réunion",
    "page": "Potager",
    "title": "Potager",
    "domain": "agenda.example",
    "date": "2030-01-01",
    "rev_id": "1",
    "old": "2",
    "new": "3",
}
ROWS = {
    "activity", "co_editors", "domains", "entries_of_a_name", "history_of_a_page", "links_to_a_domain",
    "most_active_contributors", "orphaned_pages", "pages_that_mention", "pages_wanted", "pages_without_links",
    "participants", "template_as_table", "text_of_a_revision", "untouched_since", "what_links_here", "is_it_complete",
    "difference_of_revisions", "pages_by_title", "templates_used",
}  # fmt: skip
QUERIES = saved_queries()


def names_of(folder: Path, kind: str) -> list[str]:
    with sqlite3.connect(folder / "archive.db") as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (kind,))
        # Datasette 1.0 shows neither what a full-text index is made of nor SQLite's own tables.
        return [name for (name,) in rows if not name.startswith(("page_text_fts_", "sqlite_"))]


def body_of(page: str) -> html.HtmlElement:
    root = html.fromstring(page)
    assert not root.xpath("//*[contains(@class, 'message-error')]"), page[-2000:]
    return root


@pytest.mark.parametrize("kind", ["table", "view"])
def test_every_table_and_view_answers(server: Server, published: Garden, kind: str) -> None:
    for name in names_of(published.folder, kind):
        status, page, _ = server.get(f"/archive/{name}")
        assert (name, status) == (name, 200)
        body_of(page)


@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_answers(server: Server, name: str) -> None:
    for values in ({}, {key: VALUES[key] for key in re.findall(r":(\w+)", QUERIES[name]["sql"])}):
        status, page, _ = server.get(f"/archive/{name}", **values)
        assert status == 200
        root = body_of(page)
    assert QUERIES[name]["title"] in root.xpath("string(//h1)")
    assert bool(root.xpath("//table/tbody/tr")) == (name in ROWS)


def test_no_query_has_the_name_of_a_table(published: Garden) -> None:
    names = {*names_of(published.folder, "table"), *names_of(published.folder, "view")}
    assert QUERIES.keys() & names == set()


def test_the_archive_is_described(server: Server) -> None:
    _, page, _ = server.get("/")
    assert "Jardin partagé" in page
    assert "CC BY-SA 4.0" in page
    _, page, _ = server.get("/archive/revisions")
    assert "edit summary; NULL when hidden" in page
    _, page, _ = server.get("/archive")
    root = body_of(page)
    shown = [link.split("/")[-1] for link in root.xpath("//div[contains(@class, 'db-table')]//h3/a/@href")]
    assert "pages" in shown
    assert not {"frontier", "captures", "cursors"} & set(shown[: shown.index("users")])


def test_the_start_page_explains_searches_and_has_every_question(server: Server) -> None:
    grouped = [name for names in question_groups().values() for name in names]
    assert sorted(grouped) == sorted(QUERIES)
    root = body_of(server.get("/")[1])
    assert "archive of Jardin partagé as tables" in root.text_content()
    assert [f"archive/{name}" for name in grouped] == root.xpath(
        "//div[contains(@class, 'metadata-description')]//li/a/@href"
    )
    assert server.get("/" + root.xpath("//form/@action")[0], words="potager")[0] == 200


def test_bars_are_drawn_and_differences_marked(server: Server) -> None:
    root = body_of(server.get("/archive/activity")[1])
    assert "100 %" in root.xpath("//td[contains(@class, 'col-chart')]//*[@role='img']/@aria-label")
    root = body_of(server.get("/archive/difference_of_revisions", old="2", new="3")[1])
    assert root.xpath("//td[contains(@class, 'col-diff')]//ins")


def test_fields_of_queries_fit_a_phone(server: Server) -> None:
    sheets = body_of(server.get("/archive/participants")[1]).xpath("//link[@rel='stylesheet']/@href")
    status, sheet, _ = server.get(next(sheet for sheet in sheets if sheet.endswith("wikicompost.css")))
    assert (status, "width: 100%" in sheet) == (200, True)


def test_labels_stand_in_the_place_of_numbers(server: Server) -> None:
    root = body_of(server.get("/archive/revisions")[1])
    assert "Potager" in root.xpath("//td[contains(@class, 'col-page_id')]/a/text()")
    assert "Odile" in root.xpath("//td[contains(@class, 'col-user_id')]/a/text()")


def test_numbers_lead_to_their_rows(server: Server) -> None:
    root = body_of(server.get("/archive/history_of_a_page", page="Potager")[1])
    (way, *_) = root.xpath("//td[contains(@class, 'col-page_id')]/a/@href")
    assert way.startswith("/archive/pages/")
    row = body_of(server.get(way)[1])
    assert "/archive/namespaces/0" in row.xpath("//td[contains(@class, 'col-namespace_id')]/a/@href")
    assert server.get(row.xpath("//td[contains(@class, 'col-title')]/a/@href")[0])[2].endswith("/wiki/Potager/")
    assert row.xpath("//td[contains(@class, 'col-page_id')]/a") == []


def test_search_finds_without_accents_and_marks(server: Server) -> None:
    root = body_of(server.get("/archive/pages_that_mention", words="reunion participants")[1])
    assert "Participants" in root.xpath("//mark/text()")
    root = body_of(server.get("/archive/pages", _search="feuilles")[1])
    assert root.xpath("//td[contains(@class, 'col-title')]//text()") == ["Compost"]


def test_texts_of_revisions_are_read(server: Server, published: Garden) -> None:
    with Archive.read(published.folder) as archive:
        expected = archive.revision_text(3)
    sql = "SELECT revision_text(3) AS text, revision_text(-1) AS unknown, text_of(-1) AS unheld"
    status, answer, _ = server.get("/archive/-/query.json", sql=sql, _shape="array")
    if status != 200:  # 0.65 has another address for it
        status, answer, _ = server.get("/archive.json", sql=sql, _shape="array")
    assert status == 200
    row = json.loads(answer)[0]
    assert (row["text"].encode(), row["unknown"], row["unheld"]) == (expected, None, None)


def test_nothing_of_the_wiki_is_markup(server: Server, published: Garden) -> None:
    pages = [f"/archive/{name}" for kind in ("table", "view") for name in names_of(published.folder, kind)]
    texts = [server.get(page)[1] for page in pages]
    texts += [server.get(f"/archive/{name}", **VALUES)[1] for name in QUERIES]
    texts.append(server.get("/archive/text_of_a_revision", rev_id=str(published.revisions))[1])
    assert any("&lt;script&gt;document" in text for text in texts)
    for text in texts:
        assert ATTACK not in text
        assert not html.fromstring(text).xpath("//img[@onerror] | //script[contains(text(), 'owned=1')]")


def test_the_site_is_beside_the_tables(server: Server) -> None:
    status, page, address = server.get("/-/page/2")
    assert (status, address) == (200, f"{server.base}/-/site/wiki/Potager/")
    assert html.fromstring(page).xpath("string(//h1)") == "Potager"
    root = body_of(server.get("/archive/recent_changes")[1])
    assert root.xpath("//td[contains(@class, 'col-page')]//a[text()='Potager']/@href")[0] == "/-/page/2"
    assert server.get("/-/page/999999")[0] == 404
    root = body_of(server.get("/archive/participants")[1])
    link = root.xpath("//td[contains(@class, 'col-pages')]//a[text()='Réunion']/@href")[0]
    assert server.get(link)[2] == f"{server.base}/-/site/wiki/R%C3%A9union/"
    assert server.get("/-/page", title="Nulle part")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "../archive.db",
        "%2e%2e/archive.db",
        "..%2farchive.db",
        "wiki/..%2f..%2f..%2farchive.db",
        "%00",
        "..\\archive.db",
    ],
)
def test_nothing_but_the_site_is_given(server: Server, path: str) -> None:
    assert server.get(f"/-/site/{path}")[0] in (400, 404)
