"""Harvests as a person runs them: each in a process of its own, because Scrapy's reactor starts once in a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMPLETE, SHORT = 0, 1


class HarvestFailed(Exception):
    """The command ended as no harvest should; the message is what it said."""


def command(source: str, folder: Path, *options: str, verb: str = "harvest") -> list[str]:
    """The command line of a harvest without politeness, for a wiki of our own."""
    where = [str(folder)] if verb == "retry" else [source, "--to", str(folder)]
    return [sys.executable, "-c", "from scraper.cli import main; main()", verb, *where, "--delay", "0", *options]


def harvest(source: str, folder: Path, *options: str, verb: str = "harvest", seconds: int = 300) -> int:
    """Run it to its end: COMPLETE or SHORT. Raises HarvestFailed, and TimeoutExpired where it takes longer."""
    done = subprocess.run(
        command(source, folder, *options, verb=verb), capture_output=True, text=True, check=False, timeout=seconds
    )
    if done.returncode not in (COMPLETE, SHORT) or "Traceback" in done.stderr:
        raise HarvestFailed(done.stdout + done.stderr)
    return done.returncode
