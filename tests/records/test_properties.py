"""What pages of a wiki with Semantic MediaWiki state about themselves, whichever door they come through."""

from __future__ import annotations

import pytest

from converters.parse import Pace, parse
from scraper.model import Namespace
from tests.records.wikis import content, new_archive, rendering, write

ONE = Pace(workers=1)
QUERY = "SELECT subobject, property, value, target_page_id FROM property_values ORDER BY property_value_id"
PAGES = [
    (1, "Four à pain", "[[Lieu::Verger]] {{Fiche|masse=300 kg}}"),
    (2, "Verger", "{{#set:Surface=2 ha|Arbre=pommier;poirier|+sep=;}}{{#sousobjet:rang 1|Arbre=prunier}}"),
    (3, "Modèle:Fiche", "masse : [[Masse:={{{masse}}}]]"),
]
VALUES = [
    ("", "Lieu", "Verger", 2),
    ("", "Masse", "300 kg", None),
    ("", "Surface", "2 ha", None),
    ("", "Arbre", "pommier", None),
    ("", "Arbre", "poirier", None),
    ("rang 1", "Arbre", "prunier", None),
]


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "wiki", PAGES) as archive:
        with archive.transaction():
            archive.save(Namespace(102, "Attribut", ""))
        yield archive


def test_values_are_kept_and_tied_to_the_pages_they_name(archive):
    parse(archive, pages=[1, 2], pace=ONE)
    assert archive.connection.execute(QUERY).fetchall() == VALUES


def test_a_rendering_does_not_hide_them(archive):
    with archive.transaction():
        archive.save(rendering(1, 1, "<p>Verger masse : 300 kg</p>"))
    parse(archive, pages=[1, 2], pace=ONE)
    assert archive.connection.execute(QUERY).fetchall() == VALUES
    write(archive, [(3, "Modèle:Fiche", "[[Poids::{{{masse}}}]]")])
    assert parse(archive, pages=[1, 2], pace=ONE).parsed == 1
    in_steps = content(archive.connection)
    parse(archive, pages=[1, 2], everything=True, pace=ONE)
    assert content(archive.connection) == in_steps
    assert ("", "Poids", "300 kg", None) in archive.connection.execute(QUERY).fetchall()


def test_without_the_extension_they_are_links(tmp_path):
    with new_archive(tmp_path / "wiki", PAGES) as archive:
        parse(archive, pages=[1], pace=ONE)
        assert archive.connection.execute(QUERY).fetchall() == []
        (title,) = archive.connection.execute("SELECT target_title FROM links").fetchone()
        assert title == "Lieu::Verger"
