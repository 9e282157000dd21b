"""What MediaWiki's own SQLite database says: the yardstick for every harvest.

Reads the schemas of MediaWiki 1.39 to 1.43 and nothing of the project, so that both can disagree.
Times are ISO 8601 in UTC with ``Z``; names have spaces; hashes are hexadecimal.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from .logparams import iso
from .phpvalues import unserialize
from .rows import FileVersion, LogEvent, Page, ProtectedTitle, Revision, User


class Truth:
    """Reads one wiki's database; every method gives its rows in the order of their ids."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def pages(self) -> list[Page]:
        """Every existing page of every namespace."""
        protections, properties = self._protections(), self._properties()
        return [
            Page(
                page_id=row["page_id"],
                namespace=row["page_namespace"],
                name=spaced(row["page_title"]),
                is_redirect=bool(row["page_is_redirect"]),
                latest=row["page_latest"],
                size=row["page_len"],
                model=row["page_content_model"] or "wikitext",
                touched=iso(row["page_touched"]),
                protections=tuple(protections.get(row["page_id"], ())),
                properties=properties.get(row["page_id"], {}),
            )
            for row in self._rows("SELECT * FROM page ORDER BY page_id")
        ]

    def revisions(self) -> list[Revision]:
        """Every revision of every existing page, with the text of its main slot."""
        tags = self._tags("ct_rev_id")
        return [_revision(row, tags) for row in self._rows(self._revision_query())]

    def log_events(self) -> list[LogEvent]:
        """Every entry of the public logs; ``suppress`` is not one."""
        tags = self._tags("ct_log_id")
        return [_log_event(row, tags) for row in self._rows(LOG_QUERY)]

    def file_versions(self) -> list[FileVersion]:
        """Current and old versions of every file, by name and time; deleted ones are not there."""
        rows = self._rows(_file_query("image", "img") + " UNION ALL " + _file_query("oldimage", "oi"))
        versions = (_file_version(row) for row in rows)
        return sorted(versions, key=lambda version: (version.name, version.timestamp, version.archive_name or "~"))

    def users(self) -> list[User]:
        """Every account with its explicit, unexpired groups."""
        groups: dict[int, list[str]] = {}
        for row in self._rows("SELECT ug_user, ug_group FROM user_groups ORDER BY ug_group"):
            groups.setdefault(row["ug_user"], []).append(row["ug_group"])
        return [
            User(
                user_id=row["user_id"],
                name=row["user_name"],
                registration=iso(row["user_registration"]) if row["user_registration"] else None,
                edit_count=row["user_editcount"] or 0,
                groups=tuple(groups.get(row["user_id"], ())),
            )
            for row in self._rows("SELECT * FROM user ORDER BY user_id")
        ]

    def protected_titles(self) -> list[ProtectedTitle]:
        """Titles without page that may not be created."""
        return [
            ProtectedTitle(
                namespace=row["pt_namespace"],
                name=spaced(row["pt_title"]),
                level=row["pt_create_perm"],
                expiry=_expiry(row["pt_expiry"]),
                timestamp=iso(row["pt_timestamp"]),
                user=row["user_name"],
                comment=row["comment_text"],
            )
            for row in self._rows(PROTECTED_TITLES_QUERY)
        ]

    def statistics(self) -> dict[str, int]:
        """MediaWiki's own counts (``site_stats``): edits, articles, pages, users, images."""
        row = next(self._rows("SELECT * FROM site_stats"))
        kinds = {"edits": "total_edits", "articles": "good_articles", "pages": "total_pages"}
        kinds |= {"users": "users", "images": "images"}
        return {kind: row[f"ss_{column}"] for kind, column in kinds.items()}

    def page(self, name: str, namespace: int = 0) -> Page:
        """The page of a name. Raises StopIteration when there is none."""
        return next(page for page in self.pages() if (page.namespace, page.name) == (namespace, name))

    def history(self, name: str, namespace: int = 0) -> list[Revision]:
        """The revisions of one page, oldest first."""
        page_id = self.page(name, namespace).page_id
        of_page = [revision for revision in self.revisions() if revision.page_id == page_id]
        return sorted(of_page, key=lambda revision: (revision.timestamp, revision.rev_id))

    def _rows(self, query: str) -> Iterator[sqlite3.Row]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            yield from connection.execute(query)

    def _protections(self) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for row in self._rows("SELECT * FROM page_restrictions ORDER BY pr_type"):
            protection = {
                "type": row["pr_type"],
                "level": row["pr_level"],
                "cascade": bool(row["pr_cascade"]),
                "expiry": _expiry(row["pr_expiry"]),
            }
            found.setdefault(row["pr_page"], []).append(protection)
        return found

    def _properties(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for row in self._rows("SELECT * FROM page_props ORDER BY pp_propname"):
            found.setdefault(row["pp_page"], {})[row["pp_propname"]] = _plain(row["pp_value"])
        return found

    def _tags(self, column: str) -> dict[int, tuple[str, ...]]:
        rows = self._rows(
            f"SELECT {column} AS id, ctd_name FROM change_tag JOIN change_tag_def ON ctd_id = ct_tag_id"
            f" WHERE {column} IS NOT NULL ORDER BY ctd_name"
        )
        found: dict[int, tuple[str, ...]] = {}
        for row in rows:
            found[row["id"]] = (*found.get(row["id"], ()), row["ctd_name"])
        return found

    def _revision_query(self) -> str:
        """MediaWiki 1.35 keeps the authors of revisions in a table of their own, 1.39 still their comments."""
        tables = {row["name"] for row in self._rows("SELECT name FROM sqlite_master")}
        joins = {name: own if name in tables else usual for name, (usual, own) in JOINS.items()}
        return REVISION_QUERY.format(actor=joins["revision_actor_temp"], comment=joins["revision_comment_temp"])


JOINS = {
    "revision_actor_temp": (
        "rev_actor",
        "(SELECT revactor_actor FROM revision_actor_temp WHERE revactor_rev = rev_id)",
    ),
    "revision_comment_temp": (
        "rev_comment_id",
        "(SELECT revcomment_comment_id FROM revision_comment_temp WHERE revcomment_rev = rev_id)",
    ),
}
REVISION_QUERY = """
SELECT revision.*, actor_name, actor_user, comment_text, content_size, content_sha1, model_name, old_text, old_flags
FROM revision JOIN page ON page_id = rev_page JOIN actor ON actor_id = {actor} JOIN comment ON comment_id = {comment}
JOIN slots ON slot_revision_id = rev_id JOIN slot_roles ON role_id = slot_role_id AND role_name = 'main'
JOIN content ON content_id = slot_content_id JOIN content_models ON model_id = content_model
JOIN text ON old_id = CAST(substr(content_address, 4) AS INTEGER)
ORDER BY rev_id
"""
LOG_QUERY = """
SELECT logging.*, actor_name, actor_user, comment_text
FROM logging JOIN actor ON actor_id = log_actor JOIN comment ON comment_id = log_comment_id
WHERE log_type <> 'suppress' ORDER BY log_id
"""
PROTECTED_TITLES_QUERY = """
SELECT protected_titles.*, user_name, comment_text
FROM protected_titles JOIN user ON user_id = pt_user JOIN comment ON comment_id = pt_reason_id
ORDER BY pt_namespace, pt_title
"""


def spaced(dbkey: str) -> str:
    """A title of the database as people read it."""
    return dbkey.replace("_", " ")


def hex_sha1(base36: str) -> str | None:
    """The 40 hexadecimal digits for MediaWiki's 31 in base 36; None where the wiki has none."""
    return f"{int(base36, 36):040x}" if base36 else None


def _expiry(value: str | None) -> str:
    plain = _plain(value or "infinity")
    return iso(plain) if plain.isdigit() else "infinity"


def _plain(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _text(row: sqlite3.Row) -> bytes:
    flags = _plain(row["old_flags"]).split(",")
    stored = row["old_text"]
    data = stored if isinstance(stored, bytes) else str(stored).encode()
    if "external" in flags or "object" in flags:
        raise ValueError(f"revision {row['rev_id']}: text stored as {flags}")
    return zlib.decompress(data, -zlib.MAX_WBITS) if "gzip" in flags else data


def _revision(row: sqlite3.Row, tags: dict[int, tuple[str, ...]]) -> Revision:
    return Revision(
        rev_id=row["rev_id"],
        page_id=row["rev_page"],
        parent_id=row["rev_parent_id"] or 0,
        timestamp=iso(row["rev_timestamp"]),
        user=_plain(row["actor_name"]),
        user_id=row["actor_user"] or 0,
        comment=_plain(row["comment_text"]),
        minor=bool(row["rev_minor_edit"]),
        tags=tags.get(row["rev_id"], ()),
        model=row["model_name"],
        size=row["rev_len"],
        sha1=hex_sha1(row["rev_sha1"]),
        text=_text(row),
        deleted=row["rev_deleted"],
    )


def _log_event(row: sqlite3.Row, tags: dict[int, tuple[str, ...]]) -> LogEvent:
    return LogEvent(
        log_id=row["log_id"],
        type=row["log_type"],
        action=row["log_action"],
        timestamp=iso(row["log_timestamp"]),
        user=_plain(row["actor_name"]),
        user_id=row["actor_user"] or 0,
        namespace=row["log_namespace"],
        name=spaced(row["log_title"]),
        page_id=row["log_page"] or 0,
        comment=_plain(row["comment_text"]),
        params=_parameters(_plain(row["log_params"])),
        tags=tags.get(row["log_id"], ()),
        deleted=row["log_deleted"],
    )


def _parameters(stored: str) -> dict[str, Any]:
    """Parameters by name; those of the oldest MediaWikis, one a line, by number."""
    if not stored.startswith("a:"):
        return {str(number): line for number, line in enumerate(stored.splitlines())}
    values = unserialize(stored.encode())
    return {key.rpartition(":")[2]: value for key, value in values.items()} if values else {}


def _file_query(table: str, prefix: str) -> str:
    old = prefix == "oi"
    return f"""
    SELECT {prefix}_name AS name, {"oi_archive_name" if old else "NULL"} AS archive_name,
        {prefix}_timestamp AS timestamp, {prefix}_size AS size, {prefix}_width AS width, {prefix}_height AS height,
        {prefix}_major_mime || '/' || {prefix}_minor_mime AS mime, {prefix}_sha1 AS sha1,
        {"oi_deleted" if old else "0"} AS deleted, actor_name, actor_user, comment_text
    FROM {table} JOIN actor ON actor_id = {prefix}_actor JOIN comment ON comment_id = {prefix}_description_id
    """


def _file_version(row: sqlite3.Row) -> FileVersion:
    return FileVersion(
        name=spaced(row["name"]),
        archive_name=row["archive_name"],
        timestamp=iso(row["timestamp"]),
        user=_plain(row["actor_name"]),
        user_id=row["actor_user"] or 0,
        comment=_plain(row["comment_text"]),
        size=row["size"],
        width=row["width"],
        height=row["height"],
        mime=row["mime"],
        sha1=hex_sha1(row["sha1"]),
        deleted=row["deleted"],
    )
