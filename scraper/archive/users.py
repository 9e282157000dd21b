"""Users: one row per name, whether it is an account, an IP address or came with an import."""

from __future__ import annotations

import json
import sqlite3

from scraper.model import User, UserName, UserRenamed

REMEMBERED = 50_000


class Users:
    """Remembers the ids of names seen lately."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[UserName, int] = {}

    def id_of(self, user: UserName | None) -> int | None:
        """The archive's id of that name, made if need be; ``None`` for a hidden user."""
        if user is None:
            return None
        user_id = self._ids.get(user)
        if user_id is None:
            user_id = self._find_or_make(user)
            if len(self._ids) >= REMEMBERED:
                self._ids.clear()
            self._ids[user] = user_id
        return user_id

    def save(self, user: User) -> None:
        """An account as the wiki lists it."""
        self._connection.execute(
            "INSERT INTO users (name, wiki_user_id, edit_count, registered_at, groups, is_blocked, is_account, via)"
            " VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (name) DO UPDATE SET"
            " wiki_user_id = COALESCE(excluded.wiki_user_id, wiki_user_id),"
            " edit_count = excluded.edit_count, registered_at = excluded.registered_at, groups = excluded.groups,"
            " is_blocked = excluded.is_blocked, is_account = 1, via = excluded.via",
            (
                user.name,
                user.wiki_user_id,
                user.edit_count,
                user.registered_at.iso if user.registered_at else None,
                json.dumps(sorted(user.groups), ensure_ascii=False),
                user.is_blocked,
                user.via,
            ),
        )

    def rename(self, renamed: UserRenamed) -> None:
        """Everything the account did follows: to the new name's row where there is one already."""
        ids = dict(
            self._connection.execute(
                "SELECT name, user_id FROM users WHERE name IN (?, ?)", (renamed.old, renamed.new)
            ).fetchall()
        )
        if renamed.old not in ids or renamed.old == renamed.new:
            return
        if renamed.new in ids:
            for table in ("revisions", "mentions", "log_events", "file_versions", "protected_titles"):
                change = f"UPDATE {table} SET user_id = ? WHERE user_id = ?"
                self._connection.execute(change, (ids[renamed.new], ids[renamed.old]))
            self._connection.execute("DELETE FROM users WHERE user_id = ?", (ids[renamed.old],))
        else:
            self._connection.execute("UPDATE users SET name = ? WHERE name = ?", (renamed.new, renamed.old))
        self.forget()

    def forget(self) -> None:
        self._ids.clear()

    def _find_or_make(self, user: UserName) -> int:
        return int(
            self._connection.execute(
                "INSERT INTO users (name, wiki_user_id) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
                " wiki_user_id = COALESCE(wiki_user_id, excluded.wiki_user_id) RETURNING user_id",
                (user.name, user.wiki_user_id),
            ).fetchone()[0]
        )
