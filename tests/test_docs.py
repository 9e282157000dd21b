"""The README cannot lie: what it tells people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from scraper.cli import main

ROOT = Path(__file__).parents[1]
COMMAND_LINES = [
    line
    for path in (ROOT / "README.md", ROOT / "data" / "README.md")
    for block in re.findall(r"```(?:sh|console)?\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if re.match(r"(\S*/)?wikicompost ", line)
]


def test_there_are_commands_to_check() -> None:
    assert COMMAND_LINES


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_commands_in_the_docs_exist(line: str) -> None:
    words = shlex.split(line.partition("#")[0].partition(">")[0].partition("|")[0])[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words:
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "--version"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


def test_make_targets_in_the_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    assert {first or second for first, second in named} <= targets


def test_every_command_says_what_why_and_one_example() -> None:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        if not isinstance(command, click.Group):
            assert "Example: wikicompost " in (command.help or ""), name
