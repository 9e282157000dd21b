"""Captures harvested into an archive, from the first look at them to the last file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set

from scraper.archive import Archive, Harvest, now
from scraper.model import Namespace, Site, Via
from scraper.sources.captured.explaining import explanation
from scraper.sources.captured.files import FileKeeper
from scraper.sources.captured.hosts import FOREIGN
from scraper.sources.captured.item import Given
from scraper.sources.captured.reading import TASK, CaptureReading, keep_files, survey, unreadable
from scraper.sources.captured.summary import summary
from scraper.sources.captured.survey import Survey
from scraper.sources.source import HarvestOptions, Progress, UnusableSource

LOOKED_AT = 400  # answers that a probe looks at


def described(given: str, material: Given, kind: str) -> list[str]:
    """What the first answers say of their wiki. Raises UnusableSource when no wiki is in it."""
    found = survey(material, _Silent(), LOOKED_AT)
    _check(given, material, found)
    site = found.site(given)
    return [
        f"{kind}: {found.wiki.pages:,} of the {found.answers:,} answers that were looked at are MediaWiki's pages",
        f"of {site.name} ({site.base_url or 'address not told'}), {site.generator}, language {site.language}",
        "missing will be: what was not captured; times without an exact one beside them have no zone",
    ]


def looked_over(given: str, material: Given, progress: Progress) -> Survey:
    """The first pass. Raises UnusableSource when no wiki is in it."""
    found = survey(material, progress)
    _check(given, material, found)
    return found


def read_into(
    archive: Archive, harvest: Harvest, material: Given, found: Survey, wishes: tuple[HarvestOptions, Progress]
) -> None:
    """The second pass and the last; the harvest comes to its end."""
    options, progress = wishes
    hosts = frozenset() if options.force else found.hosts(archive.site())
    _introduce(archive, harvest, material, found)
    _believe(archive, found, hosts)
    reading = CaptureReading(archive, harvest, found.known(archive.titles()), hosts, progress)
    for task in archive.frontier.left(harvest.harvest_id):
        reading.run(material, task)
        with archive.transaction():
            archive.frontier.finish(task)
    if options.with_files:
        file_hosts = hosts and hosts | found.wiki.file_hosts
        keep_files(archive, FileKeeper(archive, found.stand_ins(), file_hosts), material, progress)
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


def _believe(archive: Archive, found: Survey, hosts: Set[str]) -> None:
    """What an earlier harvest held for a stranger may be known by now, or be taken by force."""
    with archive.transaction():
        for host in found.told:
            if not hosts or host in hosts:
                archive.resolve(FOREIGN, host)


def _save_site(archive: Archive, found: Survey, name: str) -> None:
    """As an answer of the API or a dump tells it, where that makes sense; else as the pages show it."""
    try:
        with archive.attempt():
            for fact in found.wiki.siteinfo or _shown_site(found, name):
                archive.save(fact)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError, TypeError, ValueError) as error:
        archive.report(unreadable("what the wiki says of itself", error))
        for fact in _shown_site(found, name):
            archive.save(fact)


def _shown_site(found: Survey, name: str) -> Iterator[Site | Namespace]:
    yield found.site(name)
    yield from found.namespaces()


def _check(given: str, material: Given, found: Survey) -> None:
    if not found.wiki.pages and not found.wiki.data:
        raise UnusableSource(explanation(given, material))


class _Silent:
    """A probe is over soon."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""
