"""The wiki and its archive as a whole, for the pages that speak of both."""

from __future__ import annotations

from dataclasses import replace

from converters.entries.values import CoverageEntry, HarvestEntry, ProblemEntry, WikiEntry
from scraper.archive import Archive
from scraper.languages.tables import ENGLISH, table_of
from scraper.model import UNKNOWN_SITE

SUBJECTS_SHOWN = 5
MESSAGES = 8
LONGEST_MESSAGE = 5000
# Messages about things that each wiki has others of: groups, levels and kinds of protection, models, tags, logs.
NAMED = ("group-", "protect-level-", "restriction-", "content-model-", "tag-", "log-name-", "logentry-")
# A page below another says the message in another language.
OWN_MESSAGES = (
    "SELECT title, text FROM pages JOIN current_texts USING (page_id) WHERE namespace_id = ? AND gone_at IS NULL"
    " AND coalesce(content_model, 'wikitext') = 'wikitext' AND title NOT LIKE '%/%' AND length(text) <= ?"
    " ORDER BY page_id"
)
COUNTS = {
    "pages": "SELECT count(*) FROM pages WHERE gone_at IS NULL",
    "gone pages": "SELECT count(*) FROM pages WHERE gone_at IS NOT NULL",
    "revisions": "SELECT count(*) FROM revisions",
    "users": "SELECT count(DISTINCT user_id) FROM revisions",
    "files": "SELECT count(*) FROM files WHERE gone_at IS NULL",
    "file versions": "SELECT count(*) FROM file_versions",
    "log events": "SELECT count(*) FROM log_events",
}


def read_wiki(archive: Archive) -> WikiEntry:
    """All of it that is small."""
    database = archive.connection
    messages = {**_own_messages(archive), **dict(database.execute("SELECT key, text FROM messages"))}
    harvests = database.execute(
        "SELECT source, kind, tool_version, started_at, ended_at, outcome, requests FROM harvests"
        " ORDER BY harvest_id DESC"
    )
    coverage = database.execute(
        "SELECT kind, namespace_id, expected, held, hidden, is_binding FROM coverage"
        " ORDER BY namespace_id IS NOT NULL, kind, namespace_id, coverage_id"
    )
    return WikiEntry(
        archive.site() or replace(UNKNOWN_SITE, name=archive.folder.resolve().name),
        messages,
        tuple(HarvestEntry(*row) for row in harvests),
        tuple(CoverageEntry(*row) for row in coverage),
        tuple(_problems(archive)),
        {name: database.execute(query).fetchone()[0] for name, query in COUNTS.items()},
        tuple(text for (text,) in database.execute("SELECT text FROM site_notices ORDER BY pages DESC, notice_id")),
    )


def _own_messages(archive: Archive) -> dict[str, str]:
    """What the wiki words in its own way, from its pages: a dump tells no more of it, and a living wiki does not tell
    the names of its own groups otherwise. Pages that are no words of an interface stay away."""
    known = table_of(ENGLISH)["messages"]
    rows = archive.connection.execute(OWN_MESSAGES, (MESSAGES, LONGEST_MESSAGE))
    keys = ((title.partition(":")[2].replace(" ", "_"), text) for title, text in rows)
    words = {name[:1].lower() + name[1:]: text for name, text in keys}
    return {key: text for key, text in words.items() if key in known or key.startswith(NAMED)}


def _problems(archive: Archive) -> list[ProblemEntry]:
    rows = archive.connection.execute(
        "SELECT code, severity, count(*), min(advice) FROM problems GROUP BY code, severity ORDER BY severity DESC, 1"
    ).fetchall()
    return [
        ProblemEntry(code, severity, count, advice, _subjects(archive, code)) for code, severity, count, advice in rows
    ]


def _subjects(archive: Archive, code: str) -> tuple[str, ...]:
    query = "SELECT subject FROM problems WHERE code = ? ORDER BY problem_id LIMIT ?"
    return tuple(subject for (subject,) in archive.connection.execute(query, (code, SUBJECTS_SHOWN)))
