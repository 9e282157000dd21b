"""Pages that defeat the parser, through the real processes: they cost themselves, never the others."""

from __future__ import annotations

import os

import pytest

from converters.parse import Pace, parse
from converters.parse.pages import PageRecords, PageSource
from converters.parse.parsing import context_of
from converters.parse.pool import Pool
from scraper.model import Title
from scraper.problems import Problem
from tests.records.wikis import new_archive, rendering

# mwparserfromhell tries every one of these openings again to the end of the text: most of a minute, in C code.
HOSTILE = "== Avant ==\nlu quand même {{a}}\n" + "<ref name=" * 5000 + ">" * 5000
SHORT = Pace(workers=2, page_seconds=2.0)


class Bomb:
    """A title that ends the process that receives it, as a crash in C code would."""

    full = "Page 1"

    def __reduce__(self):
        return os._exit, (3,)


@pytest.fixture
def archive(tmp_path):
    pages = [(number, f"Page {number}", f"* Odile {number} : accueil") for number in range(1, 60)]
    pages[7] = (8, "Page 8", HOSTILE)
    with new_archive(tmp_path / "wiki", pages) as archive:
        yield archive


def test_a_page_that_takes_too_long_is_read_as_plain_text_and_told(archive):
    report = parse(archive, pace=SHORT)
    assert (report.parsed, report.failed, report.problems) == (59, 0, 1)
    assert report.doors == {"wikitext": 58, "plain": 1}
    problems = archive.connection.execute("SELECT code, subject, detail, page_id, stage FROM problems").fetchall()
    assert problems == [("markup-hostile", "revision 8 of Page 8", "reading took more than 2 s", 8, "parse")]
    sections = archive.connection.execute("SELECT title FROM sections WHERE page_id = 8").fetchall()
    assert sections == [("",), ("Avant",)]
    assert archive.connection.execute("SELECT rowid FROM page_text_fts('meme')").fetchall() == [(8,)]
    assert archive.connection.execute("SELECT count(*) FROM list_entries").fetchone() == (58,)


def test_a_process_that_dies_takes_only_its_page_along(archive):
    bomb = PageSource(1, 1, Bomb(), "wikitext", "boum")
    good = [PageSource(number, number, Title(0, f"Page {number}"), "wikitext", "* a : b") for number in range(2, 42)]
    answers = list(Pool(context_of(archive), workers=1).read([bomb]))
    assert [(type(answer), answer.code) for answer in answers] == [(Problem, "markup-hostile")]
    assert "the parser's process died" in answers[0].detail
    answers = list(Pool(context_of(archive), workers=2).read(good))
    assert sorted(answer.page_id for answer in answers) == [page.page_id for page in good]
    assert {type(answer) for answer in answers} == {PageRecords}


def test_an_exception_of_the_parser_costs_one_page(archive):
    unreadable = rendering(1, 1, "<p>a</p>", categories=("no category at all",))
    broken = PageSource(1, 1, Title(0, "Page 1"), "wikitext", "* a\n", unreadable)
    (answer,) = Pool(context_of(archive), workers=1).read([broken])
    assert answer.door == "plain"
    assert answer.problems[0].detail.startswith("the parser ended with AttributeError")


JUNK = {
    "braces": "{{" * 20000 + "a" + "}}" * 20000,
    "links": "[[" * 50000,
    "tables": "{|\n" * 20000,
    "tags": "<div>" * 20000,
    "lists": "*" * 50000,
    "quotes": "'" * 100000,
    "controls": "\x00\ufffe\x0b",
}


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK)
def test_junk_that_is_only_long_is_told_and_defeats_nothing(archive, text):
    page = PageSource(1, 1, Title(0, "Page 1"), "wikitext", text)
    (answer,) = Pool(context_of(archive), workers=1).read([page])
    told = [problem.detail for problem in answer.problems if problem.code == "markup-hostile"]
    assert len(told) == (len(text) > 80_000)
    assert not any("reading took" in detail or "ended" in detail for detail in told)
