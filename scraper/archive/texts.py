"""Texts of revisions: each kept once, as a zstd frame whose prefix is an earlier text of the same page.

Bases are chosen as in skip deltas: the text at position ``p`` after its key frame builds upon position ``p``
less the largest power of four that divides ``p``. So three texts in four build upon the one just before, yet
at most 12 frames lie below any of 256. Measured on one core with English Wikipedia's "Anarchism" (15,180
revisions, 12,191 texts, 852 MB), level 9 unless said:

    plain chain, key frame every 50             8.8 MB   163 MB/s   worst read 1.6 ms
    skip delta by 2, 256 in a group             5.7 MB   168 MB/s   worst read 0.4 ms
    skip delta by 4, 256 in a group             5.1 MB   176 MB/s   worst read 0.6 ms
    skip delta by 4, 256 in a group, level 3    5.8 MB   550 MB/s   worst read 0.5 ms   <- chosen
    ... with long-distance matching             5.6 MB   355 MB/s
    skip delta by 4, level 12 or 15             5.0 MB    10 MB/s

A base nearer in size, a second try with another base, stronger key frames: 0 to 6 % each, not worth it.
In SQLite this makes 7.8 MB with the index, saved at 220 MB/s, all read and checked in 2 s.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.model import Sha1

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 3
FAN = 4
GROUP = 256  # texts from one key frame to the next
LONGEST_CHAIN = 64  # frames that a reader follows; what is written here needs 13
SHORTEST_BASE = 64  # bytes; zstd takes no prefix below 8, and so little helps nobody
LARGEST_BASE = 8 * 2**20  # bytes, of a base and of a text built upon one: both must fit into the window
LARGEST_TEXT = 32 * 2**20  # bytes; MediaWiki's own column (mediumblob) ends at 16 MiB
LARGEST_WINDOW_LOG = 24  # 16 MiB: a base and a text of LARGEST_BASE
NEAR_WINDOW_LOG = 19  # above 512 KiB, level 3 alone forgets the start of a base: a 1.5 MB text's 160 bytes become 6,400
CACHE_BYTES = 32 * 2**20
ENTRY_BYTES = 256  # what a cached text costs beside its content
PAGES_REMEMBERED = 50_000

# Link by link: SQLite's own recursion would, after ANALYZE, scan the whole table for a Bloom filter at each question.
LINK = """
    SELECT text_id, base_id, CAST(position AS INTEGER), CAST(size AS INTEGER), sha1 FROM texts WHERE text_id = ?
"""
INSERT = "INSERT INTO texts (sha1, size, base_id, position, frame) VALUES (?, ?, ?, ?, ?) RETURNING text_id"
LATEST = """
    SELECT text_id FROM revisions WHERE page_id = ? AND text_id IS NOT NULL
    ORDER BY timestamp DESC, rev_id DESC LIMIT 1
"""


class DamagedText(Exception):
    """The text ``text_id`` cannot be read back as it was saved; ``reason`` says why."""

    def __init__(self, text_id: int, reason: str) -> None:
        super().__init__(f"text {text_id} is damaged: {reason}")
        self.text_id = text_id
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Link:
    """A text in a chain of bases. ``position`` counts from the key frame (0); a base's is always lower."""

    text_id: int
    base_id: int | None
    position: int
    size: int
    sha1: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new text goes: its position, and the base that it is built upon (none: a key frame)."""

    position: int = 0
    base_id: int | None = None
    base: bytes = b""


class TextCache:
    """The texts used last, by SHA-1: whatever is rolled back, what is found under its own hash is right."""

    def __init__(self, budget: int = CACHE_BYTES) -> None:
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._left = budget

    def get(self, sha1: str) -> bytes | None:
        text = self._texts.get(sha1)
        if text is not None:
            self._texts.move_to_end(sha1)
        return text

    def put(self, sha1: str, text: bytes) -> None:
        if sha1 not in self._texts:
            self._left -= len(text) + ENTRY_BYTES
        self._texts[sha1] = text
        self._texts.move_to_end(sha1)
        while self._left < 0:
            _, dropped = self._texts.popitem(last=False)
            self._left += len(dropped) + ENTRY_BYTES


class TextStore:
    """Saves and reads the texts of an archive. Transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cache = TextCache()
        self._latest: OrderedDict[int, int] = OrderedDict()

    def save(self, text: bytes, sha1: Sha1, page_id: int) -> int:
        """Keep a text of a page and return its text_id; a text that is there already is not kept again.

        ``sha1`` must be the text's own. Raises ValueError for a text above LARGEST_TEXT bytes.
        """
        if len(text) > LARGEST_TEXT:
            raise ValueError(f"a text of {len(text):,} bytes: the archive keeps up to {LARGEST_TEXT:,}")
        text_id = self._find(sha1)
        if text_id is None:
            text_id = self._insert(text, sha1, self._place(page_id, len(text)))
        self._cache.put(sha1.hex, text)
        self._remember(page_id, text_id)
        return text_id

    def read(self, text_id: int) -> bytes:
        """The text, checked against its SHA-1. Raises DamagedText."""
        return read_text(self._connection, text_id, self._cache)

    def forget(self) -> None:
        """Drop what is remembered of pages: call it after a transaction was rolled back."""
        self._latest.clear()

    def _find(self, sha1: Sha1) -> int | None:
        row = self._connection.execute("SELECT text_id FROM texts WHERE sha1 = ?", (sha1.hex,)).fetchone()
        return None if row is None else int(row[0])

    def _insert(self, text: bytes, sha1: Sha1, place: Place) -> int:
        row = self._connection.execute(
            INSERT, (sha1.hex, len(text), place.base_id, place.position, compress(text, place.base))
        ).fetchone()
        return int(row[0])

    def _place(self, page_id: int, size: int) -> Place:
        """Nothing builds upon a damaged text: what follows it becomes a key frame; ``verify`` tells of it."""
        latest = self._latest_text(page_id)
        if latest is None or size > LARGEST_BASE:
            return Place()
        try:
            chain = chain_of(self._connection, latest)
            base = choose_base(chain)
            if base is None:
                return Place()
            return Place(chain[0].position + 1, base.text_id, self._cache.get(base.sha1) or self.read(base.text_id))
        except DamagedText:
            return Place()

    def _latest_text(self, page_id: int) -> int | None:
        if page_id in self._latest:
            return self._latest[page_id]
        row = self._connection.execute(LATEST, (page_id,)).fetchone()
        return None if row is None else int(row[0])

    def _remember(self, page_id: int, text_id: int) -> None:
        self._latest[page_id] = text_id
        self._latest.move_to_end(page_id)
        if len(self._latest) > PAGES_REMEMBERED:
            self._latest.popitem(last=False)


def read_text(connection: sqlite3.Connection, text_id: int, cache: TextCache | None = None) -> bytes:
    """The text, checked against its SHA-1; ``cache`` spares work to who reads many. Raises DamagedText."""
    cache = cache or TextCache(0)
    chain = chain_of(connection, text_id)
    text = _decode(connection, chain, cache)
    if Sha1.of(text).hex != chain[0].sha1:
        raise DamagedText(text_id, "its SHA-1 is not the one it was saved with")
    cache.put(chain[0].sha1, text)
    return text


def read_texts(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes | DamagedText]]:
    """Every text by text_id, or its damage, in linear time: a base comes before what is built upon it."""
    cache = TextCache()
    for (text_id,) in connection.execute("SELECT text_id FROM texts ORDER BY text_id"):
        try:
            yield text_id, read_text(connection, text_id, cache)
        except DamagedText as damage:
            yield text_id, damage


def chain_of(connection: sqlite3.Connection, text_id: int) -> list[Link]:
    """The text and the bases below it, down to the key frame. Raises DamagedText when it does not end in one.

    Positions fall from link to link, so a cycle of bases breaks the chain as a missing base does.
    """
    row = connection.execute(LINK, (text_id,)).fetchone()
    if row is None:
        raise DamagedText(text_id, "the archive has no such text")
    chain = [Link(*row)]
    while chain[-1].base_id is not None:
        chain.append(_base_of(connection, text_id, chain))
    return chain


def _base_of(connection: sqlite3.Connection, text_id: int, chain: Sequence[Link]) -> Link:
    above = chain[-1]
    row = connection.execute(LINK, (above.base_id,)).fetchone()
    if row is not None and len(chain) < LONGEST_CHAIN:
        base = Link(*row)
        if base.position < above.position and base.size <= LARGEST_BASE:
            return base
    raise DamagedText(text_id, f"base {above.base_id} of text {above.text_id} is missing or no base")


def choose_base(chain: Sequence[Link]) -> Link | None:
    """The base for the text that follows ``chain[0]``, or None when a key frame is due or nothing serves."""
    position = chain[0].position + 1
    if position >= GROUP:
        return None
    bases = (link for link in chain if link.position <= base_position(position))
    return next((link for link in bases if SHORTEST_BASE <= link.size <= LARGEST_BASE), None)


def base_position(position: int) -> int:
    """``position`` (above 0) less the largest power of FAN that divides it: 1→0, 7→6, 8→4, 20→16, 64→0."""
    step = 1
    while position % (step * FAN) == 0:
        step *= FAN
    return position - step


def compress(text: bytes, base: bytes = b"") -> bytes:
    """One zstd frame, as ``zstd --patch-from=BASE`` would make it: base and text fit into its window."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: LEVEL,
        zstd.CompressionParameter.checksum_flag: 0,  # SHA-1 stands beside it
    }
    if base:
        window_log = max(10, (len(base) + len(text) - 1).bit_length())
        options[zstd.CompressionParameter.window_log] = window_log
        options[zstd.CompressionParameter.enable_long_distance_matching] = int(window_log > NEAR_WINDOW_LOG)
    return zstd.compress(text, options=options, zstd_dict=_prefix(base))


def decompress(frame: bytes, size: int, base: bytes = b"") -> bytes:
    """The text of ``size`` bytes. Raises ValueError or ZstdError otherwise, and takes no more memory."""
    claimed = zstd.get_frame_info(frame).decompressed_size
    if claimed != size or not 0 <= size <= LARGEST_TEXT:
        raise ValueError(f"it claims {claimed} bytes, the archive {size}, and {LARGEST_TEXT} may be")
    window: dict[int, int] = {zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW_LOG}
    decompressor = zstd.ZstdDecompressor(_prefix(base), window)
    text = decompressor.decompress(frame, max_length=size + 1)
    if not decompressor.eof or decompressor.unused_data or len(text) != size:
        raise ValueError("it is cut, or something follows it")
    return text


def _decode(connection: sqlite3.Connection, chain: Sequence[Link], cache: TextCache) -> bytes:
    """The text of ``chain[0]``, from the nearest one in the cache or from the key frame upwards."""
    frames: list[Link] = []
    text = b""
    for link in chain:
        cached = cache.get(link.sha1)
        if cached is not None:
            text = cached
            break
        frames.append(link)
    for link in reversed(frames):
        try:
            text = decompress(_frame(connection, link), link.size, text)
        except (ValueError, zstd.ZstdError) as error:
            raise DamagedText(chain[0].text_id, f"frame of text {link.text_id}: {error}") from error
    return text


def _frame(connection: sqlite3.Connection, link: Link) -> bytes:
    """Raises ValueError for a frame longer than zstd makes even of noise of ``link.size`` bytes."""
    query = "SELECT CAST(frame AS BLOB) FROM texts WHERE text_id = ? AND length(frame) <= ?"
    row = connection.execute(query, (link.text_id, link.size + link.size // 256 + 512)).fetchone()
    if row is None:
        raise ValueError(f"it is too long for {link.size} bytes")
    frame: bytes = row[0]
    return frame


def _prefix(base: bytes) -> tuple[zstd.ZstdDict, int] | None:
    return zstd.ZstdDict(base, is_raw=True).as_prefix if base else None
