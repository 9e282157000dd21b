"""Texts of revisions: what is saved is read back whatever happens between, and damage is told, not suffered."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import schema
from scraper.archive import texts
from scraper.archive.texts import DamagedText, TextCache, TextStore, chain_of, read_text, read_texts
from scraper.model import Sha1

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = 12
ADD_REVISION = """
    INSERT INTO revisions (page_id, timestamp, exactness, is_minor, is_sha1_computed, text_id, tags, hidden, via)
    VALUES (?, ?, 'second', 0, 0, ?, '[]', '[]', 'dump')
"""


@pytest.fixture
def archive() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    yield connection
    connection.close()


def save(store: TextStore, text: bytes, page_id: int = PAGE) -> int:
    return store.save(text, Sha1.of(text), page_id)


def add_revision(archive: sqlite3.Connection, text_id: int, year: int, page_id: int = PAGE) -> None:
    archive.execute(ADD_REVISION, (page_id, f"{year}-05-25T14:56:03Z", text_id))


def minutes(count: int) -> list[bytes]:
    """A page of meeting notes that grows by a line, loses one now and then, and has its first line changed."""
    chance = random.Random(count)
    lines: list[str] = []
    history = []
    for number in range(count):
        lines.append(f"* Odile Grandpré : décision {number}, {chance.getrandbits(64):x}")
        if number % 7 == 6:
            del lines[chance.randrange(len(lines))]
        history.append("\n".join([f"== Plénière {number} ==", *lines]).encode())
    return history


def saved(archive: sqlite3.Connection, history: list[bytes]) -> list[int]:
    store = TextStore(archive)
    return [save(store, text) for text in history]


def base_of(archive: sqlite3.Connection, text_id: int) -> int | None:
    return chain_of(archive, text_id)[0].base_id


# What is saved is read back.

STEP = st.one_of(
    st.tuples(st.integers(1, 3), st.binary(max_size=200) | st.sampled_from(minutes(30))),
    st.sampled_from(["commit", "rollback", "restart"]),
)


@given(st.lists(STEP, max_size=60))
def test_whatever_happens_between_what_was_committed_is_read_back(steps: list[object]) -> None:
    archive = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(archive)
    store = TextStore(archive)
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    archive.execute("BEGIN")
    for step in steps:
        match step:
            case (int() as page_id, bytes() as text):
                text_id = save(store, text, page_id)
                add_revision(archive, text_id, 2017, page_id)
                pending[text_id] = text
                assert store.read(text_id) == text
            case "commit":
                archive.execute("COMMIT")
                archive.execute("BEGIN")
                committed |= pending
            case _:
                archive.execute("ROLLBACK")
                archive.execute("BEGIN")
                pending = {}
                store.forget() if step == "rollback" else None
                store = TextStore(archive) if step == "restart" else store
    archive.execute("ROLLBACK")
    assert dict(read_texts(archive)) == committed
    assert {text_id: read_text(archive, text_id) for text_id in committed} == committed
    archive.close()


def test_even_a_rollback_that_nobody_told_of_costs_no_text(archive: sqlite3.Connection) -> None:
    store = TextStore(archive)
    first, second, third, *_ = minutes(8)
    archive.execute("BEGIN")
    save(store, first)
    save(store, second)
    archive.execute("ROLLBACK")
    save(store, b"Another page took the number of the text that is gone. " * 3, PAGE + 1)
    assert read_text(archive, save(store, third)) == third


def test_a_text_is_kept_once_whichever_page_has_it(archive: sqlite3.Connection) -> None:
    store = TextStore(archive)
    assert save(store, b"{{copie}}", PAGE) == save(store, b"{{copie}}", PAGE + 1)
    assert archive.execute("SELECT sha1, size FROM texts").fetchall() == [(Sha1.of(b"{{copie}}").hex, 9)]


def test_a_text_above_the_limit_is_refused(archive: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="33,554,433 bytes"):
        save(TextStore(archive), bytes(texts.LARGEST_TEXT + 1))
    assert archive.execute("SELECT count(*) FROM texts").fetchone() == (0,)


# Bases are chosen well.


@pytest.mark.parametrize(("position", "base"), [(1, 0), (4, 0), (7, 6), (8, 4), (20, 16), (64, 0), (255, 254)])
def test_the_base_lies_a_power_of_four_below(position: int, base: int) -> None:
    assert texts.base_position(position) == base


def test_a_long_history_is_small_and_its_chains_are_short(archive: sqlite3.Connection) -> None:
    history = minutes(600)
    text_ids = saved(archive, history)
    assert max(len(chain_of(archive, text_id)) for text_id in text_ids) == 13
    assert [n for n, text_id in enumerate(text_ids) if base_of(archive, text_id) is None] == [0, 256, 512]
    (size,) = archive.execute("SELECT sum(length(frame)) FROM texts").fetchone()
    assert size * 50 < sum(map(len, history))


def test_pages_that_arrive_by_turns_build_upon_their_own_texts(archive: sqlite3.Connection) -> None:
    store = TextStore(archive)
    ours, theirs = minutes(20), [text.replace(b"Odile", b"Ma\xc3\xablle") for text in minutes(21)]
    pairs = [(save(store, a, PAGE), save(store, b, PAGE + 1)) for a, b in zip(ours, theirs, strict=False)]
    for position, (one, other) in enumerate(pairs[1:], 1):
        base = pairs[texts.base_position(position)]
        assert (base_of(archive, one), base_of(archive, other)) == base


def test_after_a_revert_the_next_text_builds_upon_what_was_restored(archive: sqlite3.Connection) -> None:
    store = TextStore(archive)
    good, better = minutes(2)
    restored = save(store, good)
    save(store, b"La page a disparu, et la suite est tout autre chose que des notes de plus." * 2)
    assert save(store, good) == restored
    assert base_of(archive, save(store, better)) == restored


def test_an_empty_text_is_no_base(archive: sqlite3.Connection) -> None:
    first, second = minutes(2)
    before, blank, after = saved(archive, [first, b"", second])
    assert base_of(archive, blank) == before
    assert base_of(archive, after) == before


def test_a_resumed_harvest_goes_on_from_the_latest_revision(archive: sqlite3.Connection) -> None:
    first, second, third = minutes(3)
    later, earlier = saved(archive, [second, first])
    add_revision(archive, later, 2018)
    add_revision(archive, earlier, 2017)
    assert base_of(archive, save(TextStore(archive), third)) == later


def test_after_a_rollback_texts_go_on_from_what_was_committed(archive: sqlite3.Connection) -> None:
    store = TextStore(archive)
    first, second, third = minutes(3)
    committed = save(store, first)
    add_revision(archive, committed, 2017)
    archive.execute("BEGIN")
    save(store, second)
    archive.execute("ROLLBACK")
    store.forget()
    assert base_of(archive, save(store, third)) == committed


def test_base_and_text_fit_into_the_window_up_to_the_largest_base(archive: sqlite3.Connection) -> None:
    noise = random.Random(8).randbytes(texts.LARGEST_BASE - 1)
    text_ids = saved(archive, [noise, noise[1:] + b"+", noise + b"++"])
    sizes = [row[0] for row in archive.execute("SELECT length(frame) FROM texts ORDER BY text_id")]
    assert sizes[1] < 20_000 < sizes[0]
    assert base_of(archive, text_ids[2]) is None
    assert all(isinstance(text, bytes) for _, text in read_texts(archive))


def test_the_cache_keeps_to_its_budget() -> None:
    cache = TextCache(3 * (100 + texts.ENTRY_BYTES))
    for letter in b"abcad":
        cache.put(chr(letter), bytes([letter]) * 100)
    assert [cache.get(letter) is not None for letter in "abcd"] == [True, False, True, True]
    cache.put("whale", bytes(100_000))
    assert cache.get("whale") is None


def test_reading_all_texts_decodes_each_frame_once(archive: sqlite3.Connection) -> None:
    saved(archive, minutes(300))
    queries: list[str] = []
    archive.set_trace_callback(queries.append)
    assert len(list(read_texts(archive))) == 300
    assert sum("AS BLOB" in query for query in queries) == 300


# The plain tool decodes it.


@pytest.mark.skipif(shutil.which("zstd") is None, reason="the zstd tool is not installed")
def test_the_plain_zstd_tool_decodes_every_frame(archive: sqlite3.Connection, tmp_path: Path) -> None:
    history = minutes(18)
    for text_id in saved(archive, history):
        frame, base_id = archive.execute("SELECT frame, base_id FROM texts WHERE text_id = ?", (text_id,)).fetchone()
        (tmp_path / f"{text_id}.zst").write_bytes(frame)
        patch = [f"--patch-from={base_id}", "--long=31"] if base_id else []
        subprocess.run(["zstd", "-dq", *patch, f"{text_id}.zst", "-o", f"{text_id}"], cwd=tmp_path, check=True)
    assert [(tmp_path / f"{number}").read_bytes() for number in range(1, 19)] == history


# Damage is told.

BOMB = texts.LARGEST_TEXT + 1


def streamed(size: int) -> bytes:
    """A frame of zeros that does not say how long it is."""
    compressor = zstd.ZstdCompressor()
    frame: bytes = compressor.compress(bytes(size)) + compressor.flush()
    return frame


DAMAGES = {
    "no frame": ("UPDATE texts SET frame = ? WHERE text_id = 3", b"plain", "frame of text 3"),
    "empty frame": ("UPDATE texts SET frame = ? WHERE text_id = 3", b"", "frame of text 3"),
    "cut frame": ("UPDATE texts SET frame = substr(frame, 1, ?) WHERE text_id = 2", 20, "frame of text 2"),
    "frame and more": ("UPDATE texts SET frame = frame || ? WHERE text_id = 3", streamed(99), "something follows"),
    "other base": ("UPDATE texts SET base_id = ? WHERE text_id = 3", 1, "SHA-1|frame of text 3"),
    "other text": ("UPDATE texts SET frame = (SELECT frame FROM texts WHERE text_id = ?), base_id = NULL, size = "
                   "(SELECT size FROM texts WHERE text_id = 1) WHERE text_id = 3", 1, "SHA-1"),
    "other hash": ("UPDATE texts SET sha1 = ? WHERE text_id = 3", "0" * 40, "SHA-1"),
    "other size": ("UPDATE texts SET size = ? WHERE text_id = 3", 5, "the archive 5"),
    "no size": ("UPDATE texts SET size = ? WHERE text_id = 3", "huge", "the archive 0"),
    "negative size": ("UPDATE texts SET size = ? WHERE text_id = 3", -1, "frame of text 3"),
    "frame of unknown length": ("UPDATE texts SET frame = ? WHERE text_id = 3", streamed(10**6), "claims None"),
    "huge frame": ("UPDATE texts SET frame = zeroblob(?) WHERE text_id = 3", 10**8, "too long"),
    "itself as base": ("UPDATE texts SET base_id = ? WHERE text_id = 3", 3, "base 3 of text 3"),
    "a cycle": ("UPDATE texts SET base_id = ? WHERE text_id = 1", 3, "base 3 of text 1"),
    "missing base": ("DELETE FROM texts WHERE text_id = ?", 2, "base 2 of text 3"),
    "missing text": ("DELETE FROM texts WHERE text_id = ?", 3, "no such text"),
    "oversized base": ("UPDATE texts SET size = ? WHERE text_id = 2", BOMB, "base 2 of text 3"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "value", "reason"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_text_is_told_and_built_upon_no_more(
    archive: sqlite3.Connection, damage: str, value: object, reason: str
) -> None:
    *history, following = minutes(4)
    saved(archive, history)
    add_revision(archive, 3, 2017)
    archive.execute(damage, (value,))
    with pytest.raises(DamagedText, match=reason) as caught:
        read_text(archive, 3)
    assert caught.value.text_id == 3
    assert read_text(archive, save(TextStore(archive), following)) == following


@pytest.mark.parametrize("size", [BOMB, 2**40], ids=["as the archive says", "beyond all memory"])
def test_a_bomb_takes_no_memory(archive: sqlite3.Connection, size: int) -> None:
    frame = zstd.compress(bytes(BOMB))
    archive.execute("INSERT INTO texts VALUES (1, 'bomb', ?, NULL, 0, ?)", (size, frame))
    tracemalloc.start()
    with pytest.raises(DamagedText, match="claims 33554433 bytes"):
        read_text(archive, 1)
    assert tracemalloc.get_traced_memory()[1] < 3 * 10**6
    tracemalloc.stop()


def zeros(window_log: int, claimed: int, blocks: int) -> bytes:
    """A frame by hand (RFC 8878): blocks of 128 KiB zeros in 4 bytes each, whatever its header claims."""
    header = b"\x28\xb5\x2f\xfd\x80" + bytes([window_log - 10 << 3]) + claimed.to_bytes(4, "little")
    block = (2**17 << 3 | 2).to_bytes(3, "little") + b"\0"
    return header + block * blocks


LIES = {
    "more follows": (zeros(18, 10**6, 999), "something follows"),
    "less follows": (zeros(18, 10**6, 1), "it is cut"),
    "wide window": (zeros(27, 10**6, 1), "too much memory"),
}


@pytest.mark.parametrize(("frame", "reason"), LIES.values(), ids=LIES)
def test_a_frame_that_lies_takes_no_more_than_it_claims(archive: sqlite3.Connection, frame: bytes, reason: str) -> None:
    archive.execute("INSERT INTO texts VALUES (1, 'bomb', 1000000, NULL, 0, ?)", (frame,))
    tracemalloc.start()
    with pytest.raises(DamagedText, match=reason):
        read_text(archive, 1)
    assert tracemalloc.get_traced_memory()[1] < 3 * 10**6
    tracemalloc.stop()


def test_a_chain_without_end_is_not_followed(archive: sqlite3.Connection) -> None:
    rows = [(n, f"{n}", n - 1 or None, n, b"") for n in range(1, 200)]
    archive.executemany("INSERT INTO texts VALUES (?, ?, 0, ?, ?, ?)", rows)
    with pytest.raises(DamagedText, match="base 135 of text 136"):
        read_text(archive, 199)


def test_reading_all_texts_tells_the_damaged_ones_apart(archive: sqlite3.Connection) -> None:
    history = minutes(6)
    saved(archive, history)
    archive.execute("UPDATE texts SET frame = x'00' WHERE text_id = 5")
    found = dict(read_texts(archive))
    assert [found[n] for n in (1, 2, 3, 4)] == history[:4]
    assert [str(found[n])[:17] for n in (5, 6)] == ["text 5 is damaged", "text 6 is damaged"]
