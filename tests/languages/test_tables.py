"""The tables are those that their script makes, and say what MediaWiki says."""

from __future__ import annotations

import pytest

from scraper.languages import of
from scraper.titles import TitleParser
from tests.conftest import SERIES, installation_or_skip
from tests.languages.make_tables import TABLES, tables, written


def test_tables_are_fresh() -> None:
    for series in SERIES:
        installation_or_skip(series)
    made = {code: written(table) for code, table in tables().items()}
    assert {path.stem: path.read_text(encoding="utf-8") for path in TABLES.glob("*.json")} == made


def test_tables_stay_small() -> None:
    assert sum(path.stat().st_size for path in TABLES.glob("*.json")) < 8_000_000


@pytest.mark.parametrize(
    ("code", "text", "namespace_id", "name"),
    [
        ("fr", "Discuter:Cabane", 1, "Cabane"),
        ("fr", "Discussion utilisatrice:Ondine", 3, "Ondine"),
        ("fr", "Image:Plan.png", 6, "Plan.png"),
        ("fr", "Jardin des voix:Accueil", 4, "Accueil"),
        ("fr", "Discussion Jardin des voix:Accueil", 5, "Accueil"),
        ("ja", "利用者:Ondine", 2, "Ondine"),
        ("ar", "تصنيف:Cabane", 14, "Cabane"),
        ("de", "Spezial:Cabane", -1, "Cabane"),
    ],
)
def test_namespaces(code: str, text: str, namespace_id: int, name: str) -> None:
    title = TitleParser(of(code).namespaces("Jardin des voix")).parse(text)
    assert (title.namespace_id, title.name) == (namespace_id, name)


@pytest.mark.parametrize(
    ("code", "name", "canonical"),
    [
        ("fr", "Toutes_les_pages", "Allpages"),
        ("fr", "AllPages", "Allpages"),
        ("fr", "Modifications récentes", "Recentchanges"),
        ("ja", "最近の更新", "Recentchanges"),
        ("fr", "Jardinage", None),
    ],
)
def test_special_pages(code: str, name: str, canonical: str | None) -> None:
    assert of(code).special(name) == canonical


@pytest.mark.parametrize(
    ("code", "key", "text", "parameters"),
    [
        ("fr", "size-bytes", "4 567 octets", {"p1": "4 567"}),
        ("fr", "nchanges", "3 modifications", {"p1": "3"}),
        ("en", "history-title", 'Revision history of "Cabane"', {"p1": "Cabane"}),
        ("en", "history-title", "Cabane: Revision history", {"p1": "Cabane"}),
        ("en", "lineno", "Line 12:", {"p1": "12"}),
        ("en", "lineno", "Row 12:", None),
        ("fr", "rev-deleted-user", "(nom d’utilisateur retiré)", {}),
    ],
)
def test_messages_are_read_back(code: str, key: str, text: str, parameters: dict[str, str] | None) -> None:
    assert of(code).match(key, text) == parameters
