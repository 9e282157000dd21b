"""The sources ``copy`` and ``captures``: a wiki as it was frozen into files, or captured answer by answer.

What reads pages is imported once it is wanted: it takes as long to import as all the rest of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scraper.archive import Archive, now
from scraper.sources.captured.containers import captures_at, copy_at, holds_captures, holds_copy
from scraper.sources.captured.item import Container, Given
from scraper.sources.source import HarvestOptions, Progress

SUFFIXES = (
    ".gz",
    ".bz2",
    ".xz",
    ".zst",
    ".lzma",
    ".tar",
    ".tgz",
    ".zip",
    ".warc",
    ".wacz",
    ".html",
    ".htm",
    ".mhtml",
    ".mht",
)


class Claiming(Protocol):
    """What can say whether it reads what a person typed."""

    def claims(self, given: str) -> bool: ...


@dataclass(slots=True)
class CapturedSource:
    """What both sources share: everything but what they claim."""

    name: str
    about: str
    is_copy: bool
    find: Callable[[Path], list[Container]]
    holds: Callable[[Path], bool]
    unless: tuple[Claiming, ...] = ()

    def claims(self, given: str) -> bool:
        path = Path(given)
        if not path.exists() or any(other.claims(given) for other in self.unless):
            return False
        return self.holds(path)

    def folder_name(self, given: str) -> str:
        name = Path(given).resolve().name
        while name.lower().endswith(SUFFIXES):
            name = name.rpartition(".")[0]
        return name or "captures"

    def probe(self, given: str, options: HarvestOptions) -> list[str]:
        """What the first answers say of their wiki. Raises UnusableSource."""
        from scraper.sources.captured.harvesting import described

        return described(given, self._material(given), self.about.partition(":")[0])

    def harvest(self, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """Read everything; reading the same again changes nothing. Raises UnusableSource when no wiki is in it."""
        from scraper.sources.captured.harvesting import looked_over, read_into

        material = self._material(given)
        found = looked_over(given, material, progress)
        with archive.transaction():
            harvest = archive.harvests.begin(given, self.name, {"with_files": options.with_files}, now())
        read_into(archive, harvest, material, found, (options, progress))

    def _material(self, given: str) -> Given:
        return Given(Path(given).resolve().name, self.find(Path(given)), self.is_copy)


def captures_source() -> CapturedSource:
    """WARC and WACZ files."""
    return CapturedSource(
        "captures",
        "web captures: .warc, .warc.gz, .warc.zst or .wacz files, or a folder of them",
        is_copy=False,
        find=captures_at,
        holds=holds_captures,
    )


def copy_source(*unless: Claiming) -> CapturedSource:
    """Folders of HTML, packed or not, that none of the others claims."""
    return CapturedSource(
        "copy",
        "a frozen copy: a folder of saved pages (wget, HTTrack, Wayback downloaders), or a .zip or .tar of one",
        is_copy=True,
        find=copy_at,
        holds=holds_copy,
        unless=unless,
    )
