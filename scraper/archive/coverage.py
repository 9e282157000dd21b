"""The coverage ledger: what the wiki said it has against what the archive holds, after every harvest."""

from __future__ import annotations

import sqlite3

# kind, whether a difference makes the archive short, how the expected number is known, and the count itself:
# rows of namespace, expected, held, hidden.
COUNTS: tuple[tuple[str, bool, str, str], ...] = (
    (
        "pages",
        True,
        "lists of pages",
        "SELECT namespace_id, count(*), sum(EXISTS (SELECT 1 FROM revisions r WHERE r.rev_id = p.latest_rev_id)), 0"
        " FROM pages p WHERE gone_at IS NULL AND is_expected GROUP BY namespace_id",
    ),
    (
        "revisions",
        True,
        "current revisions, parents and revisions seen",
        "SELECT p.namespace_id, count(*), sum(r.rev_id IS NOT NULL), 0 FROM ("
        " SELECT page_id, rev_id FROM revisions WHERE gone_at IS NULL"
        " UNION SELECT page_id, latest_rev_id FROM pages WHERE latest_rev_id IS NOT NULL AND gone_at IS NULL"
        ") known JOIN pages p USING (page_id) LEFT JOIN revisions r ON r.rev_id = known.rev_id GROUP BY 1",
    ),
    (
        "texts",
        True,
        "revisions",
        "SELECT p.namespace_id, count(*), sum(r.text_id IS NOT NULL),"
        " sum(r.text_id IS NULL AND (r.hidden LIKE '%\"text\"%'"
        "   OR EXISTS (SELECT 1 FROM problems WHERE code = 'text-lost' AND subject = 'revision ' || r.rev_id)))"
        " FROM revisions r JOIN pages p USING (page_id) WHERE r.gone_at IS NULL AND r.is_expected GROUP BY 1",
    ),
    (
        "pages only captured",
        False,
        "titles that captured pages name",
        "SELECT namespace_id, count(*), sum(EXISTS (SELECT 1 FROM renderings x WHERE x.page_id = p.page_id)"
        "  OR EXISTS (SELECT 1 FROM current_texts c WHERE c.page_id = p.page_id)), 0"
        " FROM pages p WHERE gone_at IS NULL AND NOT is_expected GROUP BY namespace_id",
    ),
    (
        "texts of revisions only captured",
        False,
        "revisions that captured pages name",
        "SELECT p.namespace_id, count(*), sum(r.text_id IS NOT NULL),"
        " sum(r.text_id IS NULL AND r.hidden LIKE '%\"text\"%')"
        " FROM revisions r JOIN pages p USING (page_id) WHERE r.gone_at IS NULL AND NOT r.is_expected GROUP BY 1",
    ),
    (
        "renderings",
        True,
        "current pages",
        "SELECT p.namespace_id, count(*), sum(x.page_id IS NOT NULL), 0"
        " FROM pages p LEFT JOIN renderings x USING (page_id)"
        " WHERE p.gone_at IS NULL AND EXISTS (SELECT 1 FROM cursors WHERE name = 'renderings') GROUP BY 1",
    ),
    (
        "file versions",
        True,
        "lists of files",
        "SELECT 6, count(*), sum(blob_id IS NOT NULL), sum(blob_id IS NULL AND hidden LIKE '%\"file\"%')"
        " FROM file_versions WHERE gone_at IS NULL AND EXISTS (SELECT 1 FROM cursors WHERE name = 'files')"
        " HAVING count(*) > 0",
    ),
    (
        "pages",
        False,
        "the wiki's statistics",
        "SELECT NULL, json_extract(siteinfo, '$.statistics.pages'),"
        " (SELECT count(*) FROM pages WHERE gone_at IS NULL), 0 FROM site",
    ),
    (
        "revisions",
        False,
        "the wiki's statistics: edits ever made",
        "SELECT NULL, json_extract(siteinfo, '$.statistics.edits'), (SELECT count(*) FROM revisions), 0 FROM site",
    ),
    (
        "users",
        False,
        "the wiki's statistics",
        "SELECT NULL, json_extract(siteinfo, '$.statistics.users'),"
        " (SELECT count(*) FROM users WHERE is_account), 0 FROM site",
    ),
    (
        "files",
        False,
        "the wiki's statistics",
        "SELECT NULL, json_extract(siteinfo, '$.statistics.images'),"
        " (SELECT count(*) FROM files WHERE gone_at IS NULL), 0 FROM site",
    ),
    (
        "log events",
        True,
        "the log's own list",
        "SELECT NULL, count(*), count(*), 0 FROM log_events"
        " HAVING count(*) > 0 OR EXISTS (SELECT 1 FROM cursors WHERE name = 'log event')",
    ),
    (
        "file versions only captured",
        False,
        "versions that dumps or captured pages name",
        "SELECT NULL, count(*), sum(blob_id IS NOT NULL), sum(blob_id IS NULL AND hidden LIKE '%\"file\"%')"
        " FROM file_versions WHERE gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM cursors WHERE name = 'files')"
        " HAVING count(*) > 0",
    ),
)


def count(connection: sqlite3.Connection) -> None:
    """Write the ledger anew."""
    connection.execute("DELETE FROM coverage")
    for kind, is_binding, origin, query in COUNTS:
        for namespace_id, expected, held, hidden in connection.execute(query).fetchall():
            connection.execute(
                "INSERT INTO coverage (kind, namespace_id, expected, held, hidden, is_binding, origin, counted_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                (kind, namespace_id, expected, held or 0, hidden or 0, is_binding, origin),
            )


def is_complete(connection: sqlite3.Connection) -> bool:
    """No binding line of the ledger is short, no problem says that something is missing, no list broke off."""
    short = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM coverage WHERE is_binding AND held + hidden < expected)"
        " OR EXISTS (SELECT 1 FROM problems WHERE severity = 'short')"
        " OR EXISTS (SELECT 1 FROM frontier JOIN harvests USING (harvest_id) WHERE state != 'done'"
        "   AND harvest_id = (SELECT max(harvest_id) FROM harvests))"
    ).fetchone()[0]
    return not short
