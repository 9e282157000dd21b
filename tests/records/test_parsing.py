"""Parsing a whole archive: what is parsed, what is kept, and that a run in steps equals a run from scratch."""

from __future__ import annotations

import pytest

from converters.parse import Pace, parse
from converters.records import RECORDS_PER_PAGE, TABLES, TooManyRecords
from converters.records.record import numbered
from scraper.archive import Archive
from scraper.model import PageGone
from tests.records.wikis import TIME, content, new_archive, rendering, write

ONE = Pace(workers=1)
PAGES = [
    (1, "Accueil", "Le [[four à pain]] et le [[Verger]].\n== Suite ==\n* Odile : accueil\n[[Catégorie:Lieux]]"),
    (2, "Four à pain", "#REDIRECTION [[Verger#Four]]"),
    (
        3,
        "Verger",
        "{{Lieu|nom=Verger}}\n{|\n! Arbre\n|-\n| pommier<ref>Odile</ref>\n|}\n[[Fichier:Pommier.jpg|thumb|fleur]]",
    ),
    (4, "Modèle:Lieu", "'''{{{nom}}}''' [[Catégorie:Lieux|{{{nom}}}]]"),
]


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "wiki", PAGES) as archive:
        yield archive


def rows(archive: Archive, query: str) -> list[tuple[object, ...]]:
    return archive.connection.execute(query).fetchall()


def test_a_run_parses_all_pages_and_the_next_one_none(archive):
    first = parse(archive, pace=ONE)
    assert (first.parsed, first.unchanged, first.failed, first.doors) == (4, 0, 0, {"wikitext": 4})
    before = content(archive.connection)
    second = parse(archive, pace=ONE)
    assert (second.parsed, second.unchanged) == (0, 4)
    assert content(archive.connection) == before
    assert rows(archive, "PRAGMA foreign_key_check") == []


def test_progress_is_told_up_to_the_last_page(archive):
    told = []
    parse(archive, progress=lambda done, total: told.append((done, total)), pace=ONE)
    assert told[-1] == (4, 4)


def test_a_run_that_is_broken_off_is_completed_by_the_next(archive, monkeypatch):
    def break_off(done, total):
        raise KeyboardInterrupt

    monkeypatch.setattr("converters.parse.parsing.PAGES_PER_TRANSACTION", 2)
    with pytest.raises(KeyboardInterrupt):
        parse(archive, progress=break_off, pace=ONE)
    assert rows(archive, "SELECT count(*) FROM parsed_pages") == [(2,)]
    assert parse(archive, pace=ONE).parsed == 2
    in_two = content(archive.connection)
    parse(archive, everything=True, pace=ONE)
    assert content(archive.connection) == in_two


def test_every_kind_of_record_is_kept_with_page_and_revision(archive):
    parse(archive, pace=ONE)
    for table in ("sections", "links", "list_entries", "template_calls", "table_cells", "refs", "file_uses"):
        assert rows(archive, f"SELECT count(*) > 0, min(page_id > 0), min(rev_id > 0) FROM {table}") == [(1, 1, 1)]
    query = "SELECT label, value, s.title FROM list_entries JOIN sections s USING (section_id)"
    assert rows(archive, query) == [("Odile", "accueil", "Suite")]


def test_an_edit_makes_one_page_be_parsed_and_equals_a_run_from_scratch(archive, tmp_path):
    parse(archive, pace=ONE)
    write(archive, [(3, "Verger", "{{Arbre}} [[Ruche]]")])
    assert parse(archive, pace=ONE).parsed == 1
    in_steps = content(archive.connection)
    assert parse(archive, everything=True, pace=ONE).parsed == 4
    assert content(archive.connection) == in_steps
    assert rows(archive, "SELECT title FROM templates") == [("Modèle:Arbre",)]


def test_what_a_template_brings_belongs_to_the_pages_that_call_it(archive):
    query = "SELECT c.title, sort_key FROM page_categories JOIN categories c USING (category_id) WHERE page_id = 3"
    parse(archive, pace=ONE)
    assert rows(archive, query) == [("Catégorie:Lieux", "Verger")]
    write(archive, [(4, "Modèle:Lieu", "{{Boîte|{{{nom}}}}}"), (8, "Modèle:Boîte", "[[Catégorie:Boîtes]] [[{{{1}}}]]")])
    assert parse(archive, pace=ONE).parsed == 3
    assert rows(archive, query) == [("Catégorie:Boîtes", "")]
    write(archive, [(8, "Modèle:Boîte", "[[Catégorie:Coffres]]")])
    assert parse(archive, pace=ONE).parsed == 3
    in_steps = content(archive.connection)
    parse(archive, everything=True, pace=ONE)
    assert content(archive.connection) == in_steps


def test_templates_that_call_each_other_end(archive):
    write(archive, [(4, "Modèle:Lieu", "{{Boîte}}"), (8, "Modèle:Boîte", "{{Lieu}} {{Boîte}}")])
    assert parse(archive, pace=ONE).doors == {"wikitext": 5}


def test_targets_follow_pages_that_come_and_go_without_the_linking_page_being_parsed(archive):
    query = "SELECT target_page_id, is_missing FROM links WHERE page_id = 1 AND target_title = 'Verger'"
    parse(archive, pace=ONE)
    assert rows(archive, query) == [(3, 0)]
    with archive.transaction():
        archive.save(PageGone(3, TIME))
    archive.settle()
    report = parse(archive, pace=ONE)
    assert (report.parsed, report.removed, rows(archive, query)) == (0, 1, [(None, 1)])
    write(archive, [(9, "Verger", "planté de nouveau")])
    assert parse(archive, pace=ONE).parsed == 1
    assert rows(archive, query) == [(9, 0)]
    assert rows(archive, "SELECT target_page_id FROM redirects") == [(9,)]


def test_a_page_that_is_gone_has_no_records(archive):
    parse(archive, pace=ONE)
    with archive.transaction():
        archive.save(PageGone(1, TIME))
    archive.settle()
    parse(archive, pace=ONE)
    for table in TABLES:
        assert rows(archive, f"SELECT count(*) FROM {table} WHERE page_id = 1") == [(0,)]
    assert rows(archive, "SELECT title FROM categories") == [("Catégorie:Lieux",)]
    assert rows(archive, "SELECT rowid FROM page_text_fts('accueil')") == []


def test_only_the_pages_asked_for_are_parsed(archive):
    report = parse(archive, pages=[2], pace=ONE)
    assert (report.parsed, rows(archive, "SELECT page_id FROM parsed_pages")) == (1, [(2,)])
    assert parse(archive, pages=[2, 3], pace=ONE).parsed == 1


def test_the_rendering_of_the_current_revision_is_the_better_door(archive):
    sections = ({"index": "T-1", "anchor": "Bandeau"}, {"index": "1", "anchor": "Suite"})
    html = "".join(f'<h2><span class="mw-headline" id="{name}">{name}</span></h2>' for name in ("Bandeau", "Suite"))
    write(archive, [(5, "Ruche", "{{Bandeau}}\n== Suite ==\n{{Miel|jus}}")])
    with archive.transaction():
        archive.save(rendering(5, 5, html, sections=sections))
    report = parse(archive, pages=[5], pace=ONE)
    assert report.doors == {"rendered": 1}
    query = (
        "SELECT t.name, position FROM template_calls JOIN templates t USING (template_id)"
        " JOIN sections USING (section_id)"
    )
    assert rows(archive, query) == [("Bandeau", 0), ("Miel", 2)]
    write(archive, [(5, "Ruche", "vidée")])
    assert parse(archive, pages=[5], pace=ONE).doors == {"wikitext": 1}


def test_a_redirect_to_a_redirect_keeps_its_target(archive):
    link = '<a href="/w/index.php?title=Four_%C3%A0_pain&amp;redirect=no" class="mw-redirect">Four à pain</a>'
    write(archive, [(5, "Fours", "#REDIRECTION [[Four à pain]]")])
    with archive.transaction():
        html = f'<div class="redirectMsg"><ul class="redirectText"><li>{link}</li></ul></div>'
        archive.save(rendering(5, 5, html))
    assert parse(archive, pages=[5], pace=ONE).doors == {"rendered": 1}
    assert rows(archive, "SELECT target_title, target_page_id FROM redirects") == [("Four à pain", 2)]
    assert rows(archive, "SELECT count(*) FROM list_entries") == [(0,)]


def test_code_is_read_as_it_is(archive):
    write(archive, [(6, "Module:Miel", "-- [[pas un lien]]\n== pas un titre ==")], model="Scribunto")
    assert parse(archive, pages=[6], pace=ONE).doors == {"plain": 1}
    assert rows(archive, "SELECT count(*) FROM links WHERE page_id = 6") == [(0,)]
    assert rows(archive, "SELECT text FROM page_text WHERE page_id = 6") == [
        ("-- [[pas un lien]]\n== pas un titre ==",)
    ]


@pytest.mark.parametrize("words", ["cœur", "coeur", "Œuvre", "oeuvre", "nœuds", "noeuds", "pere", "PÈRE", "strasse"])
def test_search_finds_words_however_they_are_spelled(archive, words):
    write(archive, [(7, "Lexique", "Au cœur de l'œuvre, des noeuds ; le père de la Straße")])
    parse(archive, pages=[7], pace=ONE)
    assert rows(archive, f"SELECT rowid FROM page_text_fts('{words}')") == [(7,)]


def test_numbers_are_the_page_s_own_and_a_page_cannot_run_into_the_next():
    rows = numbered(
        TABLES["list_entries"], [(2, None, 1, "bullet", "a", None, None), (2, 1, 2, "bullet", "b", None, None)], 7, 70
    )
    assert [row[:5] for row in rows] == [(7000001, 7, 70, 7000002, None), (7000002, 7, 70, 7000002, 7000001)]
    with pytest.raises(TooManyRecords, match="links"):
        numbered(TABLES["links"], [()] * RECORDS_PER_PAGE, 7, 70)
