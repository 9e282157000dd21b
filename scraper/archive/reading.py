"""Facts read back from the archive."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from scraper.model import Namespace, Rendering, Site, Via


def read_site(connection: sqlite3.Connection) -> Site | None:
    """The one row of ``site``."""
    cursor = connection.execute(
        "SELECT name, base_url, generator, language, main_page, server, article_path, script_path,"
        ' title_case AS "case", timezone, license_name, license_url, siteinfo, via, api_url, index_url FROM site'
    )
    row = cursor.fetchone()
    if row is None:
        return None
    values: dict[str, Any] = {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
    return Site(**values | {"siteinfo": json.loads(values["siteinfo"]), "via": Via(values["via"])})


def read_namespaces(connection: sqlite3.Connection) -> list[Namespace]:
    """All namespaces, by number."""
    rows = connection.execute(
        "SELECT namespace_id, name, canonical, title_case, is_content, has_subpages, aliases"
        " FROM namespaces ORDER BY namespace_id"
    )
    return [
        Namespace(number, name, canonical, case, bool(is_content), bool(has_subpages), tuple(json.loads(aliases)))
        for number, name, canonical, case, is_content, has_subpages, aliases in rows
    ]


RENDERING = "SELECT page_id, rev_id, html, display_title, categories, sections, language_links, via FROM"


def read_rendering(connection: sqlite3.Connection, page_id: int) -> Rendering | None:
    """The wiki's own HTML of a page."""
    return _rendering(connection.execute(f"{RENDERING} renderings WHERE page_id = ?", (page_id,)).fetchone())


def read_rendering_of(connection: sqlite3.Connection, rev_id: int) -> Rendering | None:
    """The wiki's own HTML of one revision, current or old."""
    query = f"{RENDERING} renderings WHERE rev_id = :rev UNION ALL {RENDERING} old_renderings WHERE rev_id = :rev"
    return _rendering(connection.execute(query, {"rev": rev_id}).fetchone())


def _rendering(row: tuple[Any, ...] | None) -> Rendering | None:
    if row is None:
        return None
    page_id, rev_id, html, display_title, *lists, via = row
    categories, sections, language_links = (tuple(json.loads(value)) for value in lists)
    return Rendering(page_id, rev_id, html, display_title, categories, sections, language_links, Via(via))
