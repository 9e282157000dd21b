"""A living wiki, harvested without renderings and files, beside wikiteam3: requests, wall time, memory.

The wiki is a real MediaWiki 1.39 with VoLAB and Ékopédia imported (6,547 pages, 8,162 revisions), kept in the user's
cache after the first time (a few minutes). wikiteam3 comes from PyPI into a virtual environment of its own there.
"""

from __future__ import annotations

import lzma
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from bench.measure import Run, median, run, table
from tests.lab.installation import find_installation, user_cache
from tests.lab.wiki import Character, RealWiki

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
DUMPS = ("volab-fr-mediawiki-1.39-history.xml.xz", "ekopedia-fr-history.xml.xz")
RUNS = 3


def measure() -> str:
    """A Markdown table of the medians and their ratio."""
    wikiteam = _wikiteam()
    with big_wiki() as wiki, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = [(_ours(wiki, folder / f"ours{n}"), _theirs(wikiteam, wiki, folder)) for n in range(RUNS + 1)]
        requests = _requests(folder / "ours1")
    ours, theirs = [list(runs[1:]) for runs in zip(*pairs, strict=True)]  # the first pair warms the wiki's caches
    rows = [_row("wikicompost harvest", ours, str(requests)), _row("wikiteam3 --xmlrevisions", theirs, "")]
    ratio = median(ours, "wall") / median(theirs, "wall")
    return table(("tool", "wall s", "CPU s", "peak MB", "requests"), rows) + f"\n\nwall ratio {ratio:.2f}"


def _row(name: str, runs: list[Run], requests: str) -> tuple[str, ...]:
    figures = (f"{median(runs, 'wall'):.1f}", f"{median(runs, 'cpu'):.1f}", f"{median(runs, 'memory'):.0f}")
    return (name, *figures, requests)


def _ours(wiki: RealWiki, folder: Path) -> Run:
    program = str(Path(sys.executable).parent / "wikicompost")
    options = ("--no-renderings", "--no-files", "--delay", "0", "--quiet")
    return _checked(run([program, "harvest", wiki.url, "--to", str(folder), *options]), "wikicompost")


def _theirs(program: Path, wiki: RealWiki, folder: Path) -> Run:
    target = folder / "wikiteam"
    shutil.rmtree(target, ignore_errors=True)
    options = ("--xml", "--xmlrevisions", "--delay", "0", "--force")  # without it, archive.org is asked first
    command = [str(program), "--api", wiki.api_url, "--index", wiki.index_url, "--path", str(target), *options]
    return _checked(run(command), "wikiteam3")


def _checked(finished: Run, name: str) -> Run:
    if finished.status:
        raise RuntimeError(f"{name} ended with status {finished.status}: its figure would mean nothing")
    return finished


def _requests(folder: Path) -> int:
    connection = sqlite3.connect(folder / "archive.db")
    return int(connection.execute("SELECT requests FROM harvests").fetchone()[0])


def big_wiki() -> RealWiki:
    """The big wiki, imported once and kept."""
    installation = find_installation("1.39")
    folder = user_cache() / f"bench-wiki-{installation.version}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        wiki = RealWiki.install(installation, folder, Character("Banc d'essai", "fr"))
        for name in DUMPS:
            _import(wiki, CORPORA / name)
        wiki.maintenance("rebuildrecentchanges")
        wiki.maintenance("initSiteStats", "--update")
        (folder / "ready").touch()
    # MediaWiki's own default; the lab's is small, to try what lies above it.
    settings: dict[str, object] = {"wgAPIMaxResultSize": 8 * 2**20}
    return RealWiki(installation, folder, Character("Banc d'essai", "fr", settings=settings))


def _import(wiki: RealWiki, dump: Path) -> None:
    with tempfile.NamedTemporaryFile(suffix=".xml") as plain, lzma.open(dump) as packed:
        shutil.copyfileobj(packed, plain)
        plain.flush()
        wiki.maintenance("importDump", "--quiet", "--no-updates", "--username-prefix=", plain.name)


def _wikiteam() -> Path:
    """wikiteam3's command, installed on first use."""
    folder = user_cache() / "wikiteam3"
    program = folder / "bin" / "wikiteam3dumpgenerator"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "wikiteam3"], check=True)
    return program
