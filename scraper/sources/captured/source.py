"""The sources ``copy`` and ``captures``: a wiki as it was frozen into files, or captured answer by answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scraper.archive import Archive, Harvest, now
from scraper.model import Namespace, Site, Via
from scraper.sources.captured.containers import captures_at, copy_at, holds_captures, holds_copy
from scraper.sources.captured.explaining import explanation
from scraper.sources.captured.item import Container
from scraper.sources.captured.reading import TASK, CaptureReading, Given, keep_files, survey, unreadable
from scraper.sources.captured.summary import summary
from scraper.sources.captured.survey import Survey
from scraper.sources.source import HarvestOptions, Progress, UnusableSource

SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".lzma", ".tar", ".tgz", ".zip", ".warc", ".wacz", ".html", ".htm")
LOOKED_AT = 400  # answers that a probe looks at


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
        found = survey(self._given(given), _Silent(), LOOKED_AT)
        self._check(given, found)
        site = found.site(given)
        kind = self.about.partition(":")[0]
        return [
            f"{kind}: {found.pages:,} of the {found.answers:,} answers that were looked at are MediaWiki's pages",
            f"of {site.name} ({site.base_url or 'address not told'}), {site.generator}, language {site.language}",
            "missing will be: what was not captured; times without an exact one beside them have no zone",
        ]

    def harvest(self, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """Read everything; reading the same again changes nothing. Raises UnusableSource when no wiki is in it."""
        material = self._given(given)
        found = survey(material, progress)
        self._check(given, found)
        with archive.transaction():
            harvest = archive.harvests.begin(given, self.name, {"with_files": options.with_files}, now())
        read_into(archive, harvest, material, found, (options, progress))

    def _given(self, given: str) -> Given:
        return Given(Path(given).resolve().name, self.find(Path(given)), self.is_copy)

    def _check(self, given: str, found: Survey) -> None:
        if not found.pages and not found.data:
            raise UnusableSource(explanation(given, self.find(Path(given)), found))


def read_into(
    archive: Archive, harvest: Harvest, material: Given, found: Survey, wishes: tuple[HarvestOptions, Progress]
) -> None:
    """The second pass and the last; the harvest comes to its end."""
    options, progress = wishes
    _introduce(archive, harvest, material, found)
    reading = CaptureReading(archive, harvest, found.known(archive.titles()), progress)
    for task in archive.frontier.left(harvest.harvest_id):
        reading.run(material, task)
        with archive.transaction():
            archive.frontier.finish(task)
    if options.with_files:
        keep_files(archive, material, progress)
    is_complete = archive.settle()
    with archive.transaction():
        archive.set_cursor(f"{harvest.kind} {material.name}", dict(reading.counts))
        archive.harvests.end(harvest, is_complete, now())
    for line in summary(archive.connection, reading.counts):
        progress.note(line)


def _introduce(archive: Archive, harvest: Harvest, material: Given, found: Survey) -> None:
    """The task, and whose captures these are."""
    with archive.transaction():
        archive.frontier.add(harvest.harvest_id, TASK)
        site = archive.site()
        # What the wiki itself said through its API or a dump is better than what its pages show, and stays.
        if site is None or site.via is Via.HTML:
            _save_site(archive, found, material.name)
        for notice in found.notices():
            archive.save(notice)


def _save_site(archive: Archive, found: Survey, name: str) -> None:
    """As an answer of the API or a dump tells it, where that makes sense; else as the pages show it."""
    try:
        with archive.attempt():
            for fact in found.siteinfo or _shown_site(found, name):
                archive.save(fact)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError, TypeError, ValueError) as error:
        archive.report(unreadable("what the wiki says of itself", error))
        for fact in _shown_site(found, name):
            archive.save(fact)


def _shown_site(found: Survey, name: str) -> Iterator[Site | Namespace]:
    yield found.site(name)
    yield from found.namespaces()


class _Silent:
    """A probe is over soon."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


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
