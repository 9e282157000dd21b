"""The source ``dump``: MediaWiki XML dumps, in one file or many, compressed or not, with files beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from scraper.archive import Archive, Harvest, Task, now
from scraper.model import Namespace, Revision, Site, Via
from scraper.problems import Problem
from scraper.readers.dump import DumpReader, FileContent, Item, NotADump, in_utf8, take_head
from scraper.sources.dump.compression import unpacked
from scraper.sources.dump.files import keep_content, keep_files
from scraper.sources.dump.parts import Part, find_parts, folder_of, is_dump, stem
from scraper.sources.source import HarvestOptions, Progress, UnusableSource

TASK = "dump"
BATCH_ITEMS = 5_000
BATCH_BYTES = 64 * 2**20  # of texts, in one transaction


class DumpSource:
    """Reads what a dump has; what it lacks says nothing.

    A dump may hold some pages only, or some namespaces, so a page that is in the archive and not in the dump is
    never marked as gone. Reading a dump again changes nothing; a newer one of the same wiki adds what is new.
    """

    name = "dump"
    about = "an XML dump (.xml, .bz2, .gz, .xz, .lzma, .zst, .7z, a folder of them, or - for standard input)"

    def claims(self, given: str) -> bool:
        return is_dump(given)

    def folder_name(self, given: str) -> str:
        return stem(given)

    def probe(self, given: str, options: HarvestOptions) -> list[str]:
        """The parts, and what the first one says of its wiki; nothing further is read."""
        parts = find_parts(given)
        site = None
        with _opened(parts[0]) as (_, chunks):
            site = next(
                (item for item in islice(DumpReader(parts[0].name).read(chunks), 1) if isinstance(item, Site)), None
            )
        lines = [f"MediaWiki XML dump: {', '.join(part.name for part in parts)}"]
        if site is not None:
            lines.append(f"of {site.name} ({site.base_url}), {site.generator}, language {site.language or 'unknown'}")
        return [*lines, "missing will be: what dumps do not carry, such as renderings, messages and accounts"]

    def harvest(self, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        parts = {part.name: part for part in find_parts(given)}
        harvest = _begin(archive, given, options, parts)
        for task in archive.frontier.left(harvest.harvest_id):
            part = parts.get(task.params["part"])
            if part is None:
                raise UnusableSource(f"{task.params['part']} was there when this harvest began, and is gone.")
            _PartReading(archive, task, part, progress).run()
        if options.with_files:
            _take_files(archive, given, progress)
        with archive.transaction():
            archive.harvests.end(harvest, _is_complete(archive), now())


def _begin(archive: Archive, given: str, options: HarvestOptions, parts: dict[str, Part]) -> Harvest:
    with archive.transaction():
        harvest = archive.harvests.begin(given, TASK, {"with_files": options.with_files}, now())
        for name in parts:
            archive.frontier.add(harvest.harvest_id, TASK, {"part": name})
    return harvest


def _take_files(archive: Archive, given: str, progress: Progress) -> None:
    beside = folder_of(given)
    if beside is None:
        return
    with archive.transaction():
        held, wanted = keep_files(archive, beside)
    if wanted:
        progress.show("files", held, wanted)


def _is_complete(archive: Archive) -> bool:
    query = "SELECT NOT EXISTS (SELECT 1 FROM problems WHERE severity = 'short')"
    return bool(archive.connection.execute(query).fetchone()[0])


@contextmanager
def _opened(part: Part) -> Iterator[tuple[str, Iterator[bytes]]]:
    """A fingerprint of its beginning, and its bytes in UTF-8. Raises UnusableSource."""
    with unpacked(part.given) as chunks:
        try:
            head = take_head(chunks)
            utf8 = in_utf8(head, chunks)
            yield hashlib.sha1(head, usedforsecurity=False).hexdigest(), utf8
        except NotADump as error:
            raise UnusableSource(f"{part.given} is no MediaWiki dump: {error}.") from error


@dataclass(slots=True)
class _PartReading:
    """One part read into the archive, in transactions that also say how far it is.

    A resumed reading passes over as many items as are saved already, if it is the same dump.
    """

    archive: Archive
    task: Task
    part: Part
    progress: Progress
    saved: int = 0
    revisions: int = 0
    keeps_site: bool = field(init=False)

    def __post_init__(self) -> None:
        site = self.archive.site()
        self.keeps_site = site is not None and site.via != Via.DUMP

    def run(self) -> None:
        with _opened(self.part) as (fingerprint, chunks):
            items = DumpReader(self.part.name, self.archive.titles().namespaces.values()).read(chunks)
            self._resume(fingerprint, items)
            while self._save_batch(fingerprint, items):
                self.progress.show("revisions", self.revisions, None)
        with self.archive.transaction():
            self.archive.frontier.finish(self.task)

    def _resume(self, fingerprint: str, items: Iterator[Item]) -> None:
        cursor: dict[str, Any] = self.task.cursor or {}
        if cursor.get("dump") == fingerprint:
            self.saved, self.revisions = cursor["items"], cursor["revisions"]
            next(islice(items, self.saved, self.saved), None)
            return
        with self.archive.transaction():  # a copy without damage may have come in the place of a damaged one
            self.archive.connection.execute(
                "DELETE FROM problems WHERE code = 'dump-damaged' AND subject LIKE ? || ', %'", (self.part.name,)
            )

    def _save_batch(self, fingerprint: str, items: Iterator[Item]) -> bool:
        """False at the end of the dump."""
        size = 0
        with self.archive.transaction():
            for count, item in enumerate(items, 1):
                self._save(item)
                size += _size(item)
                if count >= BATCH_ITEMS or size >= BATCH_BYTES:
                    self.saved += count
                    cursor = {"dump": fingerprint, "items": self.saved, "revisions": self.revisions}
                    self.archive.frontier.advance(self.task, cursor)
                    return True
        return False

    def _save(self, item: Item) -> None:
        if isinstance(item, Problem):
            self.archive.report(item)
        elif isinstance(item, FileContent):
            keep_content(self.archive, item)
        elif not (self.keeps_site and isinstance(item, Site | Namespace)):
            # What the wiki itself said through its API is richer than a dump's header.
            self.archive.save(item)
            self.revisions += isinstance(item, Revision)


def _size(item: Item) -> int:
    if isinstance(item, Revision):
        return len(item.text or b"")
    return len(item.content) if isinstance(item, FileContent) else 0
