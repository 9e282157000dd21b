"""The schema of ``archive.db``: tables with their own words beside each column, and the steps between versions.

The comments in the ``.sql`` files stay in the database (SQLite keeps the text of ``CREATE TABLE``): they are the
documentation that :func:`describe` reads back for the docs and for Datasette.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

APPLICATION_ID = 0x77636F6D  # "wcom", so that `file` and we can tell an archive from any other SQLite file


class SchemaError(RuntimeError):
    """The file is not an archive that this version of wikicompost can use."""


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A table's or view's own words: ``columns`` maps each column to its description ('' when it has none)."""

    name: str
    about: str
    columns: dict[str, str]


def script(name: str) -> str:
    """The text of one of this package's SQL files."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _first(connection: sqlite3.Connection) -> None:
    for name in ("facts.sql", "book.sql", "records.sql"):
        _run(connection, script(name))


def _addresses(connection: sqlite3.Connection) -> None:
    _run(connection, script("addresses.sql"))


def _remains(connection: sqlite3.Connection) -> None:
    """What is left of texts and files in captures; archives that were made in between have these tables already."""
    _run(connection, script("remains.sql"))


def _shown(connection: sqlite3.Connection) -> None:
    """Which views are of old versions, and when what they show was saved: ``ALTER TABLE`` has no place for comments."""
    _run(connection, script("shown.sql"))


# A step that was once landed stays as it is, for archives were made by it: what is new comes as a further step.
MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [_first, _addresses, _remains, _shown]


def migrate(connection: sqlite3.Connection, steps: list[Callable[[sqlite3.Connection], None]] = MIGRATIONS) -> None:
    """Bring the database to the present version, in one transaction; views are always made anew.

    Raises SchemaError when it belongs to another program or to a newer wikicompost.
    """
    version = version_of(connection)
    if version > len(steps):
        raise SchemaError(
            f"this archive was written by a newer wikicompost (schema {version}, known here: {len(steps)}). "
            "Update with `pip install --upgrade wikicompost`."
        )
    if version == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps[version:]:
            step(connection)
        _renew_views(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def version_of(connection: sqlite3.Connection) -> int:
    """The archive's schema version, 0 for an empty file. Raises SchemaError when it is no archive."""
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        application_id: int = connection.execute("PRAGMA application_id").fetchone()[0]
        is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    except sqlite3.DatabaseError as error:
        raise SchemaError(f"this is no SQLite database ({error})") from error
    if application_id != APPLICATION_ID and not is_empty:
        raise SchemaError("this SQLite file is not an archive made by wikicompost")
    return version


def describe(connection: sqlite3.Connection) -> list[TableDescription]:
    """What the archive's tables and views say of themselves, by name."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND sql LIKE '%-- %' ORDER BY name"
    )
    return [_describe(name, sql) for name, sql in rows]


def _describe(name: str, sql: str) -> TableDescription:
    about: list[str] = []
    columns: dict[str, str] = {}
    for line in sql.splitlines()[1:]:
        code, _, comment = line.partition("-- ")
        column = re.match(r"\s*(\w+)", code)
        if not code.strip():
            about.append(comment.strip())
        elif column and comment:
            columns[_alias(code) or column[1]] = comment.strip()
    return TableDescription(name, " ".join(about), columns)


def _alias(code: str) -> str | None:
    """The name that a view gives to a column: the word after the last ``AS``."""
    found = re.search(r"\bAS (\w+),?\s*$", code)
    return found[1] if found else None


def _renew_views(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f'DROP VIEW "{name}"')
    _run(connection, script("views.sql"))


def _run(connection: sqlite3.Connection, text: str) -> None:
    """Like executescript, but inside the open transaction."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip():
        raise SchemaError(f"unfinished statement in the schema: {statement.strip()[:80]}")
