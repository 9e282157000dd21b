"""The site: pages a second of processor time and memory, from the wiki's own renderings and from wikitext.

The pages are those of the big wiki of ``bench harvest``: 1,000 of its articles, then the same ten and a hundred times.
Each site is written three times: into an empty folder, over itself, and into another folder that must become the same.
All stay until the end (some 20 GB): where many files were taken away in the last five minutes, an ext4 without journal
looks long for room, and the kernel takes several times as much as all else. Wait after tests, and after a run of this.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
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
    files = _files(folder / "site")
    began = time.time_ns()
    run([*COMMAND, "export", "site", "--quiet", str(folder)])
    again = _files(folder / "site", began)
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
        f"{files:,}",
        f"{again:,}",
        same,
    )


def _files(site: Path, since: int = 0) -> int:
    """How many there are that were written since then, in nanoseconds."""
    return sum(path.is_file() and path.stat().st_mtime_ns >= since for path in site.rglob("*"))


def _are_same(one: Path, other: Path) -> bool:
    command = ["diff", "--recursive", "--brief", str(one), str(other)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


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
