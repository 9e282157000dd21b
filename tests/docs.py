"""What the docs say of the code, made from the code: `make docs` writes it, `make lint` checks it."""

from __future__ import annotations

import configparser
import inspect
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click

from scraper import schema
from scraper.cli import main
from scraper.problems import CODES
from scraper.sources import SOURCES

ROOT = Path(__file__).parents[1]

# Why each dependency is there; a dependency without a reason fails the docs check.
REASONS = {
    "scrapy": "harvest: requests, politeness, retries, cookies, robots.txt",
    "mwparserfromhell": "structure of wikitext: template calls and their parameters",
    "lxml": "HTML and XML trees; reading dumps as a stream",
    "sqlite-utils": "upserts of rows into the archive",
    "nh3": "sanitising: no HTML is written that did not pass it",
    "rapidfuzz": "differences between versions: 20,000 changed lines in 0.2 s, where difflib takes minutes",
    "jinja2": "templates of the static site",
    "markupsafe": "HTML and words that cannot be mixed up (Jinja2's neighbour already)",
    "click": "the command line (Scrapy's and sqlite-utils' neighbour already)",
    "rich": "progress on a terminal",
    "pygments": "source code in pages, coloured as SyntaxHighlight does",
    "brotli": "captures whose answers were compressed with Brotli (Scrapy's neighbour already)",
    "backports.zstd": "history as zstd frames; Python 3.14 has it built in",
    "py7zr": "extra `7z`: dumps compressed with 7-Zip",
    "lupa": "extra `lua`: modules of templates (`#invoke`), run within limits",
    "latex2mathml": "extra `math`: formulas as MathML",
    "datasette": "extra `datasette`: questions to the archive in a browser",
}


def commands() -> str:
    """A table of all commands with what they do."""
    rows = [f"| `wikicompost {name}` | {first_line(command)} |" for name, command in walk(main)]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def walk(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from walk(command, f"{prefix}{name} ")
        else:
            usage = " ".join(argument_words(command))
            yield f"{prefix}{name} {usage}".strip(), command


def argument_words(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            word = parameter.make_metavar(click.Context(command))
            yield word


def first_line(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").splitlines()[0]


def sources() -> str:
    """A table of what can be archived."""
    rows = [f"| {source.name} | {source.about} |" for source in SOURCES.values()]
    return "\n".join(["| source | what it reads |", "|---|---|", *rows])


def dependencies() -> str:
    """A table of the dependencies in setup.cfg, each with its reason."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    wanted = config["options"]["install_requires"].split("\n")
    extras = config["options.extras_require"]
    wanted += [line for name in ("7z", "datasette", "lua", "math") for line in extras[name].split("\n")]
    names = [line.split(">")[0].strip() for line in wanted if line.strip()]
    rows = [f"| {name} | {REASONS[name]} |" for name in names]
    return "\n".join(["| package | why |", "|---|---|", *rows])


def problems() -> str:
    """A table of the kinds of problems."""
    rows = [f"| `{name}` | {code.severity} | {code.meaning}. {code.advice} |" for name, code in CODES.items()]
    return "\n".join(["| code | severity | meaning |", "|---|---|---|", *rows])


def tables() -> str:
    """All tables and views of ``archive.db`` with their columns, in their own words."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    parts = []
    for table in schema.describe(connection):
        parts += [f"### {table.name}", table.about, "", "| column | |", "|---|---|"]
        parts += [f"| `{name}` | {text} |" for name, text in table.columns.items()]
        parts.append("")
    return "\n".join(parts).rstrip()
