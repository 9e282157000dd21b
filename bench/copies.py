"""Frozen copies and captures: HTML pages and megabytes a second, and memory, beside what reading the bare files costs.

Each container is first only opened and every answer in it unpacked; then the whole command reads it into an archive,
in both of its passes. Recorded wikis are multiplied, so that start-up does not count.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import scraper
from bench.harvest import CORPORA
from bench.measure import Run, run, table

RECORDINGS = CORPORA.parent / "recordings"
TIMES = 8  # a recorded wiki in one WARC file
UNPACK = """
import sys
from pathlib import Path
from scraper.problems import Problem
from scraper.sources.captured.containers import captures_at, copy_at, holds_captures
from scraper.sources.captured.heads import HTML
path, answers, pages, size = Path(sys.argv[1]), 0, 0, 0
for container in captures_at(path) if holds_captures(path) else copy_at(path):
    for item in container.items():
        if not isinstance(item, Problem):
            answers, pages, size = answers + 1, pages + bool(HTML.match(item.head)), size + len(item.head)
            while block := item.body.read(2**20):
                size += len(block)
print(answers, pages, size)
"""
COPIES = (
    "frozen-wikisocion-html",
    "frozen-x3wiki-en-sample",
    "frozen-openems-wiki-html",
    "frozen-nimportequoipedia-html",
)


def measure() -> str:
    """A Markdown table."""
    compileall.compile_dir(Path(scraper.__file__).parent, quiet=1)  # as it is in an installed program
    head = ("source", "files", "of them HTML", "MB", "unpacked: MB/s", "HTML pages/s of CPU", "wall s", "peak MB")
    return table(head, _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as name:
        for copy in COPIES:
            folder = Path(name) / copy
            folder.mkdir()
            subprocess.run(["tar", "xf", CORPORA / f"{copy}.tar.xz", "-C", folder], check=True)
            yield _row(copy, folder, Path(name) / f"{copy}-archive")
        for recording in sorted(RECORDINGS.glob("*.warc.gz"))[-1:]:
            many = Path(name) / "many.warc.gz"
            many.write_bytes(recording.read_bytes() * TIMES)
            yield _row(f"{recording.name}, {TIMES} times", many, Path(name) / "warc-archive")


def _row(name: str, source: Path, archive: Path) -> tuple[str, ...]:
    answers, pages, size = _size(source)
    bare = run([sys.executable, "-c", ""])
    unpacked = run([sys.executable, "-c", UNPACK, str(source)])
    whole = _wikicompost("harvest", str(source), "--to", str(archive))
    seconds = max(unpacked.cpu - bare.cpu, 0.001)
    return (
        name,
        f"{answers:,}",
        f"{pages:,}",
        f"{size / 1e6:.0f}",
        f"{size / 1e6 / seconds:.0f}",
        f"{pages / whole.cpu:.0f}",
        f"{whole.wall:.1f}",
        f"{whole.memory:.0f}",
    )


def _wikicompost(*arguments: str) -> Run:
    return run([sys.executable, "-c", "from scraper.cli import main; main()", *arguments])


def _size(source: Path) -> tuple[int, int, int]:
    """Answers, those that are HTML, and the bytes of all unpacked."""
    done = subprocess.run([sys.executable, "-c", UNPACK, source], capture_output=True, text=True, check=True)
    answers, pages, size = map(int, done.stdout.split())
    return answers, pages, size
