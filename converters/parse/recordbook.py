"""Records in the archive: written page by page, and tied to the pages they name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from converters.parse.pages import PageRecords
from converters.records import RECORDS_PER_PAGE, TABLES, Row, Table
from scraper.archive import Archive

_LIVING_PAGE = "(SELECT page_id FROM pages WHERE {} AND gone_at IS NULL ORDER BY is_listed DESC, page_id DESC LIMIT 1)"
# Columns that the whole archive decides: table → column → what it is, said with the table's other columns in braces.
# They are filled when a row is written and renewed for all rows after each run, because pages come, move and go
# without the pages that name them being parsed again.
TIES: dict[str, dict[str, str]] = {
    "links": {"target_page_id": _LIVING_PAGE.format("title = {target_title}")},
    "property_values": {"target_page_id": _LIVING_PAGE.format("title = {target_title}")},
    "redirects": {"target_page_id": _LIVING_PAGE.format("title = {target_title}")},
    "categories": {"target_page_id": _LIVING_PAGE.format("title = {title}")},
    "templates": {"target_page_id": _LIVING_PAGE.format("title = {title}")},
    "file_uses": {
        "file_id": "(SELECT file_id FROM files WHERE name = {name})",
        "target_page_id": _LIVING_PAGE.format("namespace_id = 6 AND name = {name}"),
    },
    "page_categories": {"category_id": "(SELECT category_id FROM categories WHERE title = {title})"},
    "template_calls": {"template_id": "(SELECT template_id FROM templates WHERE title = {title})"},
}
# Tables whose rows many pages share: the table that names them → (the shared one, its key).
SHARED = {"page_categories": ("categories", "category_id"), "template_calls": ("templates", "template_id")}
SHARED_COLUMNS = ("title", "name")


class RecordBook:
    """Writes the records of one archive, inside its transactions."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._database = archive.connection

    def remove(self, page_id: int) -> None:
        """Forget all records of a page and what was wrong with them."""
        self._database.execute("DELETE FROM parsed_pages WHERE page_id = ?", (page_id,))
        self._database.execute("DELETE FROM problems WHERE stage = 'parse' AND page_id = ?", (page_id,))
        self._database.execute(
            "INSERT INTO page_text_fts (page_text_fts, rowid, title, text, alias)"
            " SELECT 'delete', page_id, title, text, alias FROM page_text WHERE page_id = ?",
            (page_id,),
        )
        first = page_id * RECORDS_PER_PAGE
        for table in reversed(TABLES.values()):
            if table.key == "page_id":
                self._database.execute(f"DELETE FROM {table.name} WHERE page_id = ?", (page_id,))
            else:
                query = f"DELETE FROM {table.name} WHERE {table.key} BETWEEN ? AND ?"
                self._database.execute(query, (first, first + RECORDS_PER_PAGE - 1))

    def write(self, page: PageRecords, fingerprint: str) -> None:
        """Keep the records of a page that has none."""
        for name, rows in page.rows.items():
            table = TABLES[name]
            if name in SHARED:
                self._write_shared(table, rows)
            self._database.executemany(insertion(table), rows)
        self._database.execute(
            "INSERT INTO page_text_fts (rowid, title, text, alias)"
            " SELECT page_id, title, text, alias FROM page_text WHERE page_id = ?",
            (page.page_id,),
        )
        self._database.execute(
            "INSERT INTO parsed_pages VALUES (?, ?, ?, ?)", (page.page_id, page.rev_id, page.door, fingerprint)
        )
        for problem in page.problems:
            self._archive.report(problem, stage="parse")

    def tie(self) -> None:
        """Renew what depends on other pages, in all rows; forget categories and templates that no page names."""
        for user, (shared, key) in SHARED.items():
            self._database.execute(
                f"DELETE FROM {shared} WHERE NOT EXISTS (SELECT 1 FROM {user} WHERE {user}.{key} = {shared}.{key})"
            )
        for table, ties in TIES.items():
            if table not in SHARED:
                for column, tie in ties.items():
                    self._renew(table, column, tie)

    def _renew(self, table: str, column: str, tie: str) -> None:
        value = tie.format_map({name: f"{table}.{name}" for name in ("title", "name", "target_title")})
        self._database.execute(f"UPDATE {table} SET {column} = {value} WHERE {column} IS NOT {value}")

    def _write_shared(self, table: Table, rows: Iterable[Row]) -> None:
        shared, _ = SHARED[table.name]
        places = [_columns(table).index(column) for column in SHARED_COLUMNS]
        self._database.executemany(
            f"INSERT OR IGNORE INTO {shared} (title, name) VALUES (?, ?)",
            dict.fromkeys(tuple(row[place] for place in places) for row in rows),
        )


@cache
def insertion(table: Table) -> str:
    """The statement that keeps a row as :func:`converters.records.records` gives it."""
    values = {column: f"?{number}" for number, column in enumerate(_columns(table), 1)}
    ties = {column: tie.format_map(values) for column, tie in TIES.get(table.name, {}).items()}
    kept = {column: value for column, value in values.items() if not _is_shared(table, column)} | ties
    return f"INSERT INTO {table.name} ({', '.join(kept)}) VALUES ({', '.join(kept.values())})"


def _columns(table: Table) -> tuple[str, ...]:
    key = () if table.key == "page_id" else (table.key,)
    return (*key, "page_id", "rev_id", *table.columns)


def _is_shared(table: Table, column: str) -> bool:
    return table.name in SHARED and column in SHARED_COLUMNS
