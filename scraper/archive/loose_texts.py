"""Sources of pages given to the revisions that they are, where the wiki tells a size, or a SHA-1, that only one has."""

from __future__ import annotations

import sqlite3

from scraper.archive.saving import Saver
from scraper.model import Place, RevisionMention, Via

# Of several revisions of that size the page's latest one is meant, which forms show unless another is asked for.
PLACES = """
SELECT r.rev_id, r.page_id, l.text, l.via
FROM loose_texts l JOIN revisions r USING (page_id) JOIN pages p USING (page_id)
WHERE r.text_id IS NULL AND CASE WHEN r.sha1 IS NULL OR r.is_sha1_computed
    THEN r.size = length(CAST(l.text AS BLOB)) ELSE r.sha1 = l.sha1 END
GROUP BY loose_text_id HAVING count(*) = 1 OR max(r.rev_id = p.latest_rev_id)
"""


def place_loose_texts(connection: sqlite3.Connection, saver: Saver) -> list[int]:
    """Mention every text whose revision is found; the revisions that have one now."""
    found = connection.execute(PLACES).fetchall()
    for rev_id, page_id, text, via in found:
        saver.save(RevisionMention(rev_id, None, Place.EDIT_FORM, Via(via), page_id=page_id, text=text.encode()))
    return [rev_id for rev_id, *_ in found]
