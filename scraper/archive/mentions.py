"""Mentions of revisions: each is kept as it was shown, and `revisions` is put together anew from all of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scraper.archive.columns import dumps, exactness, iso, names
from scraper.archive.merging import Disagreement, Merged, Telling, merge
from scraper.archive.pages import PageSaver
from scraper.archive.texts import LARGEST_TEXT, TextStore
from scraper.archive.users import Users
from scraper.model import Exactness, PageText, Place, RevisionMention, SectionText, Sha1, UserName, Via
from scraper.problems import Problem

SHOWN = (
    "rev_id", "page_id", "place", "via", "capture_id", "parent_id", "timestamp", "exactness", "user_id", "comment",
    "is_minor", "size", "sha1", "content_model", "tags", "hidden", "is_latest",
)  # fmt: skip
# The same thing shown by the same answer is one mention, however often it is read. The signs keep SQLite from looking
# through all that one user did.
KEEP = f"""
INSERT INTO mentions ({", ".join(SHOWN)}) SELECT {", ".join("?" * len(SHOWN))}
WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE rev_id = ?1
    AND {" AND ".join(f"+{column} IS ?{number}" for number, column in enumerate(SHOWN[1:], 2))})
"""
TELLINGS = """
SELECT m.via, place, m.page_id, p.title, parent_id, COALESCE(utc, timestamp),
    CASE WHEN utc IS NULL THEN exactness ELSE 'minute' END, u.name, comment, is_minor, m.size, m.sha1, t.size,
    m.content_model, m.tags, m.hidden
FROM mentions m JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id) LEFT JOIN texts t ON t.sha1 = m.sha1
WHERE m.rev_id = ?
"""
WHOLE_TELLING = """
SELECT r.via, r.page_id, p.title, parent_id, timestamp, exactness, u.name, comment, is_minor, r.size, r.sha1, t.size,
    r.content_model, r.tags, r.hidden, r.origins, r.is_sha1_computed
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id) LEFT JOIN texts t USING (text_id)
WHERE r.rev_id = ?
"""
WRITE = """
INSERT INTO revisions (rev_id, page_id, parent_id, timestamp, exactness, user_id, comment, is_minor, size, sha1,
    is_sha1_computed, content_model, text_id, tags, hidden, via, origins, is_expected)
VALUES (:rev_id, :page_id, :parent_id, :timestamp, :exactness, :user_id, :comment, :is_minor, :size, :sha1,
    :is_sha1_computed, :content_model, (SELECT text_id FROM texts WHERE sha1 = :sha1), :tags, :hidden, :via, :origins,
    :is_expected)
ON CONFLICT (rev_id) DO UPDATE SET page_id = excluded.page_id, parent_id = excluded.parent_id,
    timestamp = excluded.timestamp, exactness = excluded.exactness, user_id = excluded.user_id,
    comment = excluded.comment, is_minor = excluded.is_minor, size = excluded.size, sha1 = excluded.sha1,
    is_sha1_computed = excluded.is_sha1_computed, content_model = excluded.content_model,
    text_id = excluded.text_id, tags = excluded.tags, hidden = excluded.hidden, via = excluded.via,
    origins = excluded.origins, is_expected = max(is_expected, excluded.is_expected)
"""
OF_PAGE = "SELECT rev_id FROM mentions WHERE page_id = ?"
BECOME_LATEST = """
UPDATE pages SET latest_rev_id = ?1
WHERE page_id = ?2 AND NOT (is_listed AND via = 'api') AND COALESCE(latest_rev_id, 0) < ?1
"""
PLACE_OF = {Via.API: Place.API, Via.EXPORT: Place.EXPORT, Via.DUMP: Place.EXPORT}


@dataclass(frozen=True, slots=True)
class Whole:
    """What `revisions` has of a revision that the wiki gave as a whole; ``is_computed``: its SHA-1 is our own."""

    telling: Telling
    is_computed: bool


class MentionBook:
    """Remembers which revisions have new mentions; :meth:`flush` renews their rows before a transaction ends."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        texts: TextStore,
        users: Users,
        pages: PageSaver,
        report: Callable[[Problem], None],
    ) -> None:
        self._connection = connection
        self._can_ask = pages.can_ask
        self._texts = texts
        self.users = users
        self._pages = pages
        self._report = report
        self._changed: set[int] = set()
        self._expected: set[int] = set()  # told of by what can be asked for the text

    def save(self, mention: RevisionMention, capture_id: int | None) -> None:
        page_id = self._pages.id_of(mention.title, mention.page_id, mention.via, mention.rev_id)
        self._connection.execute(KEEP, self._row(mention, page_id, capture_id))
        if mention.is_latest:
            self._connection.execute(BECOME_LATEST, (mention.rev_id, page_id))
        self._changed.add(mention.rev_id)
        if self._can_ask():
            self._expected.add(mention.rev_id)

    def save_section(self, section: SectionText) -> None:
        page_id = self._pages.id_of(section.title, None, section.via, section.rev_id)
        text = section.text.decode("utf-8", "replace")
        self._connection.execute(
            "INSERT OR IGNORE INTO section_texts (rev_id, page_id, section, sha1, text, via) VALUES (?, ?, ?, ?, ?, ?)",
            (section.rev_id, page_id, section.section, Sha1.of(section.text).hex, text, section.via),
        )

    def save_page_text(self, found: PageText) -> None:
        """Until it is known which revision it is."""
        page_id = self._pages.id_of(found.title, None, found.via)
        self._connection.execute(
            "INSERT OR IGNORE INTO loose_texts (page_id, sha1, text, via) VALUES (?, ?, ?, ?)",
            (page_id, Sha1.of(found.text).hex, found.text.decode("utf-8", "replace"), found.via),
        )

    def add(self, rev_id: int, telling: Telling) -> None:
        """What a second road gave as a whole, and does not count because of the first."""
        row = (
            rev_id,
            telling.page_id,
            telling.place,
            telling.via,
            None,
            telling.parent_id,
            telling.timestamp,
            telling.exactness,
            self.users.id_of(UserName(telling.user) if telling.user is not None else None),
            telling.comment,
            telling.is_minor,
            telling.size,
            telling.sha1,
            telling.content_model,
            telling.tags,
            json.dumps(sorted(telling.hidden)),
            None,
        )
        self._connection.execute(KEEP, row)
        self.renew(rev_id)

    def renew(self, rev_id: int) -> None:
        """The revision's row is to be put together anew."""
        self._changed.add(rev_id)

    def forget(self) -> None:
        """After a rolled back transaction."""
        self._changed.clear()
        self._expected.clear()

    def flush(self) -> None:
        """Put the rows together of all revisions that have new mentions, or whose page is known now."""
        for page_id in self._pages.renumbered:
            self._changed.update(row[0] for row in self._connection.execute(OF_PAGE, (page_id,)))
        self._pages.renumbered.clear()
        for rev_id in sorted(self._changed):
            self._put_together(rev_id)
        self.forget()

    def whole(self, rev_id: int) -> Whole | None:
        """What the wiki gave of it as a whole, without what mentions added."""
        row = self._connection.execute(WHOLE_TELLING, (rev_id,)).fetchone()
        origins = json.loads(row[-2]) if row else {}
        if row is None or "page_id" in origins:
            return None
        via, *said, _, is_computed = row
        telling = _own(_telling((via, PLACE_OF[Via(via)], *said)), origins, bool(is_computed))
        return Whole(telling, bool(is_computed) and "sha1" not in origins)

    def _row(self, mention: RevisionMention, page_id: int, capture_id: int | None) -> tuple[object, ...]:
        return (
            mention.rev_id,
            page_id,
            mention.place,
            mention.via,
            capture_id,
            mention.parent_id,
            iso(mention.timestamp),
            exactness(mention.timestamp),
            self.users.id_of(mention.user),
            mention.comment,
            mention.is_minor,
            mention.size,
            self._keep_text(mention, page_id),
            mention.content_model,
            None if mention.tags is None else dumps(sorted(mention.tags)),
            names(mention.hidden),
            mention.is_latest,
        )

    def _keep_text(self, mention: RevisionMention, page_id: int) -> str | None:
        if mention.text is None:
            return None
        if len(mention.text) > LARGEST_TEXT:
            detail = f"{len(mention.text):,} bytes, the archive keeps up to {LARGEST_TEXT:,}"
            self._report(Problem("text-damaged", f"revision {mention.rev_id}", detail, page_id, mention.rev_id))
            return None
        sha1 = Sha1.of(mention.text)
        self._texts.save(mention.text, sha1, page_id)
        return sha1.hex

    def _put_together(self, rev_id: int) -> None:
        whole = self.whole(rev_id)
        mentions = [_telling(row) for row in self._connection.execute(TELLINGS, (rev_id,))]
        tellings = [*mentions, whole.telling] if whole else mentions
        if tellings:
            merged = merge(tellings)
            self._write(rev_id, merged, whole)
            self._tell_of(rev_id, merged)

    def _write(self, rev_id: int, merged: Merged, whole: Whole | None) -> None:
        via = whole.telling.via if whole else merged.via
        # What a row says of itself as a whole needs no mark: that its page is not marked tells it apart.
        origins = {
            part: origin
            for part, origin in merged.origins.items()
            if not whole or (origin != via and part != "page_id")
        }
        values = dict(merged.values)
        user = values.pop("user")
        is_computed = whole.is_computed if whole and "sha1" not in origins else values["sha1"] is not None
        self._connection.execute(
            WRITE,
            values
            | {
                "rev_id": rev_id,
                "user_id": self.users.id_of(UserName(user) if user is not None else None),
                "is_sha1_computed": is_computed,
                "tags": values["tags"] or "[]",
                "hidden": json.dumps(sorted(merged.hidden)),
                "via": via,
                "origins": dumps(origins),
                "is_expected": rev_id in self._expected,
            },
        )

    def _tell_of(self, rev_id: int, merged: Merged) -> None:
        self._connection.execute("DELETE FROM problems WHERE code = 'sources-disagree' AND rev_id = ?", (rev_id,))
        if merged.values["sha1"] is not None:
            self._connection.execute(
                "DELETE FROM problems WHERE code = 'text-missing' AND rev_id = ?1"
                " AND EXISTS (SELECT 1 FROM revisions WHERE rev_id = ?1 AND text_id IS NOT NULL)",
                (rev_id,),
            )
        for found in merged.disagreements:
            where = f"{found.part.removesuffix('_id').removeprefix('is_')} of revision {rev_id}"
            self._report(Problem("sources-disagree", where, _words(found), merged.values["page_id"], rev_id))


def _telling(row: Sequence[Any]) -> Telling:
    """From a row of TELLINGS."""
    via, place, page_id, title, parent_id, timestamp, exactness, *parts, hidden = row
    exact = None if exactness is None else Exactness(exactness)
    telling = Telling(Via(via), Place(place), page_id, title, parent_id, timestamp, exact, *parts)
    return replace(telling, hidden=frozenset(json.loads(hidden)))


def _own(telling: Telling, others: Iterable[str], is_computed: bool) -> Telling:
    """Without the parts that others told. A SHA-1 that the wiki itself told needs no size to prove it."""
    parts: dict[str, Any] = dict.fromkeys(others)
    if "timestamp" in parts:
        parts["exactness"] = None
    if "sha1" in parts or not is_computed:
        parts["length"] = None
    return replace(telling, **parts)


def _words(disagreement: Disagreement) -> str:
    return "; ".join(f"{origin}: {'(empty)' if value == '' else value}" for value, origin in disagreement.values)
