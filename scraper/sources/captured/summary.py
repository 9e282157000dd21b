"""What came out of captures, for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

TITLES = "SELECT count(*) FROM pages WHERE gone_at IS NULL"
REVISIONS = """
    SELECT count(*), count(CASE WHEN timestamp IS NOT NULL AND user_id IS NOT NULL THEN 1 END), count(text_id),
        (SELECT count(*) FROM (SELECT rev_id FROM renderings WHERE rev_id IS NOT NULL
            UNION SELECT rev_id FROM old_renderings WHERE rev_id IS NOT NULL))
    FROM revisions WHERE gone_at IS NULL
"""


def summary(connection: sqlite3.Connection, counts: Mapping[str, int]) -> Iterator[str]:
    """The captures by kind, then what the archive holds now."""
    kinds = sorted(counts.items(), key=lambda one: -one[1])
    yield "captures: " + ", ".join(f"{count:,} {kind}" for kind, count in kinds)
    (titles,) = connection.execute(TITLES).fetchone()
    revisions, dated, with_text, rendered = connection.execute(REVISIONS).fetchone()
    yield (
        f"the archive now has {titles:,} titles and {revisions:,} revisions: {dated:,} with time and user, "
        f"{with_text:,} with text, {rendered:,} with rendering"
    )
