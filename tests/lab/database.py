"""The few things about a wiki that only its database can be told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

UNKNOWN_MODEL = "lab-removed-extension"


def keep_in_one_file(database: Path) -> None:
    """Leave write-ahead logging, which MediaWiki 1.43's installer chooses: a wiki that is copied is one file."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def damage(database: Path) -> str:
    """What SQLite finds damaged in a database; empty when it is whole."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        found = [line for (line,) in connection.execute("PRAGMA integrity_check")]
    return "" if found == ["ok"] else "\n".join(found)


def add_interwiki(database: Path, prefix: str, url: str) -> None:
    """Add a row of Special:Interwiki; a prefix that is a language code makes language links."""
    row = (prefix, url, "", "", 1, 0)
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO interwiki VALUES (?, ?, ?, ?, ?, ?)", row)


def rename_actor(database: Path, name: str, new: str) -> None:
    """Change the name that edits of one actor are signed with."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("UPDATE actor SET actor_name = ? WHERE actor_name = ?", (new, name))


def forget_model(database: Path, title: str) -> None:
    """Give the main-namespace page `title` and all its revisions a content model that no code defines."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("INSERT INTO content_models (model_name) VALUES (?)", (UNKNOWN_MODEL,))
    _set_model(database, title, UNKNOWN_MODEL)


def remember_model(database: Path, title: str) -> None:
    """Take back what `forget_model` did: the page is plain wikitext again."""
    _set_model(database, title, "wikitext")


def _set_model(database: Path, title: str, model: str) -> None:
    of_page = (model, title.replace(" ", "_"))
    page = "SELECT page_id FROM page WHERE page_namespace = 0 AND page_title = ?"
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute(
            "UPDATE content SET content_model = (SELECT model_id FROM content_models WHERE model_name = ?)"
            " WHERE content_id IN (SELECT slot_content_id FROM slots"
            f" JOIN revision ON rev_id = slot_revision_id WHERE rev_page = ({page}))",
            of_page,
        )
        connection.execute(f"UPDATE page SET page_content_model = ? WHERE page_id = ({page})", of_page)
