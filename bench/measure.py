"""Whole commands, measured by the operating system: wall time, CPU time, peak memory."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run. Times in seconds; ``memory`` is the largest resident size of any of its processes, in MB.

    ``system``: what of ``cpu`` the kernel took.
    """

    wall: float
    cpu: float
    system: float
    memory: float
    status: int


def run(
    command: Sequence[str],
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    given: IO[bytes] | None = None,
) -> Run:
    """Run it to its end, its output thrown away; ``given`` is its standard input."""
    launched = subprocess.run(
        [sys.executable, "-S", str(LAUNCHER), *command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=given or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Run(**json.loads(launched.stdout))


def median(runs: Iterable[Run], figure: str) -> float:
    """The median of one figure (``wall``, ``cpu``, ``memory``)."""
    values: list[float] = [getattr(one, figure) for one in runs]
    return statistics.median(values)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def machine() -> str:
    """The machine and the day, for the head of a table."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    day = datetime.now(UTC).date().isoformat()
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}, {day}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
