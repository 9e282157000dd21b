"""Archives made large by repetition: the same pages again under other ids and titles, with all their records."""

from __future__ import annotations

from collections.abc import Iterator

from converters.records import RECORDS_PER_PAGE, TABLES
from scraper.archive import Archive

# Above every number of a wiki that fits into an archive of this bench.
STEP = 1_000_000
IDS = frozenset({"page_id", "target_page_id", "rev_id", "latest_rev_id", "category_id", "template_id"})
TITLES = frozenset({"title", "name", "target_title"})
SHARED = ("categories", "templates")
TOLD_ONCE = ("problems",)


def cut(archive: Archive, pages: int) -> None:
    """Leave about so many articles, evenly chosen, and the templates."""
    database = archive.connection
    (total,) = database.execute("SELECT count(*) FROM pages WHERE namespace_id = 0").fetchone()
    database.execute("PRAGMA foreign_keys = OFF")
    with archive.transaction():
        database.execute(
            "CREATE TEMP TABLE chosen AS SELECT page_id FROM (SELECT page_id, namespace_id,"
            " row_number() OVER (PARTITION BY namespace_id ORDER BY page_id) AS place FROM pages)"
            " WHERE namespace_id = 10 OR (namespace_id = 0 AND place % ? = 0)",
            (max(1, total // pages),),
        )
        for table in _tables(archive):
            if table not in SHARED:
                database.execute(f"DELETE FROM {table} WHERE page_id NOT IN (SELECT page_id FROM chosen)")


def repeat(archive: Archive, times: int) -> None:
    """Add all pages so often that each is there ``times`` times. They call the first one's templates."""
    archive.connection.execute("PRAGMA foreign_keys = OFF")
    copies = {table: _copy(archive, table) for table in _tables(archive) if table not in TOLD_ONCE}
    with archive.transaction():
        for number in range(1, times):
            for query in copies.values():
                archive.connection.execute(query, {"number": number, "step": number * STEP})


def _tables(archive: Archive) -> Iterator[str]:
    """Those with rows of pages, and those that such rows name."""
    names = archive.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    )
    for (name,) in names.fetchall():
        if name in SHARED or "page_id" in _columns(archive, name):
            yield name


def _columns(archive: Archive, table: str) -> list[str]:
    return [row[0] for row in archive.connection.execute(f"SELECT name FROM pragma_table_info('{table}')")]


def _copy(archive: Archive, table: str) -> str:
    columns = _columns(archive, table)
    values = ", ".join(_value(table, column) for column in columns)
    first = f"{columns[0]} < {STEP * (RECORDS_PER_PAGE if _is_key(table, columns[0]) else 1)}"
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {first}"


def _value(table: str, column: str) -> str:
    if column in IDS or (table == "revisions" and column == "parent_id"):
        return f"CASE WHEN {column} > 0 THEN {column} + :step ELSE {column} END"
    if _is_key(table, column):
        return f"{column} + :step * {RECORDS_PER_PAGE}"
    if column in TITLES and table not in ("file_uses", "refs", "template_parameters", "sections"):
        return f"{column} || ' (' || :number || ')'"
    return column


def _is_key(table: str, column: str) -> bool:
    """Whether the column numbers records, by page and order in the page."""
    if table not in TABLES:
        return False
    is_own = column == TABLES[table].key != "page_id"
    return is_own or column in ("section_id", "parent_id", "template_call_id", "table_id")
