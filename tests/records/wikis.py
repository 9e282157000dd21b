"""Small archives to parse, and their records as content that can be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from converters.records import TABLES
from scraper.archive import Archive
from scraper.model import UNKNOWN_SITE, Page, Rendering, Revision, Sha1, Timestamp, Title, UserName, Via
from tests.records.cases import NAMESPACES

TIME = Timestamp("2017-05-25T14:56:03Z")
# Tables whose rows are numbered in the order of their arrival: they are compared without the number, and what
# refers to them by what it refers to.
NUMBERED = {"categories": "category_id", "templates": "template_id"}
DERIVED = [*TABLES, *NUMBERED, "parsed_pages"]


def new_archive(folder: Path, pages: Iterable[tuple[int, str, str]] = ()) -> Archive:
    """An archive of a small French wiki with these pages: id, title, wikitext."""
    archive = Archive.open(folder, create=True)
    with archive.transaction():
        for namespace in NAMESPACES:
            archive.save(namespace)
        archive.save(replace(UNKNOWN_SITE, name="Wiki du verger", language="fr"))
    write(archive, pages)
    return archive


def write(archive: Archive, pages: Iterable[tuple[int, str, str]], model: str = "wikitext") -> None:
    """Each page with one more revision."""
    titles = archive.titles()
    with archive.transaction():
        for page_id, title, text in pages:
            _write_page(archive, page_id, titles.parse(title), text, model)
    archive.settle()


def _write_page(archive: Archive, page_id: int, title: Title, text: str, model: str) -> None:
    (last,) = archive.connection.execute("SELECT coalesce(max(rev_id), 0) FROM revisions").fetchone()
    rev_id, content = last + 1, text.encode()
    archive.save(Page(page_id, title, rev_id, len(content), model, None, False, None, (), {}, Via.API))
    archive.save(
        Revision(
            rev_id,
            page_id,
            parent_id=0,
            timestamp=TIME,
            user=UserName("Odile", 3),
            comment="",
            is_minor=False,
            size=len(content),
            sha1=Sha1.of(content),
            content_model=model,
            content_format=None,
            text=content,
            via=Via.API,
        )
    )


def rendering(page_id: int, rev_id: int, html: str, **values: object) -> Rendering:
    """What ``action=parse`` gave for a page."""
    plain = Rendering(page_id, rev_id, html, None, (), (), (), Via.API, TIME)
    return replace(plain, **values)  # type: ignore[arg-type]


def content(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All records, sorted, and the search index as the pages that each of its words is in."""
    tables = {table: sorted(connection.execute(_query(connection, table)), key=repr) for table in DERIVED}
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, page_text_fts, instance)")
    tables["page_text_fts"] = sorted(connection.execute("SELECT term, doc, col, offset FROM temp.words"))
    return tables


def _query(connection: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")]
    titles = {key: f"(SELECT title FROM {shared} s WHERE s.{key} = t.{key})" for shared, key in NUMBERED.items()}
    if table in NUMBERED:
        columns.remove(NUMBERED[table])
    return f"SELECT {', '.join(titles.get(column, column) for column in columns)} FROM {table} t"
