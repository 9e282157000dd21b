"""The site: pages a second of processor time and memory, from the wiki's own renderings and from wikitext.

The pages are those of the big wiki of ``bench harvest``: 1,000 of its articles, then the same ten and a hundred times.
Each site is written three times: into an empty folder, over itself, and into another folder that must become the same.
All stay until the end (some 20 GB): where many files were taken away in the last five minutes, an ext4 without journal
looks long for room, and the kernel takes several times as much as all else. Wait after tests, and after a run of this.
"""

from __future__ import annotations

import filecmp
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.harvest import big_wiki
from bench.measure import run, table
from bench.repeating import cut, repeat
from converters.parse import parse
from scraper.archive import Archive
from tests.lab.installation import user_cache

PAGES = 1000
TIMES = (1, 10, 100)
DOORS = ("rendered", "wikitext")
COMMAND = [sys.executable, "-c", "from scraper.cli import main; main()"]


def measure() -> str:
    """A Markdown table."""
    head = (
        "door",
        "pages",
        "pages/s of CPU",
        "CPU s",
        "of which kernel",
        "peak MB",
        "files",
        "files written again",
        "rebuilt the same",
    )
    return table(head, _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as name:
        for door in DOORS:
            for times in TIMES:
                folder = Path(name) / f"{door}-{times}"
                _prepare(folder, door, times)
                yield _row(folder, door)


def _row(folder: Path, door: str) -> tuple[str, ...]:
    with Archive.read(folder) as archive:
        (pages,) = archive.connection.execute("SELECT count(*) FROM pages").fetchone()
    idle = run([*COMMAND, "export", "site", "--help"])
    first = run([*COMMAND, "export", "site", "--quiet", str(folder)])
    times = _times(folder / "site")
    run([*COMMAND, "export", "site", "--quiet", str(folder)])
    again = sum(times[path] != time for path, time in _times(folder / "site").items())
    (folder / "site").rename(folder / "before")
    run([*COMMAND, "export", "site", "--quiet", str(folder)])
    same = "yes" if _are_same(folder / "before", folder / "site") else "no"
    spent = first.cpu - idle.cpu
    return (
        door,
        f"{pages:,}",
        f"{pages / spent:.0f}",
        f"{spent:.1f}",
        f"{first.system:.1f}",
        f"{first.memory:.0f}",
        f"{len(times):,}",
        f"{again:,}",
        same,
    )


def _times(site: Path) -> dict[str, int]:
    """When each file was written, in nanoseconds."""
    return {str(path): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def _are_same(one: Path, other: Path) -> bool:
    waiting = [filecmp.dircmp(one, other, ignore=[], hide=[])]
    while waiting:
        pair = waiting.pop()
        _, differing, unreadable = filecmp.cmpfiles(pair.left, pair.right, pair.common_files, shallow=False)
        if pair.left_only or pair.right_only or differing or unreadable:
            return False
        waiting += pair.subdirs.values()
    return True


def _prepare(folder: Path, door: str, times: int) -> None:
    shutil.copytree(_material(), folder)
    with Archive.open(folder) as archive:
        cut(archive, PAGES)
        if door == "wikitext":
            with archive.transaction():
                archive.connection.execute("DELETE FROM renderings")
            parse(archive)
        repeat(archive, times)


def _material() -> Path:
    """An archive of the big wiki with all its renderings, harvested once and kept (ten minutes)."""
    folder = user_cache() / "bench-site"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        with big_wiki() as wiki:
            options = ("--no-files", "--delay", "0", "--quiet")
            subprocess.run([*COMMAND, "harvest", wiki.url, "--to", str(folder), *options], check=True)
        with Archive.open(folder) as archive:
            parse(archive)
        sqlite3.connect(folder / "archive.db").execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (folder / "ready").touch()
    return folder
