"""The wiki and its archive as a whole, for the pages that speak of both."""

from __future__ import annotations

from dataclasses import replace

from converters.entries.values import CoverageEntry, HarvestEntry, ProblemEntry, WikiEntry
from scraper.archive import Archive
from scraper.model import UNKNOWN_SITE

SUBJECTS_SHOWN = 5
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
    messages = dict(database.execute("SELECT key, text FROM messages"))
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
