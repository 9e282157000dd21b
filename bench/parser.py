"""The parser: 300 pages of a French wiki to HTML, beside other parsers and MediaWiki itself, all in one run.

The peers are installed from PyPI and npm into folders of their own, kept in the user's cache.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from bench.harvest import CORPORA
from bench.measure import Run, median, run, table
from bench.pairs import gain, machine_gain
from tests.lab.installation import find_installation, user_cache
from tests.lab.wiki import Character, RealWiki

EKOPEDIA = CORPORA / "ekopedia-fr-history.xml.xz"
PAGES = 300
# Shorter ones are redirects and stubs.
SHORTEST = 1000
MAIN, TEMPLATE = "0", "10"
CALL = re.compile(r"\{\{\s*([^{}|<>\[\]#:\n]+)")
RUNS = 3
# So often the pages are read where processes share the machine: some seconds.
REPEATED = 2

COMPOSER = """
import json, sys
import mwparserfromhell
from mwcomposerfromhell import ArticleResolver, Namespace, WikicodeToHtmlComposer
sys.setrecursionlimit(5000)
articles = json.loads(next(sys.stdin))["articles"]
resolver = ArticleResolver()
resolver.add_namespace("Modèle", Namespace({name.partition(":")[2]: mwparserfromhell.parse(text)
                                             for name, text in articles.items()}))
for line in sys.stdin:
    try:
        WikicodeToHtmlComposer(resolver=resolver, red_links=True).compose(
            mwparserfromhell.parse(json.loads(line)["wikitext"]))
    except Exception as error:
        print(error, file=sys.stderr)
"""
NODE = """
const Parser = require('wikiparser-node');
const lines = require('fs').readFileSync(0, 'utf8').trim().split('\\n').map(line => JSON.parse(line));
for (const [name, text] of Object.entries(lines[0].articles)) Parser.templates.set('Template:' + name.slice(7), text);
for (const page of lines.slice(1)) Parser.parse(page.wikitext, false, undefined, undefined, page.title).toHtml();
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Of all pages: processor and wall time in seconds, start-up apart; the largest process in MB."""

    name: str
    cpu: float
    wall: float
    memory: float

    def row(self) -> tuple[str, ...]:
        return (self.name, f"{PAGES / self.cpu:.0f}", f"{self.cpu:.2f}", f"{self.wall:.2f}", f"{self.memory:.0f}")


def measure() -> str:
    """A Markdown table, and what a second process brings."""
    header, questions = _material()
    ours = [str(Path(sys.executable).parent / "wikicompost"), "render", "--jsonl"]
    figures = [
        _figure("wikicompost render --jsonl", ours, header, questions),
        _figure("mwcomposerfromhell", [str(_composer()), "-c", COMPOSER], header, questions),
        _figure("wikiparser-node", ["node", "-e", NODE], header, questions, cwd=_node()),
        _mediawiki(header, questions),
    ]
    rows = table(("300 pages", "pages/s of CPU", "CPU s", "wall s", "peak MB"), (figure.row() for figure in figures))
    two = gain(ours, f"{header}\n{questions[0]}", questions * REPEATED)
    return (
        f"{rows}\n\nTwo processes, start-up apart: {two:.2f} times the pages of one in the same time;"
        f" of a loop that shares nothing {machine_gain(len(questions) * REPEATED):.2f} times as many turns"
    )


def _material() -> tuple[str, list[str]]:
    """The header with the templates that the pages call, and one line a page."""
    texts: dict[str, dict[str, str]] = {MAIN: {}, TEMPLATE: {}}
    with lzma.open(EKOPEDIA) as stream:
        for space, title, text in _current(stream):
            if space in texts:
                texts[space][title] = text
    long = [(title, text) for title, text in texts[MAIN].items() if len(text) >= SHORTEST]
    chosen = long[:: max(1, len(long) // PAGES)][:PAGES]
    called = {f"Modèle:{name.strip()}" for _, text in chosen for name in CALL.findall(text)}
    articles = {title: text for title, text in texts[TEMPLATE].items() if title in called}
    names = {"-2": "Média", "-1": "Spécial", "0": "", "6": "Fichier", "10": "Modèle", "14": "Catégorie"}
    canonical = {"-2": "Media", "-1": "Special", "0": "", "6": "File", "10": "Template", "14": "Category"}
    namespaces = {n: {"id": int(n), "name": names[n], "canonical": canonical[n], "case": "first-letter"} for n in names}
    siteinfo = {"general": {"lang": "fr"}, "namespaces": namespaces, "namespacealiases": []}
    header = {"articles": articles, "siteinfo": siteinfo}
    return json.dumps(header), [json.dumps({"id": t, "title": t, "wikitext": text}) for t, text in chosen]


def _current(stream: IO[bytes]) -> Iterator[tuple[str, str, str]]:
    """Namespace, title and last text of every page."""
    for _, page in etree.iterparse(stream, tag="{*}page", huge_tree=True):
        last = page.findall("{*}revision")[-1]
        space, title, text = page.findtext("{*}ns"), page.findtext("{*}title"), last.findtext("{*}text")
        yield space or MAIN, title or "", text or ""
        page.clear()
        parent = page.getparent()
        if parent is not None:
            del parent[: parent.index(page)]


def _figure(name: str, command: Sequence[str], header: str, questions: list[str], cwd: Path | None = None) -> Figure:
    """The median of some runs, less that of runs on one page."""
    idle = [_run(command, [header, questions[0]], cwd) for _ in range(RUNS)]
    full = [_run(command, [header, *questions], cwd) for _ in range(RUNS)]
    cpu, wall = (median(full, figure) - median(idle, figure) for figure in ("cpu", "wall"))
    return Figure(name, cpu, wall, max(finished.memory for finished in full))


def _run(command: Sequence[str], lines: list[str], cwd: Path | None = None) -> Run:
    """Raises RuntimeError when the command fails."""
    with tempfile.TemporaryFile() as given:
        given.write("\n".join(lines).encode())
        given.seek(0)
        finished = run(command, cwd, given=given)
    if finished.status:
        raise RuntimeError(f"{command[0]} ended with status {finished.status}: its figure would mean nothing")
    return finished


def _mediawiki(header: str, questions: list[str]) -> Figure:
    """``action=parse`` of a real MediaWiki, one request after the other; PHP's server counts as one process."""
    articles = json.loads(header)["articles"]
    with tempfile.TemporaryDirectory() as name:
        wiki = RealWiki.install(find_installation("1.39"), Path(name), Character())
        with wiki:
            visitor = wiki.api("Admin")
            for title, text in articles.items():
                visitor.do("edit", title=title, text=text)
            pages = [json.loads(question) for question in questions]
            settings: dict[str, str | int] = {"contentmodel": "wikitext", "prop": "text", "disablelimitreport": 1}
            visitor.post("parse", text="x", title="Essai", **settings)
            began, spent = time.perf_counter(), _processor_time(wiki)
            for page in pages:
                visitor.post("parse", text=page["wikitext"], title=page["title"], **settings)
            return Figure("MediaWiki 1.39, action=parse", _processor_time(wiki) - spent, time.perf_counter() - began, 0)


def _processor_time(wiki: RealWiki) -> float:
    """Seconds that the processes of a wiki's server have used."""
    group = wiki.server.pid if wiki.server else 0
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _composer() -> Path:
    """A Python that has mwcomposerfromhell, made on first use."""
    folder = user_cache() / "mwcomposerfromhell"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "mwcomposerfromhell", "mwparserfromhell"], check=True
        )
    return python


def _node() -> Path:
    """A folder that has wikiparser-node, made on first use."""
    folder = user_cache() / "wikiparser-node"
    if not (folder / "node_modules" / "wikiparser-node").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), "wikiparser-node"], check=True)
    return folder
