"""The law of refreshing: an archive brought up to date says what a fresh harvest says, plus what the wiki has lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.harvest.compare import differences
from tests.harvest.running import harvest
from tests.lab.changes import CHANGES, change
from tests.lab.wiki import RealWiki

# Each group is one refresh: alone they would take an hour, all together they could hide each other.
GROUPS = {"odd": CHANGES[1::2], "even": CHANGES[::2]}


@pytest.mark.parametrize("names", GROUPS.values(), ids=GROUPS)
def test_equals_a_fresh_harvest(fresh_whole_wiki: RealWiki, tmp_path: Path, names: tuple[str, ...]) -> None:
    refreshed, fresh = tmp_path / "refreshed", tmp_path / "fresh"
    harvest(fresh_whole_wiki.url, refreshed)
    change(fresh_whole_wiki, *names)
    harvest(fresh_whole_wiki.url, refreshed)
    harvest(fresh_whole_wiki.url, fresh)
    assert differences(refreshed, fresh, with_gone=False) == []


def test_what_the_wiki_lost_is_kept(fresh_whole_wiki: RealWiki, tmp_path: Path) -> None:
    harvest(fresh_whole_wiki.url, tmp_path)
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        before = connection.execute("SELECT count(*) FROM revisions WHERE text_id IS NOT NULL").fetchone()[0]
    change(fresh_whole_wiki, "delete", "hide-revision", "delete-file")
    harvest(fresh_whole_wiki.url, tmp_path)
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        assert connection.execute("SELECT count(*) FROM pages WHERE gone_at IS NOT NULL").fetchone()[0] >= 2
        assert connection.execute("SELECT count(*) FROM files WHERE gone_at IS NOT NULL").fetchone()[0] == 1
        after = connection.execute("SELECT count(*) FROM revisions WHERE text_id IS NOT NULL").fetchone()[0]
        hidden = "SELECT count(*) FROM revisions WHERE text_id IS NOT NULL AND hidden LIKE '%\"text\"%'"
        assert connection.execute(hidden).fetchone()[0] >= 1
    assert after >= before
