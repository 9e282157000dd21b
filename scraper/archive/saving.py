"""How each kind of fact becomes rows. What is known already is completed, never lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from sqlite_utils import Database

from scraper import model
from scraper.archive.revisions import RevisionSaver
from scraper.archive.texts import TextStore
from scraper.archive.users import Users
from scraper.model import Fact, Timestamp, Title
from scraper.problems import Problem


class Saver:
    """The registry of facts: type → the method that keeps it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        texts: TextStore,
        report: Callable[[Problem], None],
        resolve: Callable[[str, str], None],
    ) -> None:
        self._connection = connection
        self._tables = Database(connection)
        self._texts = texts
        self._users = Users(connection)
        self._revisions = RevisionSaver(connection, texts, self._users, report, resolve)
        self._namespaces: set[int] = set()
        self._methods: dict[type[Any], Callable[[Any], None]] = {
            model.Site: self._site,
            model.Namespace: self._namespace,
            model.Interwiki: self._interwiki,
            model.Message: self._message,
            model.User: self._users.save,
            model.UserRenamed: self._users.rename,
            model.PageMention: self._page_mention,
            model.Page: self._page,
            model.PageGone: self._page_gone,
            model.ProtectedTitle: self._protected_title,
            model.Revision: self._revisions.save,
            model.RevisionGone: self._revisions.mark_gone,
            model.Rendering: self._rendering,
            model.FileVersion: self._file_version,
            model.FileGone: self._file_gone,
            model.LogEvent: self._log_event,
        }

    def save(self, fact: Fact) -> None:
        self._methods[type(fact)](fact)

    def forget(self) -> None:
        """After a rolled back transaction: what was remembered may not be in the archive."""
        self._texts.forget()
        self._users.forget()
        self._namespaces.clear()

    def _site(self, site: model.Site) -> None:
        values = {
            "site_id": 1,
            "name": site.name,
            "base_url": site.base_url,
            "server": site.server,
            "article_path": site.article_path,
            "script_path": site.script_path,
            "api_url": site.api_url,
            "index_url": site.index_url,
            "main_page": site.main_page,
            "language": site.language,
            "generator": site.generator,
            "title_case": site.case,
            "timezone": site.timezone,
            "license_name": site.license_name,
            "license_url": site.license_url,
            "siteinfo": dumps(site.siteinfo),
            "via": site.via,
        }
        self._replace("site", values)

    def _namespace(self, namespace: model.Namespace) -> None:
        values = {
            "namespace_id": namespace.namespace_id,
            "name": namespace.name,
            "canonical": namespace.canonical,
            "title_case": namespace.case,
            "is_content": namespace.is_content,
            "has_subpages": namespace.has_subpages,
            "aliases": dumps(namespace.aliases),
        }
        self._replace("namespaces", values)

    def _interwiki(self, interwiki: model.Interwiki) -> None:
        values = {
            "prefix": interwiki.prefix,
            "url": interwiki.url,
            "language": interwiki.language,
            "is_local": interwiki.is_local,
        }
        self._replace("interwiki", values)

    def _message(self, message: model.Message) -> None:
        self._replace("messages", {"key": message.key, "text": message.text})

    def _page_mention(self, page: model.PageMention) -> None:
        self._ensure_namespace(page.title)
        self._connection.execute(
            "INSERT INTO pages (page_id, namespace_id, title, name, via) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (page_id) DO NOTHING",
            (page.page_id, page.title.namespace_id, page.title.full, page.title.name, page.via),
        )

    def _page(self, page: model.Page) -> None:
        self._ensure_namespace(page.title)
        self._connection.execute(
            "INSERT INTO pages (page_id, namespace_id, title, name, latest_rev_id, size, content_model, language,"
            " is_redirect, touched_at, protection, properties, is_listed, via)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"
            " ON CONFLICT (page_id) DO UPDATE SET namespace_id = excluded.namespace_id, title = excluded.title,"
            " name = excluded.name, latest_rev_id = COALESCE(excluded.latest_rev_id, latest_rev_id),"
            " size = COALESCE(excluded.size, size),"
            " content_model = COALESCE(excluded.content_model, content_model),"
            " language = COALESCE(excluded.language, language), is_redirect = excluded.is_redirect,"
            " touched_at = COALESCE(excluded.touched_at, touched_at), protection = excluded.protection,"
            " properties = excluded.properties, is_listed = 1, gone_at = NULL, via = excluded.via",
            (
                page.page_id,
                page.title.namespace_id,
                page.title.full,
                page.title.name,
                page.latest_rev_id,
                page.size,
                page.content_model,
                page.language,
                page.is_redirect,
                iso(page.touched_at),
                dumps(page.protection),
                dumps(page.properties),
                page.via,
            ),
        )

    def _page_gone(self, gone: model.PageGone) -> None:
        self._connection.execute(
            "UPDATE pages SET gone_at = ? WHERE page_id = ? AND gone_at IS NULL", (gone.seen_at.iso, gone.page_id)
        )
        self._connection.execute(
            "UPDATE revisions SET gone_at = ? WHERE page_id = ? AND gone_at IS NULL", (gone.seen_at.iso, gone.page_id)
        )

    def _protected_title(self, protected: model.ProtectedTitle) -> None:
        self._ensure_namespace(protected.title)
        values = {
            "title": protected.title.full,
            "namespace_id": protected.title.namespace_id,
            "level": protected.level,
            "expiry": protected.expiry,
            "timestamp": iso(protected.timestamp),
            "user_id": self._users.id_of(protected.user),
            "comment": protected.comment,
            "via": protected.via,
        }
        self._replace("protected_titles", values)

    def _rendering(self, rendering: model.Rendering) -> None:
        values = {
            "page_id": rendering.page_id,
            "rev_id": rendering.rev_id,
            "html": rendering.html,
            "display_title": rendering.display_title,
            "categories": dumps(rendering.categories),
            "sections": dumps(rendering.sections),
            "language_links": dumps(rendering.language_links),
            "touched_at": iso(rendering.touched_at),
            "via": rendering.via,
        }
        self._replace("renderings", values)

    def _file_version(self, version: model.FileVersion) -> None:
        file_id = self._connection.execute(
            "INSERT INTO files (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET gone_at = NULL RETURNING file_id",
            (version.name,),
        ).fetchone()[0]
        self._connection.execute(
            "INSERT INTO file_versions (file_id, archive_name, timestamp, user_id, comment, size, width, height,"
            " mime, media_type, bits, sha1, url, metadata, hidden, via)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (file_id, timestamp) DO UPDATE SET archive_name = excluded.archive_name,"
            " user_id = COALESCE(excluded.user_id, user_id), comment = COALESCE(excluded.comment, comment),"
            " size = COALESCE(excluded.size, size), sha1 = COALESCE(excluded.sha1, sha1),"
            " width = COALESCE(excluded.width, width), height = COALESCE(excluded.height, height),"
            " mime = COALESCE(excluded.mime, mime), media_type = COALESCE(excluded.media_type, media_type),"
            " bits = COALESCE(excluded.bits, bits),"
            " metadata = CASE excluded.metadata WHEN 'null' THEN metadata ELSE excluded.metadata END,"
            " url = COALESCE(excluded.url, url), hidden = excluded.hidden, gone_at = NULL, via = excluded.via",
            (
                file_id,
                version.archive_name or "",
                iso(version.timestamp),
                self._users.id_of(version.user),
                version.comment,
                version.size,
                version.width,
                version.height,
                version.mime,
                version.media_type,
                version.bits,
                version.sha1.hex if version.sha1 else None,
                version.url,
                dumps(version.metadata),
                names(version.hidden),
                version.via,
            ),
        )

    def _file_gone(self, gone: model.FileGone) -> None:
        of_file = "file_id = (SELECT file_id FROM files WHERE name = ?) AND gone_at IS NULL"
        if gone.timestamp is not None:
            self._connection.execute(
                f"UPDATE file_versions SET gone_at = ? WHERE {of_file} AND timestamp = ?",
                (gone.seen_at.iso, gone.name, gone.timestamp.iso),
            )
            return
        self._connection.execute(f"UPDATE file_versions SET gone_at = ? WHERE {of_file}", (gone.seen_at.iso, gone.name))
        self._connection.execute(
            "UPDATE files SET gone_at = ? WHERE name = ? AND gone_at IS NULL", (gone.seen_at.iso, gone.name)
        )

    def _log_event(self, event: model.LogEvent) -> None:
        self._connection.execute(
            "INSERT INTO log_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (log_id) DO UPDATE SET user_id = COALESCE(excluded.user_id, user_id),"
            " namespace_id = COALESCE(excluded.namespace_id, namespace_id), title = COALESCE(excluded.title, title),"
            " page_id = COALESCE(excluded.page_id, page_id), comment = COALESCE(excluded.comment, comment),"
            " params = CASE excluded.params WHEN '{}' THEN params ELSE excluded.params END,"
            " tags = excluded.tags, hidden = excluded.hidden",
            (
                event.log_id,
                event.type,
                event.action,
                iso(event.timestamp),
                self._users.id_of(event.user),
                event.title.namespace_id if event.title else None,
                event.title.full if event.title else None,
                event.page_id,
                event.comment,
                dumps(event.params),
                dumps(sorted(event.tags)),
                names(event.hidden),
                event.via,
            ),
        )

    def _ensure_namespace(self, title: Title) -> None:
        """A dump without siteinfo, or a wiki that changed, may name a namespace that nobody described."""
        if title.namespace_id not in self._namespaces:
            self._connection.execute(
                "INSERT OR IGNORE INTO namespaces VALUES (?, ?, '', 'first-letter', 0, 0, '[]')",
                (title.namespace_id, title.prefix),
            )
            self._namespaces.add(title.namespace_id)

    def _replace(self, table: str, values: dict[str, Any]) -> None:
        """Upsert by the table's primary key, which is its first column."""
        self._tables.table(table).upsert(values, pk=next(iter(values)))


def iso(timestamp: Timestamp | None) -> str | None:
    return timestamp.iso if timestamp else None


def names(hidden: Iterable[model.Hidden]) -> str:
    return json.dumps(sorted(hidden))


def dumps(value: Any) -> str:
    """JSON as it stands in the archive: readable, and the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
