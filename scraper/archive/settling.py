"""After a harvest: what follows from all facts together, then the ledger."""

from __future__ import annotations

import sqlite3

from scraper.archive import coverage, holders
from scraper.archive.loose_texts import place_loose_texts
from scraper.archive.loose_views import place_loose_views
from scraper.archive.saving import Saver
from scraper.archive.sections import put_sections_together
from scraper.archive.texts import read_text
from scraper.archive.twins import join_twins
from scraper.archive.zones import find_zones
from scraper.problems import Problem

# A dump or a captured page does not say which revision is current: the newest one is; of several that were saved in one
# second (imports, robots) that which a page showed as the current one.
FIND_LATEST = """
UPDATE pages SET latest_rev_id = (SELECT max(rev_id) FROM (
    SELECT rev_id FROM (SELECT rev_id FROM revisions r WHERE r.page_id = pages.page_id AND gone_at IS NULL
        ORDER BY timestamp DESC, EXISTS (SELECT 1 FROM mentions m WHERE m.rev_id = r.rev_id AND m.is_latest) DESC,
            rev_id DESC LIMIT 1)
    UNION ALL SELECT m.rev_id FROM mentions m WHERE m.page_id = pages.page_id AND m.is_latest))
WHERE gone_at IS NULL AND (latest_rev_id IS NULL OR NOT is_listed OR via != 'api')
"""
# A page that the API listed once, and of which another source knows a newer revision.
FIND_NEWER = """
UPDATE pages SET latest_rev_id = newer.rev_id FROM (
    SELECT p.page_id, max(r.rev_id) AS rev_id FROM pages p JOIN revisions old ON old.rev_id = p.latest_rev_id
        JOIN revisions r ON r.page_id = p.page_id AND r.rev_id > p.latest_rev_id AND r.timestamp > old.timestamp
    WHERE p.via = 'api' AND p.is_listed AND r.via != 'api' AND r.gone_at IS NULL AND p.gone_at IS NULL
    GROUP BY p.page_id
) newer WHERE newer.page_id = pages.page_id
"""
# A text that is here under another revision is this one's, when the wiki says its SHA-1.
FIND_TEXTS = """
UPDATE revisions SET text_id = (SELECT text_id FROM texts t WHERE t.sha1 = revisions.sha1)
WHERE text_id IS NULL AND sha1 IS NOT NULL AND hidden NOT LIKE '%"text"%'
"""
NOT_MISSING = """
DELETE FROM problems WHERE code = 'text-missing' AND rev_id IN (SELECT rev_id FROM revisions WHERE text_id IS NOT NULL)
"""
# A page that was listed and of which nothing came, nor a reason: another one is shown under its title, mostly.
NEVER_CAME = """
SELECT page_id, title FROM pages p WHERE gone_at IS NULL AND is_expected
    AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.rev_id = p.latest_rev_id)
    AND NOT EXISTS (SELECT 1 FROM problems x WHERE x.page_id = p.page_id AND x.severity = 'short')
ORDER BY title
"""
NOTES = ("history-cut", "text-uncaptured", "zone-unknown")
CUT = """
SELECT page_id, title, max(shown), max(has_older), max(has_newer) FROM history_gaps g JOIN pages p USING (page_id)
WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.page_id = g.page_id AND r.via IN ('api', 'export', 'dump'))
GROUP BY page_id HAVING min(has_older) OR min(has_newer)
"""
UNCAPTURED = """
SELECT count(*), count(x.rev_id) FROM revisions r LEFT JOIN (
    SELECT rev_id FROM renderings WHERE rev_id IS NOT NULL UNION SELECT rev_id FROM old_renderings
) x USING (rev_id)
WHERE NOT is_expected AND text_id IS NULL AND gone_at IS NULL AND hidden NOT LIKE '%"text"%'
"""
ZONELESS = "SELECT count(*) FROM revisions WHERE exactness = 'zone unknown'"


def settle(connection: sqlite3.Connection, saver: Saver) -> None:
    """Bring up to date what is derived from facts, inside a transaction."""
    saver.pages.settle()
    place_loose_views(connection, saver)
    saver.renderings.settle()
    join_twins(connection)
    placed = place_loose_texts(connection, saver)
    for rev_id in {*find_zones(connection), *put_sections_together(connection, saver), *placed}:
        saver.mentions.renew(rev_id)
    saver.flush()
    holders.bring_back(connection)
    for change in (FIND_TEXTS, NOT_MISSING, FIND_LATEST, FIND_NEWER):
        connection.execute(change)
    holders.oust(connection)
    _renew_current_texts(connection)
    _tell_what_never_came(connection, saver)
    _tell_what_was_not_captured(connection, saver)
    coverage.count(connection)


def _renew_current_texts(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM current_texts WHERE EXISTS (SELECT 1 FROM pages p WHERE p.page_id = current_texts.page_id"
        " AND (gone_at IS NOT NULL OR latest_rev_id IS NOT current_texts.rev_id))"
    )
    wanted = connection.execute(
        "SELECT p.page_id, r.rev_id, r.text_id FROM pages p JOIN revisions r ON r.rev_id = p.latest_rev_id"
        " WHERE p.gone_at IS NULL AND r.text_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM current_texts c WHERE c.page_id = p.page_id)"
    ).fetchall()
    for page_id, rev_id, text_id in wanted:
        text = read_text(connection, text_id).decode("utf-8", "replace")
        connection.execute("INSERT INTO current_texts VALUES (?, ?, ?)", (page_id, rev_id, text))


def _tell_what_never_came(connection: sqlite3.Connection, saver: Saver) -> None:
    connection.execute("DELETE FROM problems WHERE code = 'page-missing' AND subject LIKE 'page %'")
    for page_id, title in connection.execute(NEVER_CAME).fetchall():
        saver.report(Problem("page-missing", f"page {title}", "the wiki shows nothing of it under this title", page_id))


def _tell_what_was_not_captured(connection: sqlite3.Connection, saver: Saver) -> None:
    """What a copy or captures cannot give makes an archive poorer, not short: it is counted and said."""
    for code in NOTES:
        connection.execute("DELETE FROM problems WHERE code = ?", (code,))
    for page_id, title, shown, has_older, has_newer in connection.execute(CUT).fetchall():
        missing = " and ".join(word for word, is_so in (("older", has_older), ("newer", has_newer)) if is_so)
        saver.report(
            Problem("history-cut", f"history of {title}", f"{shown} rows shown, {missing} ones follow", page_id)
        )
    uncaptured, rendered = connection.execute(UNCAPTURED).fetchone()
    if uncaptured:
        detail = f"{uncaptured:,} revisions, of which {rendered:,} are kept as the wiki rendered them"
        saver.report(Problem("text-uncaptured", "captured pages", detail))
    (zoneless,) = connection.execute(ZONELESS).fetchone()
    if zoneless:
        saver.report(Problem("zone-unknown", "times of revisions", f"of {zoneless:,} revisions"))
