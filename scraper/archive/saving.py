"""How each kind of fact becomes rows. What is known already is completed, never lost."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from scraper import model
from scraper.archive.acquaintance import Acquaintance
from scraper.archive.columns import iso
from scraper.archive.events import EventSaver
from scraper.archive.harvests import Harvests
from scraper.archive.mentions import MentionBook
from scraper.archive.pages import PageSaver
from scraper.archive.renderings import RenderingSaver
from scraper.archive.revisions import RevisionSaver
from scraper.archive.sites import SiteSaver
from scraper.archive.texts import TextStore
from scraper.archive.users import Users
from scraper.model import Fact, HistoryGap, PageView, Place, RevisionMention
from scraper.problems import Problem

# Facts whose roads the ledger counts.
KINDS: dict[type[Any], str] = {
    model.Revision: "revision",
    RevisionMention: "revision",
    model.Page: "page",
    model.PageMention: "page",
    model.TitleMention: "page",
    model.Rendering: "rendering",
    PageView: "rendering",
    model.SectionText: "section text",
    model.PageText: "page text",
    model.FileVersion: "file version",
    model.LogEvent: "log event",
    model.LogMention: "log event",
    model.User: "user",
}


class Saver:
    """The registry of facts: type → the method that keeps it."""

    def __init__(
        self, connection: sqlite3.Connection, texts: TextStore, report: Callable[[Problem], None], harvests: Harvests
    ) -> None:
        self._connection = connection
        self._tables = Database(connection, execute_plugins=False)  # what others plug in there is not for an archive
        self._texts = texts
        self.report = report
        self._harvests = harvests
        self.acquaintance = Acquaintance(connection, harvests)
        self._users = Users(connection)
        self.pages = PageSaver(connection, harvests.can_ask)
        self.mentions = MentionBook(connection, texts, self._users, self.pages, report)
        self._revisions = RevisionSaver(connection, texts, self.mentions, report, harvests.can_ask)
        self.renderings = RenderingSaver(connection)
        self._site = SiteSaver(connection, self.acquaintance)
        self._events = EventSaver(connection, self._users)
        self._told: Counter[tuple[str, str, str]] = Counter()
        self._methods: dict[type[Any], Callable[[Any], None]] = {
            model.Site: self._site.save,
            model.Namespace: self._site.save_namespace,
            model.Interwiki: self._interwiki,
            model.Statistics: self._site.save_statistics,
            model.Message: self._message,
            model.SiteNotice: self._site_notice,
            model.User: self._users.save,
            model.UserRenamed: self._users.rename,
            model.PageMention: self.pages.mention,
            model.TitleMention: self.pages.mention_title,
            model.Page: self.pages.save,
            model.PageProtection: self.pages.save_protection,
            model.PageGone: self.pages.mark_gone,
            model.ProtectedTitle: self._protected_title,
            model.Revision: self._revisions.save,
            model.RevisionGone: self._revisions.mark_gone,
            model.SectionText: self.mentions.save_section,
            model.PageText: self.mentions.save_page_text,
            model.Rendering: self.renderings.save,
            model.FileVersion: self._events.save_file_version,
            model.FileGone: self._events.mark_file_gone,
            model.LogEvent: self._events.save_log_event,
            model.LogMention: self._events.save_log_mention,
        }

    def save(self, fact: Fact, capture_id: int | None = None) -> None:
        if isinstance(fact, model.Revision | RevisionMention):
            self.acquaintance.compare(fact.rev_id, fact.timestamp)
        if isinstance(fact, RevisionMention):
            self.mentions.save(fact, capture_id)
        elif isinstance(fact, PageView):
            self._page_view(fact, capture_id)
        elif isinstance(fact, HistoryGap):
            self._history_gap(fact, capture_id)
        else:
            self._methods[type(fact)](fact)
        self._count(fact)

    def flush(self) -> None:
        """Before a transaction ends: what depends on several facts."""
        self.mentions.flush()
        self.renderings.flush()
        harvest_id = self._harvests.running_id or 0
        self._connection.executemany(
            "INSERT INTO roads VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET facts = facts + excluded.facts",
            [(harvest_id, *key, count) for key, count in sorted(self._told.items())],
        )
        self._told.clear()

    def forget_part(self) -> None:
        """After a part of a transaction was rolled back: what changed before it is still to be put together."""
        renumbered = set(self.pages.renumbered)
        self._texts.forget()
        self._users.forget()
        self.pages.forget()
        self.pages.renumbered |= renumbered

    def forget(self) -> None:
        """After a rolled back transaction: what was remembered may not be in the archive."""
        self._texts.forget()
        self._users.forget()
        self.pages.forget()
        self.mentions.forget()
        self.renderings.forget()
        self._told.clear()

    def _count(self, fact: Fact) -> None:
        kind = KINDS.get(type(fact))
        if kind is not None:
            via, place = getattr(fact, "via", ""), getattr(fact, "place", "")
            self._told[kind, via, place] += 1
            if getattr(fact, "text", None) is not None and kind == "revision":
                self._told["text", via, place] += 1

    def _interwiki(self, interwiki: model.Interwiki) -> None:
        values = {
            "prefix": interwiki.prefix,
            "url": interwiki.url,
            "language": interwiki.language,
            "is_local": interwiki.is_local,
        }
        self._replace("interwiki", values)

    def _message(self, message: model.Message) -> None:
        # There are thousands, and captures hold them many times: plain SQL is ten times faster here.
        self._connection.execute("INSERT OR REPLACE INTO messages VALUES (?, ?)", (message.key, message.text))

    def _protected_title(self, protected: model.ProtectedTitle) -> None:
        self.pages.ensure_namespace(protected.title)
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

    def _page_view(self, view: PageView, capture_id: int | None) -> None:
        """A view that tells its revision is a mention of it, too."""
        page_id = self.pages.id_of(view.title, view.page_id, view.via, view.rev_id or 0)
        self.renderings.save_view(page_id, view)
        if view.is_redirect:
            self.pages.mark_redirect(page_id)
        if view.rev_id is not None:
            place = Place.OLD_VIEW if view.is_old else Place.VIEW
            is_latest = None if view.is_old else True
            mention = RevisionMention(
                view.rev_id, view.title, place, view.via, page_id=view.page_id, is_latest=is_latest
            )
            self.mentions.save(mention, capture_id)

    def _history_gap(self, gap: HistoryGap, capture_id: int | None) -> None:
        page_id = self.pages.id_of(gap.title, None, gap.via)
        row = (page_id, capture_id, gap.shown, gap.has_older, gap.has_newer, gap.via)
        self._connection.execute(
            "INSERT INTO history_gaps (page_id, capture_id, shown, has_older, has_newer, via) SELECT ?, ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM history_gaps WHERE page_id = ?1 AND capture_id IS ?2 AND shown = ?3"
            " AND has_older = ?4 AND has_newer = ?5)",
            row,
        )

    def _site_notice(self, notice: model.SiteNotice) -> None:
        self._connection.execute(
            "INSERT INTO site_notices (html, text, pages, first_seen_at, last_seen_at, via) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (html) DO UPDATE SET pages = max(pages, excluded.pages),"
            " first_seen_at = min(COALESCE(first_seen_at, excluded.first_seen_at),"
            "  COALESCE(excluded.first_seen_at, first_seen_at)),"
            " last_seen_at = max(COALESCE(last_seen_at, excluded.last_seen_at),"
            "  COALESCE(excluded.last_seen_at, last_seen_at))",
            (
                notice.html,
                notice.text,
                notice.pages,
                iso(notice.first_seen_at),
                iso(notice.last_seen_at),
                notice.via,
            ),
        )

    def _replace(self, table: str, values: dict[str, Any]) -> None:
        """Upsert by the table's primary key, which is its first column."""
        self._tables.table(table).upsert(values, pk=next(iter(values)))
