"""How a revision is kept: its text checked against what the wiki said of it, hidden parts marked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from scraper.archive.columns import exactness, iso
from scraper.archive.mentions import MentionBook, Whole
from scraper.archive.texts import LARGEST_TEXT, TextStore
from scraper.model import Hidden, Revision, RevisionGone, Sha1, Via
from scraper.problems import Problem

UPSERT = """
INSERT INTO revisions (rev_id, page_id, parent_id, timestamp, exactness, user_id, comment, is_minor, size, sha1,
    is_sha1_computed, content_model, content_format, text_id, tags, hidden, other_slots, via, is_expected)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (rev_id) DO UPDATE SET
    page_id = excluded.page_id, parent_id = COALESCE(excluded.parent_id, parent_id),
    exactness = CASE WHEN excluded.timestamp IS NULL THEN exactness ELSE excluded.exactness END,
    timestamp = COALESCE(excluded.timestamp, timestamp),
    user_id = COALESCE(excluded.user_id, user_id), comment = COALESCE(excluded.comment, comment),
    is_minor = excluded.is_minor, size = COALESCE(excluded.size, size), sha1 = COALESCE(excluded.sha1, sha1),
    is_sha1_computed = CASE WHEN excluded.sha1 IS NULL THEN is_sha1_computed ELSE excluded.is_sha1_computed END,
    content_model = COALESCE(excluded.content_model, content_model),
    content_format = COALESCE(excluded.content_format, content_format),
    text_id = COALESCE(excluded.text_id, text_id), tags = excluded.tags, hidden = excluded.hidden,
    other_slots = CASE excluded.other_slots WHEN '{}' THEN other_slots ELSE excluded.other_slots END,
    gone_at = NULL, via = excluded.via, origins = '{}', is_expected = max(is_expected, excluded.is_expected)
"""
HELD = "SELECT via, origins, gone_at, text_id FROM revisions WHERE rev_id = ?"
SHA1S = "SELECT (SELECT sha1 FROM texts WHERE text_id = ?), (SELECT sha1 FROM texts WHERE text_id = ?)"
Held = tuple[str, str, str | None, int | None]  # a row of HELD
# What others added to a revision stands among the mentions, and comes back from there.
BLANK = """
UPDATE revisions SET parent_id = NULL, timestamp = NULL, exactness = NULL, user_id = NULL, comment = NULL, size = NULL,
    sha1 = NULL, text_id = NULL, content_model = NULL WHERE rev_id = ?
"""
PUT_BACK = """
UPDATE revisions SET page_id = :page_id, parent_id = :parent_id, timestamp = :timestamp, exactness = :exactness,
    user_id = (SELECT user_id FROM users WHERE name = :user), comment = :comment, is_minor = :is_minor, size = :size,
    sha1 = :sha1, is_sha1_computed = :is_computed, text_id = (SELECT text_id FROM texts WHERE sha1 = :sha1),
    content_model = :content_model, tags = COALESCE(:tags, '[]'), hidden = :hidden, via = :via, gone_at = :gone_at
WHERE rev_id = :rev_id
"""
PARTS_PUT_BACK = (
    "page_id", "parent_id", "timestamp", "exactness", "user", "comment", "is_minor", "size", "sha1", "content_model",
    "tags", "via",
)  # fmt: skip

NO_PROBLEM = """
DELETE FROM problems WHERE code IN ('text-missing', 'text-damaged', 'text-lost', 'revision-missing') AND subject = ?
"""

NOT_MISSING = "DELETE FROM problems WHERE code = 'revision-missing' AND subject = ?"
IS_CURRENT = "SELECT 1 FROM pages WHERE page_id = ? AND latest_rev_id = ? AND gone_at IS NULL"
KEEP_CURRENT = "INSERT OR REPLACE INTO current_texts (page_id, rev_id, text) VALUES (?, ?, ?)"


class RevisionSaver:
    """A text that is not what the wiki said is kept out and becomes a problem; a good one later ends that problem.

    ``can_ask`` says whether the wiki could be asked for a text that is missing: a frozen copy cannot.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        texts: TextStore,
        mentions: MentionBook,
        report: Callable[[Problem], None],
        can_ask: Callable[[], bool],
    ) -> None:
        self._connection = connection
        self._texts = texts
        self._mentions = mentions
        self._users = mentions.users
        self._can_ask = can_ask
        self._report = report

    def save(self, revision: Revision) -> None:
        sha1 = revision.sha1
        text_id = None
        if revision.text is not None:
            found = Sha1.of(revision.text)
            damage = _damage(revision, found)
            if damage:
                self._complain(revision, "text-damaged", damage)
            else:
                sha1 = found
                text_id = self._texts.save(revision.text, found, revision.page_id)
        held = self._connection.execute(HELD, (revision.rev_id,)).fetchone()
        if held is not None and text_id is not None:
            self._tell_texts_apart(revision, held, text_id)
        self._keep(revision.rev_id, revision.via, self._row(revision, sha1, text_id), held)
        self._account_for_text(revision, text_id)
        if text_id is not None and revision.text is not None:
            self._keep_current(revision, revision.text)

    def mark_gone(self, gone: RevisionGone) -> None:
        self._connection.execute(
            "UPDATE revisions SET gone_at = ? WHERE rev_id = ? AND gone_at IS NULL", (gone.seen_at.iso, gone.rev_id)
        )
        self._connection.execute(NOT_MISSING, (f"revision {gone.rev_id}",))

    def _keep(self, rev_id: int, via: Via, row: tuple[object, ...], held: Held | None) -> None:
        if held is None or (held[0] == via and held[1] == "{}"):
            self._connection.execute(UPSERT, row)
        else:
            self._keep_beside(rev_id, via, row, held[2])

    def _keep_beside(self, rev_id: int, via: Via, row: tuple[object, ...], gone_at: str | None) -> None:
        """Others have told of this revision: what they added is told by them again, and the better road counts."""
        before = self._mentions.whole(rev_id)
        self._connection.execute(BLANK, (rev_id,))
        if before is not None and before.telling.via == via:
            self._put_back(rev_id, before, gone_at)
        self._connection.execute(UPSERT, row)
        self._mentions.renew(rev_id)
        now = self._mentions.whole(rev_id)
        if before is None or now is None or before.telling.via == via:
            return
        first, second = sorted((before, now), key=lambda whole: whole.telling.rank)
        if first is before:
            self._put_back(rev_id, before, gone_at)
        if second.telling.adds_to(first.telling):
            self._mentions.add(rev_id, second.telling)

    def _put_back(self, rev_id: int, whole: Whole, gone_at: str | None) -> None:
        values = {name: getattr(whole.telling, name) for name in PARTS_PUT_BACK}
        more = {"rev_id": rev_id, "is_computed": whole.is_computed, "gone_at": gone_at}
        hidden = {"hidden": json.dumps(sorted(whole.telling.hidden))}
        self._connection.execute(PUT_BACK, values | hidden | more)

    def _row(self, revision: Revision, sha1: Sha1 | None, text_id: int | None) -> tuple[object, ...]:
        timestamp = revision.timestamp
        return (
            revision.rev_id,
            revision.page_id,
            revision.parent_id,
            iso(timestamp),
            exactness(timestamp),
            self._users.id_of(revision.user),
            revision.comment,
            revision.is_minor,
            revision.size,
            sha1.hex if sha1 else None,
            sha1 is not None and revision.sha1 is None,
            revision.content_model,
            revision.content_format,
            text_id,
            json.dumps(sorted(revision.tags), ensure_ascii=False) if revision.tags else "[]",
            json.dumps(sorted(revision.hidden)) if revision.hidden else "[]",
            json.dumps(revision.other_slots, ensure_ascii=False, sort_keys=True) if revision.other_slots else "{}",
            revision.via,
            self._can_ask(),
        )

    def _keep_current(self, revision: Revision, text: bytes) -> None:
        """While the wiki prepares its next answer; what is only known later, the settling of a harvest adds."""
        if self._connection.execute(IS_CURRENT, (revision.page_id, revision.rev_id)).fetchone():
            self._connection.execute(KEEP_CURRENT, (revision.page_id, revision.rev_id, text.decode("utf-8", "replace")))

    def _account_for_text(self, revision: Revision, text_id: int | None) -> None:
        where = f"revision {revision.rev_id}"
        if text_id is not None or Hidden.TEXT in revision.hidden or self._has_text(revision.rev_id):
            self._connection.execute(NO_PROBLEM, (where,))
        elif revision.text is None and self._can_ask():
            self._complain(revision, "text-missing", "the answer held no text")

    def _has_text(self, rev_id: int) -> bool:
        row = self._connection.execute("SELECT text_id FROM revisions WHERE rev_id = ?", (rev_id,)).fetchone()
        return row[0] is not None

    def _tell_texts_apart(self, revision: Revision, held: Held, text_id: int) -> None:
        """No revision's text ever changes: two of one road are two revisions, in a dump that is damaged or joined."""
        via, _, _, held_id = held
        if via == revision.via and held_id not in (None, text_id):
            before, now = self._connection.execute(SHA1S, (held_id, text_id)).fetchone()
            self._complain(revision, "revision-twice", f"SHA-1 {before} before, {now} now")

    def _complain(self, revision: Revision, code: str, detail: str) -> None:
        where = f"revision {revision.rev_id}"
        self._report(Problem(code, where, detail, page_id=revision.page_id, rev_id=revision.rev_id))


def _damage(revision: Revision, found: Sha1) -> str | None:
    """Why the text is not kept: it differs from what the wiki said of it (without a SHA-1, before 1.19, the size
    must do), or is longer than any of MediaWiki's."""
    if revision.text is not None and len(revision.text) > LARGEST_TEXT:
        return f"{len(revision.text):,} bytes, the archive keeps up to {LARGEST_TEXT:,}"
    if revision.sha1 is not None:
        return None if revision.sha1 == found else f"SHA-1 {found.hex}, the wiki says {revision.sha1.hex}"
    if revision.size is not None and revision.text is not None and revision.size != len(revision.text):
        return f"{len(revision.text)} bytes, the wiki says {revision.size}"
    return None
