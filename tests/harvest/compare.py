"""Two archives compared by what they say, not by the numbers that are their own: the yardstick for every law."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Rows = dict[Any, dict[str, Any]]
VOLATILE_SITEINFO = ("time", "statistics", "dbversion", "generator")

# Hidden parts are compared as hidden: an archive that saw a text before it was hidden still has it.
QUERIES: dict[str, str] = {
    "site": "SELECT 1 AS key, name, base_url, generator, language, main_page, server, article_path, script_path,"
    " title_case, timezone, license_name, license_url FROM site",
    "namespaces": "SELECT namespace_id AS key, * FROM namespaces",
    "interwiki": "SELECT prefix AS key, * FROM interwiki",
    "messages": "SELECT key, text FROM messages",
    "users": "SELECT name AS key, wiki_user_id, edit_count, registered_at, groups, is_blocked FROM users"
    " WHERE is_account",
    "pages": "SELECT page_id AS key, title, namespace_id, name, latest_rev_id, size, content_model, language,"
    " is_redirect, touched_at, protection, properties, is_listed FROM pages {present}",
    "protected_titles": "SELECT title AS key, level, expiry, timestamp, u.name AS user, comment"
    " FROM protected_titles LEFT JOIN users u USING (user_id)",
    "revisions": "SELECT rev_id AS key, page_id, parent_id, timestamp, exactness,"
    " CASE WHEN hidden LIKE '%\"user\"%' THEN NULL ELSE u.name END AS user,"
    " CASE WHEN hidden LIKE '%\"comment\"%' THEN NULL ELSE comment END AS comment, is_minor, r.size,"
    " CASE WHEN hidden LIKE '%\"text\"%' THEN NULL ELSE r.sha1 END AS sha1,"
    " CASE WHEN hidden LIKE '%\"text\"%' THEN NULL ELSE t.sha1 END AS text, content_model,"
    " CASE WHEN hidden LIKE '%\"text\"%' THEN NULL ELSE content_format END AS content_format,"
    " tags, hidden, other_slots"
    " FROM revisions r LEFT JOIN users u USING (user_id) LEFT JOIN texts t USING (text_id) {present}",
    "renderings": "SELECT page_id AS key, rev_id, html, display_title, x.categories, sections, language_links,"
    " x.touched_at FROM renderings x JOIN pages USING (page_id) {present}",
    "log_events": "SELECT log_id AS key, type, action, timestamp,"
    " CASE WHEN hidden LIKE '%\"user\"%' THEN NULL ELSE u.name END AS user,"
    " CASE WHEN hidden LIKE '%\"action\"%' THEN NULL ELSE title END AS title,"
    " CASE WHEN hidden LIKE '%\"action\"%' THEN NULL ELSE params END AS params,"
    " CASE WHEN hidden LIKE '%\"action\"%' THEN NULL ELSE page_id END AS page_id,"
    " CASE WHEN hidden LIKE '%\"comment\"%' THEN NULL ELSE comment END AS comment, tags, hidden"
    " FROM log_events LEFT JOIN users u USING (user_id)",
    "file_versions": "SELECT f.name || '|' || v.timestamp AS key, archive_name,"
    " CASE WHEN hidden LIKE '%\"user\"%' THEN NULL ELSE u.name END AS user,"
    " CASE WHEN hidden LIKE '%\"comment\"%' THEN NULL ELSE comment END AS comment, v.size, width, height, mime,"
    " media_type, bits, v.sha1, url, metadata, hidden,"
    " CASE WHEN hidden LIKE '%\"file\"%' THEN NULL ELSE b.sha1 END AS bytes"
    " FROM file_versions v JOIN files f USING (file_id) LEFT JOIN users u USING (user_id)"
    " LEFT JOIN blobs b USING (blob_id) {present}",
    "current_texts": "SELECT page_id AS key, rev_id, text FROM current_texts",
    "problems": "SELECT code || ' ' || subject AS key, page_id, rev_id FROM problems",
}
PRESENT = {
    "pages": "WHERE gone_at IS NULL",
    "revisions": "WHERE r.gone_at IS NULL",
    "renderings": "WHERE gone_at IS NULL",
    "file_versions": "WHERE v.gone_at IS NULL",
}


def contents(folder: Path, with_gone: bool = True) -> dict[str, Rows]:
    """All facts of an archive: table → key → values. ``with_gone=False`` leaves out what the wiki has lost."""
    with sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        found = {table: _rows(connection, table, query, with_gone) for table, query in QUERIES.items()}
        siteinfo = json.loads(connection.execute("SELECT siteinfo FROM site").fetchone()[0])
    found["siteinfo"] = {key: {"value": value} for key, value in _lasting(siteinfo).items()}
    return found


def differences(one: Path, other: Path, with_gone: bool = True, leaving_out: frozenset[str] = frozenset()) -> list[str]:
    """What differs between two archives, one line for each value; empty when they say the same."""
    first, second = contents(one, with_gone), contents(other, with_gone)
    tables = [table for table in first if table not in leaving_out]
    return [line for table in tables for line in _differences(table, first[table], second[table])]


def _rows(connection: sqlite3.Connection, table: str, query: str, with_gone: bool) -> Rows:
    present = "" if with_gone else PRESENT.get(table, "")
    return {row["key"]: dict(row) for row in connection.execute(query.format(present=present))}


def _lasting(siteinfo: Mapping[str, Any]) -> dict[str, Any]:
    """Without clock, counts and what a request to another host name changes."""
    general = {key: value for key, value in siteinfo.get("general", {}).items() if key not in VOLATILE_SITEINFO}
    return {**{key: value for key, value in siteinfo.items() if key != "statistics"}, "general": general}


def _differences(table: str, first: Rows, second: Rows) -> Iterator[str]:
    for key in sorted({*first, *second}, key=str):
        if key not in second:
            yield f"{table} {key}: only in the first"
        elif key not in first:
            yield f"{table} {key}: only in the second"
        else:
            for name, value in first[key].items():
                if value != second[key][name]:
                    yield f"{table} {key}.{name}: {value!r} / {second[key][name]!r}"[:400]
