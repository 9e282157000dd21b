"""Datasette plug-in of a wikicompost archive: texts of revisions, and what changed between two, for SQL.

It stands alone: this file works in the archive's folder without wikicompost, with Datasette 0.65 and 1.0. It needs
``compression.zstd`` (Python 3.14) or ``backports.zstd`` to read texts.
"""

from __future__ import annotations

import sqlite3
from difflib import unified_diff
from typing import Any

from datasette import hookimpl

try:
    from compression import zstd  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from backports import zstd
    except ImportError:
        zstd = None

WITHOUT_ZSTD = "revision_text() needs zstd: run `pip install backports.zstd`, then start Datasette again"
# Limits of an archive's texts (bytes, and the logarithm of zstd's window): more is damage or an attack.
LARGEST_TEXT = 32 * 2**20
LARGEST_WINDOW_LOG = 24
LONGEST_CHAIN = 64
# Lines of a text that are compared: difflib's time grows with their square, and nothing can stop it on its way.
MOST_LINES = 3_000
CHAIN = """
    WITH RECURSIVE chain (text_id, base_id, position, size, frame) AS (
        SELECT text_id, base_id, position, size, frame FROM texts WHERE text_id = ?
        UNION ALL
        SELECT t.text_id, t.base_id, t.position, t.size, t.frame
        FROM chain c JOIN texts t ON t.text_id = c.base_id AND t.position < c.position
        LIMIT ?
    )
    SELECT base_id, size, frame FROM chain ORDER BY position
"""


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """``revision_text(rev_id)``, ``text_of(text_id)`` and ``diff_text(rev_id, rev_id)`` for SQL."""
    conn.create_function("text_of", 1, lambda text_id: text_of(conn, text_id))
    conn.create_function("revision_text", 1, lambda rev_id: revision_text(conn, rev_id))
    conn.create_function("diff_text", 2, lambda old, new: diff_text(conn, old, new))


def revision_text(database: sqlite3.Connection, rev_id: Any) -> str | None:
    """The text of a revision; NULL when hidden, missing or unknown."""
    row = database.execute("SELECT text_id FROM revisions WHERE rev_id = ?", (rev_id,)).fetchone()
    return None if row is None or row[0] is None else text_of(database, row[0])


def diff_text(database: sqlite3.Connection, old: Any, new: Any) -> str | None:
    """What changed from one revision to another, in the unified form, "" for nothing; NULL when a text is not here."""
    texts = revision_text(database, old), revision_text(database, new)
    if texts[0] is None or texts[1] is None:
        return None
    before, after = texts[0].splitlines(), texts[1].splitlines()
    if max(len(before), len(after)) > MOST_LINES:
        return f"these texts are longer than {MOST_LINES:,} lines: the site has their difference"
    return "\n".join(unified_diff(before, after, f"revision {old}", f"revision {new}", lineterm=""))


def text_of(database: sqlite3.Connection, text_id: Any) -> str | None:
    """The text of that number in ``texts``; words that say so where it cannot be read."""
    if zstd is None:
        return WITHOUT_ZSTD
    frames = database.execute(CHAIN, (text_id, LONGEST_CHAIN)).fetchall()
    if not frames:
        return None
    if frames[0][0] is not None:
        return "this text is damaged: run `wikicompost verify`"
    text = b""
    for _, size, frame in frames:
        text = _decompress(frame, size, text)
    return text.decode("utf-8", "replace")


def _decompress(frame: bytes, size: int, base: bytes) -> bytes:
    """Raises ValueError for a frame that is not what the archive says."""
    if not 0 <= size <= LARGEST_TEXT:
        raise ValueError("text too large")
    prefix = zstd.ZstdDict(base, is_raw=True).as_prefix if base else None
    options = {zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW_LOG}
    text: bytes = zstd.ZstdDecompressor(prefix, options).decompress(frame, max_length=size + 1)
    if len(text) != size:
        raise ValueError("damaged text")
    return text
