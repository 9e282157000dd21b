"""Real frozen copies and recorded wikis, where they are at hand: figures, and what may not become worse."""

from __future__ import annotations

import sqlite3
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.captured.recovering import read_into

SHARED = Path(__file__).parents[3] / "shared"
CORPORA, RECORDINGS = SHARED / "corpora", SHARED / "recordings"
RECORDED = sorted(RECORDINGS.glob("*.warc.gz")) or [RECORDINGS / "mediawiki.warc.gz"]
FIGURES = """
    SELECT (SELECT count(*) FROM pages WHERE gone_at IS NULL),
        (SELECT count(*) FROM pages WHERE page_id IN (SELECT page_id FROM renderings)),
        count(*), count(CASE WHEN timestamp IS NOT NULL AND user_id IS NOT NULL THEN 1 END), count(text_id),
        (SELECT count(*) FROM (SELECT rev_id FROM renderings WHERE rev_id IS NOT NULL
            UNION SELECT rev_id FROM old_renderings WHERE rev_id IS NOT NULL))
    FROM revisions
"""
NAMES = ("titles", "shown", "revisions", "dated", "texts", "rendered")
# The figures of these readers, a little below what was measured on 22 November 2026.
AT_LEAST = {
    "frozen-x3wiki-en-sample": {"titles": 950, "revisions": 3050, "dated": 2820, "texts": 320, "rendered": 630},
    "frozen-wikisocion-html": {"shown": 622, "revisions": 621, "rendered": 621},
    "frozen-openems-wiki-html": {"shown": 176, "revisions": 430, "dated": 315, "rendered": 176},
    "frozen-nimportequoipedia-html": {"shown": 129, "revisions": 175, "dated": 50, "rendered": 129},
}


def source(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


def figures(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return dict(zip(NAMES, connection.execute(FIGURES).fetchone(), strict=True))


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The archive of a frozen copy, read once."""

    @cache
    def read(name: str) -> Path:
        folder = tmp_path_factory.mktemp("corpus") / name
        read_into(folder, source(CORPORA / f"{name}.tar.xz"))
        return folder

    return read


@pytest.mark.parametrize("name", AT_LEAST)
def test_figures_of_frozen_copies(harvested: Callable[[str], Path], name: str) -> None:
    folder = harvested(name)
    found = figures(folder)
    print(f"{name}: {found}")
    assert [key for key, least in AT_LEAST[name].items() if found[key] < least] == []
    with sqlite3.connect(folder / "archive.db") as connection:
        titles = Counter(connection.execute("SELECT title FROM pages WHERE gone_at IS NULL"))
        unreadable = connection.execute("SELECT subject FROM problems WHERE code = 'capture-unreadable'").fetchall()
    assert [title for title, count in titles.items() if count > 1] == []
    assert unreadable == []


def test_texts_of_edit_forms_are_the_pages_own(harvested: Callable[[str], Path]) -> None:
    """The sample of the X3 wiki has the wikitext of its pages beside it."""
    own = dict(texts_beside(source(CORPORA / "frozen-x3wiki-en-sample.tar.xz")))
    with sqlite3.connect(harvested("frozen-x3wiki-en-sample") / "archive.db") as connection:
        held = dict(connection.execute("SELECT title, text FROM pages JOIN current_texts USING (page_id)"))
    both = own.keys() & held.keys()
    same = [title for title in both if own[title].split() == held[title].split()]
    print(f"{len(own)} texts beside, {len(both)} of their pages have a text, {len(same)} the same")
    assert len(same) >= 0.9 * len(both) > 0


def texts_beside(path: Path) -> Iterator[tuple[str, str]]:
    """Title and wikitext of each file in ``wikitext/``."""
    with tarfile.open(path) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.name.endswith(".wikitext") else None
            if stream is not None:
                yield member.name.rpartition("/")[2].removesuffix(".wikitext"), stream.read().decode()


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_recorded_wikis(tmp_path: Path, path: Path) -> None:
    """All 134 pages, and all that was asked of them."""
    read_into(tmp_path, source(path))
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        pages = connection.execute("SELECT count(*) FROM pages JOIN current_texts USING (page_id)").fetchone()[0]
        without = connection.execute(
            "SELECT rev_id, hidden FROM revisions WHERE text_id IS NULL AND hidden = '[]'"
            " AND page_id IN (SELECT page_id FROM current_texts)"
        ).fetchall()
        undated = connection.execute("SELECT rev_id FROM revisions WHERE timestamp IS NULL OR exactness != 'second'")
        assert pages == 134
        assert without == []
        assert undated.fetchall() == []
