"""Facts read back from the archive."""

from __future__ import annotations

import json
import sqlite3

from scraper.model import Namespace, Site, Via


def read_site(connection: sqlite3.Connection) -> Site | None:
    """The one row of ``site``."""
    row = connection.execute(
        "SELECT name, base_url, generator, language, main_page, server, article_path, script_path, title_case,"
        " timezone, license_name, license_url, siteinfo, via, api_url, index_url FROM site"
    ).fetchone()
    if row is None:
        return None
    return Site(*row[:12], json.loads(row[12]), Via(row[13]), *row[14:])


def read_namespaces(connection: sqlite3.Connection) -> list[Namespace]:
    """All namespaces, by number."""
    rows = connection.execute(
        "SELECT namespace_id, name, canonical, title_case, is_content, has_subpages, aliases"
        " FROM namespaces ORDER BY namespace_id"
    )
    return [Namespace(*row[:4], bool(row[4]), bool(row[5]), tuple(json.loads(row[6]))) for row in rows]
