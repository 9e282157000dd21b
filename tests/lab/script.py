"""Scripts: text files that say what is done to a wiki, step by step.

A step begins with ``verb: subject``, goes on with ``option: value`` lines, and may hold a text after
an empty line. A line ``%%%`` ends it; lines that begin with ``#`` before the text are remarks::

    edit: Plénière du 25 mai 2017
    by: Brume
    summary: ordre du jour

    == Ordre du jour ==
    %%%
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

END = "%%%"


class ScriptError(Exception):
    """A script cannot be read or a step of it cannot be done; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a wiki. `place` is the script's folder, for the files that a step names."""

    verb: str
    subject: str
    options: dict[str, str] = field(default_factory=dict)
    text: str = ""
    line: str = ""
    folder: Path = Path()

    def option(self, name: str, default: str = "") -> str:
        """The value of an option, or the default."""
        return self.options.get(name, default)

    def words(self, name: str) -> list[str]:
        """The value of an option cut at blanks."""
        return self.option(name).split()

    def numbers(self, name: str) -> list[int]:
        """The value of an option as whole numbers."""
        return [int(word) for word in self.words(name)]

    def says(self, name: str) -> bool:
        """Whether an option is ``yes``."""
        return self.option(name) == "yes"


def read_script(path: Path) -> list[Step]:
    """The steps of one script, in order. Raises ScriptError."""
    steps, block, first = [], list[str](), 1
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line != END:
            block.append(line)
            continue
        steps.append(_step(block, path, first))
        block, first = [], number + 1
    if any(block):
        raise ScriptError(f"{path}: the step of line {first} is not ended by {END}")
    return steps


def _step(block: list[str], path: Path, first: int) -> Step:
    lines = iter(block)
    fields: list[tuple[str, str]] = []
    for line in lines:
        if not line:
            break
        if line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise ScriptError(f"{path}:{first}: no colon in {line!r}")
        fields.append((name, value.strip()))
    if not fields:
        raise ScriptError(f"{path}:{first}: an empty step")
    (verb, subject), *options = fields
    return Step(verb, subject, dict(options), "\n".join(lines), f"{path.name}:{first}", path.parent)
