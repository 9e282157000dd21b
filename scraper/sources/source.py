"""What every source is: it recognises what a person typed, and harvests it into an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scraper.archive import Archive


class UnusableSource(RuntimeError):
    """What was given cannot be harvested. The message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to get in: a bot password (``User@bot`` and its password), a cookies file in Netscape format, and
    ``NAME:PASSWORD`` for a server that asks before the wiki does.
    """

    user: str | None = None
    password: str | None = None
    cookies: Path | None = None
    http_auth: str | None = None


@dataclass(frozen=True, slots=True)
class HarvestOptions:
    """How to harvest. ``delay`` is in seconds between requests, ``None`` for the polite default of the source.

    ``road`` names the road of a living wiki that is tried first, ``""`` for the best one. ``keep_captures`` writes what
    a living wiki answers as WARC. ``force`` takes what does not look like the same wiki.
    """

    with_files: bool = True
    with_renderings: bool = True
    concurrency: int = 1
    delay: float | None = None
    ignore_robots: bool = False
    contact: str = ""
    credentials: Credentials = Credentials()
    timeout: float = 60.0
    only_retry: bool = False
    sweep: bool = False
    road: str = ""
    keep_captures: bool = False
    force: bool = False


class Progress(Protocol):
    """Where a source tells a person how far it is."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """``done`` of ``total`` things of this stage ("revisions", "renderings", …) are in the archive."""

    def note(self, text: str) -> None:
        """Something a person should read once."""


class Source(Protocol):
    """One state in which a wiki can be. Each is one line in :data:`scraper.sources.SOURCES`."""

    name: str
    about: str

    def claims(self, given: str) -> bool:
        """Whether what a person typed looks like this source; no network, no reading beyond a file's head."""

    def folder_name(self, given: str) -> str:
        """Name of the archive's folder below ``data/``: the host, or the file's name."""

    def probe(self, given: str, options: HarvestOptions) -> list[str]:
        """Lines for a person: what is there, how it would be harvested, what would be missing.

        Raises UnusableSource.
        """

    def harvest(self, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """Bring everything into the archive; go on where a killed harvest was; refresh what is there.

        Raises UnusableSource when there is nothing to harvest. What is short is left as problems and coverage rows.
        """
