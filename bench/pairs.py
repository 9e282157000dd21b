"""What a second process brings: as much work for each of two as for one, the two measured in turn, start-up apart."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

ROUNDS = 7
# Reads lines and answers each, but shares nothing and keeps nothing: what the machine itself gives two processes.
LOOP = """
import sys
for line in sys.stdin:
    print(sum(number * number for number in range(50_000)), flush=True)
"""


def gain(command: Sequence[str], first: str, lines: Sequence[str]) -> float:
    """How many times the lines of one process two answer in the same time; the median of some rounds.

    The command answers line by line. ``first`` is what it is given before the clock runs, a question included.
    """
    rest = "\n".join(lines).encode()
    return statistics.median(_round(command, first.encode(), rest) for _ in range(ROUNDS))


def machine_gain(lines: int) -> float:
    """The same of a loop that shares nothing, which no program exceeds for long."""
    return gain([sys.executable, "-c", LOOP], "", [""] * lines)


def _round(command: Sequence[str], first: bytes, rest: bytes) -> float:
    """Alone, both, alone again: what else the machine does falls on either."""
    before, both, after = (_seconds(command, first, rest, processes) for processes in (1, 2, 1))
    return (before + after) / both


def _seconds(command: Sequence[str], first: bytes, rest: bytes, processes: int) -> float:
    """Wall time in which each process answers all lines."""
    running = [_started(command, first) for _ in range(processes)]
    began = time.perf_counter()
    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda process: process.communicate(rest), running))
    spent = time.perf_counter() - began
    if any(process.returncode for process in running):
        raise RuntimeError(f"{command[0]} failed: its figure would mean nothing")
    return spent


def _started(command: Sequence[str], first: bytes) -> subprocess.Popen[bytes]:
    """A process that has answered the first question."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    if process.stdin and process.stdout:
        process.stdin.write(first + b"\n")
        while (answer := process.stdout.read(1 << 16)) and not answer.endswith(b"\n"):
            pass
    return process
