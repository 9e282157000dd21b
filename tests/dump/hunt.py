"""Dumps damaged at random, harvested: ``python -m tests.dump.hunt --seconds 900 --seed 1 [DUMP]...``.

Whatever was done to a dump, the harvest ends with an archive or with one line for a person. Pages before the damage,
and from the second one behind it on, are as in the whole dump; where a revision is missing, or a text is another, the
archive says that it is short. What fails is printed with its number, from which it can be made again.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scraper.archive import ArchiveError
from scraper.sources import UnusableSource
from scraper.sources.dump.compression import unpacked
from tests.dump.reading import ROOT, harvest
from tests.dump.test_bytes import PACKERS

SAMPLE = ROOT / "data" / "sample" / "wiki.xml"
LARGEST = 600_000  # bytes of a dump; of larger ones the first pages are taken
PAGE = re.compile(rb"<page>.*?</page>\s*", re.DOTALL)
SECONDS = 60
MOST_MEMORY = 300  # MB
HELD = """
    SELECT r.rev_id, p.title, t.sha1 FROM revisions r JOIN pages p USING (page_id) LEFT JOIN texts t USING (text_id)
"""
MESSAGES = (
    b"<br />\n<b>Fatal error</b>: Allowed memory size exhausted",
    b"\nWarning: mysql_query(): gone away & lost",
    b"&nbsp;",
    b"<!DOCTYPE html>",
)
HIDING = (b"<!--", b"<!-- a -- b", b"<![CDATA[", b"<?php ", b'<text bytes="12>', b"<page id='", b"<revision ")
VALUES = {
    b"id": (b"-5", b"0", b"12345678901234567890", b"", b"1e5", b"\xd9\xa1"),
    b"timestamp": (b"0000-00-00T00:00:00Z", b"99999-01-01T00:00:00Z", b"2020-02-31T25:00:00Z", b"", b"20200101000000"),
    b"title": (b"", b" ", b"a" * 2_000_000, b":", b"|", b"../../x", b"a\nb"),
    b"sha1": (b"0" * 31, b"z" * 31, b"?", b"f" * 40),
    b"ns": (b"-9", b"99999999999999999999", b"x"),
    b"parentid": (b"-1", b"99999999999999999999", b"x"),
    b"model": (b"", b"flow-board", b"a" * 9000),
    b"username": (b"", b"u" * 90_000),
    b"comment": (b"c" * 3_000_000,),
}
# What a dump says of its encoding, and what it is.
CODED = (
    ("", "utf-16"),
    ("", "utf-16-be"),
    ("", "utf-8-sig"),
    ("utf-16", "utf-8"),
    ("utf-16", "utf-16-le"),
    ("utf-8", "latin-1"),
    ("iso-8859-1", "utf-8"),
    ("x-user-defined", "utf-8"),
)
Held = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Damaged:
    """``first`` and ``last`` are the bytes of the whole dump between which the damage lies."""

    content: bytes
    first: int
    last: int


Damage = Callable[[bytes, Random], Damaged]


def _put(dump: bytes, first: int, last: int, piece: bytes) -> Damaged:
    return Damaged(dump[:first] + piece + dump[last:], first, last)


def _range(dump: bytes, random: Random, longest: int = 3000) -> tuple[int, int]:
    first = random.randrange(len(dump))
    return first, min(len(dump), first + random.randrange(1, longest))


def _cut(dump: bytes, random: Random) -> Damaged:
    return _put(dump, random.randrange(1, len(dump)), len(dump), b"")


def _cut_in_tag(dump: bytes, random: Random) -> Damaged:
    tag = random.choice(list(re.finditer(rb"<[^>]+>", dump)))
    return _put(dump, random.randrange(tag.start() + 1, tag.end()), len(dump), b"")


def _without_end(dump: bytes, random: Random) -> Damaged:
    return _put(dump, dump.rindex(b"</mediawiki>"), len(dump), b"")


def _flip(dump: bytes, random: Random) -> Damaged:
    place = random.randrange(len(dump))
    return _put(dump, place, place + 1, bytes([dump[place] ^ 1 << random.randrange(8)]))


def _nul(dump: bytes, random: Random) -> Damaged:
    place = random.randrange(len(dump))
    return _put(dump, place, place, bytes(random.choice((1, 1, 7, 600))))


def _hole(dump: bytes, random: Random) -> Damaged:
    first, last = _range(dump, random)
    return _put(dump, first, last, bytes(last - first))


def _lost(dump: bytes, random: Random) -> Damaged:
    return _put(dump, *_range(dump, random), b"")


def _doubled(dump: bytes, random: Random) -> Damaged:
    first, last = _range(dump, random)
    return _put(dump, last, last, dump[first:last])


def _noise(dump: bytes, random: Random) -> Damaged:
    first, last = _range(dump, random)
    return _put(dump, first, last, random.randbytes(last - first))


def _swapped(dump: bytes, random: Random) -> Damaged:
    """A tag in the place of another."""
    tags = list(re.finditer(rb"</?\w+[^>]*>", dump))
    one, other = random.choice(tags), random.choice(tags)
    return _put(dump, one.start(), one.end(), other[0])


def _message(dump: bytes, random: Random) -> Damaged:
    """What PHP writes into its answer."""
    place = random.choice([found.start() for found in re.finditer(rb"\n *<", dump)])
    return _put(dump, place, place, random.choice(MESSAGES))


def _found(pattern: bytes, dump: bytes) -> list[re.Match[bytes]]:
    """Where it stands; the end of a dump that is without it."""
    return list(re.finditer(pattern + b"|\\Z", dump, re.DOTALL))


def _odd(dump: bytes, random: Random) -> Damaged:
    """A value that no wiki writes in the place of another."""
    kind = random.choice(list(VALUES))
    place = random.choice(_found(rb"<%s\b[^>]*>[^<]*</%s>" % (kind, kind), dump))
    return _put(dump, place.start(), place.end(), b"<%s>%s</%s>" % (kind, random.choice(VALUES[kind]), kind))


def _without(dump: bytes, random: Random) -> Damaged:
    """An element that every dump has."""
    kind = random.choice((b"id", b"title", b"timestamp", b"contributor", b"text", b"siteinfo", b"ns"))
    place = random.choice(_found(rb"<%s\b[^>]*>.*?</%s>" % (kind, kind), dump))
    return _put(dump, place.start(), place.end(), random.choice((b"", b"<%s/>" % kind)))


def _moved(dump: bytes, random: Random) -> Damaged:
    """Two blocks change places, as on a damaged disk; or something stands where it does not belong."""
    size = random.choice((512, 4096, 2**16))
    blocks = [dump[start : start + size] for start in range(0, len(dump), size)]
    one, other = random.randrange(len(blocks)), random.randrange(len(blocks))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    first, last = sorted((one, other))
    return Damaged(b"".join(blocks), first * size, min(len(dump), (last + 1) * size))


def _nested(dump: bytes, random: Random) -> Damaged:
    """A page, a revision or the siteinfo in the middle of something else."""
    kind = random.choice((b"page", b"revision", b"siteinfo", b"contributor"))
    piece = random.choice(_found(rb"<%s>.*?</%s>" % (kind, kind), dump))[0]
    place = random.choice(_found(b"<", dump)).start()
    return _put(dump, place, place, piece)


def _hiding(dump: bytes, random: Random) -> Damaged:
    """What hides all that follows, until it ends."""
    place = random.choice([found.start() for found in re.finditer(rb"<|\n", dump)])
    return _put(dump, place, place, random.choice(HIDING))


def _twice(dump: bytes, random: Random) -> Damaged:
    """Two dumps in one file."""
    return _put(dump, len(dump), len(dump), dump)


def _anonymous(dump: bytes, random: Random) -> Damaged:
    """Without siteinfo."""
    return Damaged(re.sub(rb"<siteinfo>.*?</siteinfo>", b"", dump, flags=re.DOTALL), len(dump), len(dump))


def _coded(dump: bytes, random: Random) -> Damaged:
    """In another encoding, with or without a mark, or under a wrong name."""
    text = dump.decode("utf-8", "replace")
    declared, encoding = random.choice(CODED)
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return Damaged((head + text).replace("\n", random.choice(("\n", "\r\n"))).encode(encoding, "replace"), 0, len(dump))


DAMAGES: tuple[Damage, ...] = (
    _cut, _cut_in_tag, _without_end, _flip, _flip, _flip, _nul, _hole, _lost, _doubled, _noise, _swapped, _message,
    _hiding, _hiding, _odd, _odd, _odd, _without, _moved, _nested, _twice, _anonymous, _coded,
)  # fmt: skip


def damaged(dump: bytes, random: Random) -> tuple[str, Damaged]:
    """One damage, or two that follow each other."""
    damage = random.choice(DAMAGES)
    done = damage(dump, random)
    if random.random() < 0.2 and len(done.content) > 2000:
        again = random.choice((_flip, _lost, _cut))
        more = again(done.content, random)
        return f"{damage.__name__} {again.__name__}", Damaged(more.content, 0, len(dump))
    return damage.__name__, done


def first_pages(path: Path) -> bytes:
    """So many pages of a dump as LARGEST allows, and its end."""
    dump = b""
    with unpacked(str(path)) as chunks:
        for chunk in chunks:
            dump += chunk
            if len(dump) > 4 * LARGEST:
                break
    pages = [found for found in PAGE.finditer(dump) if found.end() < LARGEST or found.end() - found.start() < 20_000]
    head = dump[: pages[0].start()] if pages else dump
    kept: list[bytes] = []
    for page in pages:
        if len(head) + sum(map(len, kept)) + len(page[0]) < LARGEST:
            kept.append(page[0])
    if not kept:  # one long page
        head = head[: head.rindex(b"</revision>", 0, LARGEST)] + b"</revision></page>\n"
    return head + b"".join(kept) + b"</mediawiki>\n"


def held(folder: Path) -> tuple[Held, bool]:
    """The revisions of an archive, and whether it says that it is short."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        rows = {rev_id: (title, sha1) for rev_id, title, sha1 in connection.execute(HELD)}
        short = connection.execute("SELECT count(*) FROM problems WHERE severity = 'short'").fetchone()[0]
    return rows, bool(short)


def safe(dump: bytes, done: Damaged) -> set[int]:
    """The revisions of the pages before the damage, and from the second page behind it on."""
    pages = list(PAGE.finditer(dump))
    before = [page for page in pages if page.end() <= done.first]
    behind = [page for page in pages if page.start() >= done.last][1:] if done.last < len(dump) else []
    found = (re.findall(rb"<revision>\s*<id>(\d+)</id>", page[0]) for page in (*before, *behind))
    return {int(rev_id) for ids in found for rev_id in ids}


class Hunt:
    """Dumps by name, with what the archives of the whole ones hold."""

    def __init__(self, paths: list[Path], folder: Path) -> None:
        self._folder = folder
        self._dumps: list[tuple[str, bytes, Held]] = []
        for path in paths:
            dump = first_pages(path)
            self._dumps.append((path.name, dump, self._harvested(dump, "", True)[0]))

    def trial(self, number: int) -> Iterator[str]:
        """What is wrong about the trial of that number."""
        random = Random(number)
        name, dump, whole = random.choice(self._dumps)
        how, done = damaged(dump, random)
        suffix = random.choice(list(PACKERS))
        packed = PACKERS[suffix](done.content)
        is_packed_damaged = bool(suffix) and random.random() < 0.3
        if is_packed_damaged:
            packed = random.choice((_flip, _cut, _hole))(packed, random).content
        began = time.monotonic()
        try:
            found, is_short = self._harvested(packed, suffix)
        except (UnusableSource, ArchiveError) as error:
            found, is_short = {}, True
            if not is_packed_damaged and how not in ("_coded",) and done.first > 3000:
                yield f"{name} {how}{suffix}: refused: {error}"
        except Exception:
            yield f"{name} {how}{suffix}: {traceback.format_exc()}"
            return
        if time.monotonic() - began > SECONDS:
            yield f"{name} {how}{suffix}: took {time.monotonic() - began:.0f} s"
        if is_packed_damaged:
            done = Damaged(done.content, 0, len(dump))
        lost = sorted(one for one in whole if found.get(one) != whole[one])
        far = sorted(safe(dump, done) & set(lost)) if is_short and found else []
        if far:
            yield f"{name} {how}{suffix} at {done.first}-{done.last}: far from the damage: {far[:5]} of {len(far)}"
        missing = [one for one in lost if one not in found or (found[one][1] or "") != (whole[one][1] or "")]
        # Without SHA-1 nothing tells that a text was another; what is cut out between two like places leaves no trace.
        if missing and not is_short and b"<sha1>" in dump and "_lost" not in how:
            yield f"{name} {how}{suffix} at {done.first}-{done.last}: silent: {missing[:5]} of {len(missing)}"

    def _harvested(self, packed: bytes, suffix: str, must_be_whole: bool = False) -> tuple[Held, bool]:
        given, folder = self._folder / f"dump.xml{suffix}", self._folder / "archive"
        given.write_bytes(packed)
        shutil.rmtree(folder, ignore_errors=True)
        is_complete = harvest(given, folder)
        assert is_complete or not must_be_whole
        found, is_short = held(folder)
        return found, is_short or not is_complete


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("dumps", nargs="*", type=Path, default=[SAMPLE])
    wanted = options.parse_args()
    end, trials, failures = time.monotonic() + wanted.seconds, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        hunt = Hunt(wanted.dumps or [SAMPLE], Path(folder))
        while time.monotonic() < end:
            number = wanted.seed * 1_000_000 + trials
            for failure in hunt.trial(number):
                failures += 1
                print(f"{number}: {failure}", flush=True)
            trials += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{trials:,} damaged dumps, {failures:,} failures, {memory:.0f} MB at most")
    sys.exit(bool(failures) or memory > MOST_MEMORY)


if __name__ == "__main__":
    main()
