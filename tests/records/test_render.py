"""``wikicompost render --archive``: any revision of a page as MediaWiki would lay it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converters.cli import render
from converters.entries import render_page
from converters.parse import parse
from scraper.model import FileVersion, Via
from tests.records.wikis import TIME, new_archive, write

PAGES = [(1, "Verger", "Le [[pommier]] {{Note|vert}} et le [[Poirier]]"), (2, "Poirier", "x")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_archive(tmp_path / "verger", PAGES) as archive:
        write(archive, [(3, "Modèle:Note", "''{{{1}}}'' {{CURRENTYEAR}}"), (1, "Verger", "Nouveau")])
    return tmp_path / "verger"


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(render, [str(argument) for argument in arguments])


def test_a_page_as_it_stands(folder: Path) -> None:
    assert ask("--archive", folder, "Verger").output == "<p>Nouveau\n</p>\n"


def test_a_revision_with_its_own_time_and_the_pages_of_the_archive(folder: Path) -> None:
    assert ask("--archive", folder, "Verger@1").output == (
        '<p>Le <a href="/index.php?title=Pommier&amp;action=edit&amp;redlink=1">pommier</a> <i>vert</i> 2017'
        ' et le <a href="/wiki/Poirier">Poirier</a>\n</p>\n'
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [("Absente", "has no page 'Absente'"), ("Verger@99", "revision 99 of 'Verger'"), ("<", "cannot be the title")],
)
def test_what_the_archive_does_not_have(folder: Path, asked: str, told: str) -> None:
    answer = ask("--archive", folder, asked)
    assert answer.exit_code == 1
    assert told in answer.output


def test_one_way_of_rendering_at_a_time(folder: Path) -> None:
    assert ask("--jsonl", "--archive", folder, "Verger").exit_code == 2
    assert ask("--archive", folder).exit_code == 2


def test_ifexist_asks_the_archive_and_is_asked_again(tmp_path: Path) -> None:
    with new_archive(tmp_path / "x", [(1, "Verger", "{{#ifexist:Poirier|oui|non}}"), (2, "Autre", "x")]) as archive:
        parse(archive)
        query = "SELECT text FROM page_text WHERE rowid IN (SELECT page_id FROM pages WHERE title = 'Verger')"
        before = archive.connection.execute(query).fetchone()[0]
        write(archive, [(3, "Poirier", "x")])
        report = parse(archive)
        assert (before, archive.connection.execute(query).fetchone()[0]) == ("non", "oui")
        assert report.unchanged == 1


def test_files_are_shown_as_the_archive_knows_them(tmp_path: Path) -> None:
    source = "[[Fichier:Four.png|thumb|upright|vu]] [[Fichier:Ancien.png|100px]] [[Fichier:Absent.png|thumb|rien]]"
    pages = [(1, "Verger", source), (2, "Fichier:Ancien.png", "#REDIRECTION [[Fichier:Four.png]]")]
    with new_archive(tmp_path / "x", pages) as archive:
        with archive.transaction():
            version = FileVersion.untold("Four.png", Via.API)
            archive.save(replace(version, timestamp=TIME, width=800, height=600))
        unlisted = render_page(archive, "Verger")[0]
        with archive.transaction():
            archive.set_cursor("files", {})
        html = render_page(archive, "Verger")[0]
    assert "Absent.png&amp;action" not in unlisted
    assert 'width="230" height="173"' in html
    assert 'width="100" height="75"' in html
    assert html.count('src="Four.png"') == 2
    assert html.count("wpDestFile=Absent.png") == 1
