"""The source ``dump``: MediaWiki XML dumps, in one file or many, compressed or not, with files beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from scraper.archive import Archive, Harvest, OtherWiki, Task, now
from scraper.archive.blobs import sha1_of
from scraper.model import Namespace, Revision, Site, Via
from scraper.problems import Problem
from scraper.readers.dump import DumpReader, FileContent, Item, NotADump, in_utf8, take_head
from scraper.sources.dump.compression import unpacked
from scraper.sources.dump.contents import contents_beside
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
        try:
            _read_parts(archive, harvest, parts, progress)
        except (UnusableSource, OtherWiki):
            _take_back(archive, harvest)
            raise
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


def _read_parts(archive: Archive, harvest: Harvest, parts: dict[str, Part], progress: Progress) -> None:
    for task in archive.frontier.left(harvest.harvest_id):
        part = parts.get(task.params["part"])
        if part is None:
            raise UnusableSource(f"{task.params['part']} was there when this harvest began, and is gone.")
        _PartReading(archive, task, part, progress).run()
        with archive.transaction():
            archive.frontier.finish(task)
            _record(archive, harvest, part)


def _record(archive: Archive, harvest: Harvest, part: Part) -> None:
    """Write down which file the facts are from; of standard input nothing is left to tell."""
    path = Path(part.given)
    if not path.is_file():
        return
    size = path.stat().st_size
    archive.connection.execute(
        "INSERT INTO captures (harvest_id, url, status, taken_at, size, sha1, via) VALUES (?, ?, 0, ?, ?, ?, ?)",
        (harvest.harvest_id, part.name, now().iso, size, sha1_of(path).hex, Via.DUMP),
    )
    archive.connection.execute("UPDATE harvests SET bytes = bytes + ? WHERE harvest_id = ?", (size, harvest.harvest_id))


def _take_back(archive: Archive, harvest: Harvest) -> None:
    """A harvest that could not even begin is no harvest."""
    began = "SELECT 1 FROM frontier WHERE harvest_id = :id AND (cursor IS NOT NULL OR state = 'done')"
    with archive.transaction():
        for table in ("frontier", "harvests"):
            archive.connection.execute(
                f"DELETE FROM {table} WHERE harvest_id = :id AND NOT EXISTS ({began})", {"id": harvest.harvest_id}
            )


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
            head, rest = take_head(chunks)
            utf8 = in_utf8(head, rest)
            yield hashlib.sha1(head, usedforsecurity=False).hexdigest(), utf8
        except NotADump as error:
            raise UnusableSource(f"{part.given} is no MediaWiki dump: {error}.") from error


@dataclass(slots=True)
class _Progress:
    """How far a part is, kept with the facts.

    ``dump`` is the fingerprint of what was read, ``facts`` how many of its pages, revisions and so on are saved, and
    ``knew_site`` whether the archive knew the wiki before.
    """

    dump: str
    knew_site: bool
    facts: int = 0
    revisions: int = 0


class _PartReading:
    """One part read into the archive, in transactions that also say how far it is."""

    def __init__(self, archive: Archive, task: Task, part: Part, progress: Progress) -> None:
        self._archive = archive
        self._task = task
        self._part = part
        self._screen = progress

    def run(self) -> None:
        with _opened(self._part) as (fingerprint, chunks), contents_beside(self._archive.folder) as self._contents:
            self._far = self._resume(fingerprint)
            known = self._archive.titles().namespaces.values() if self._far.knew_site else ()
            items = DumpReader(self._part.name, known).read(self._contents.put_aside(chunks))
            _pass_over(items, self._far.facts)
            while self._save_batch(items):
                self._screen.show("revisions", self._far.revisions, None)
        self._screen.show("revisions", self._far.revisions, None)

    def _resume(self, fingerprint: str) -> _Progress:
        """From the cursor, if it is of the same dump. A copy without damage may have come in a damaged one's place."""
        if self._task.cursor and self._task.cursor["dump"] == fingerprint:
            return _Progress(**self._task.cursor)
        with self._archive.transaction():
            self._archive.connection.execute(
                "DELETE FROM problems WHERE code = 'dump-damaged' AND instr(subject, ?) = 1", (f"{self._part.name}, ",)
            )
        return _Progress(fingerprint, knew_site=self._archive.site() is not None)

    def _save_batch(self, items: Iterator[Item]) -> bool:
        """False at the end of the dump."""
        size = 0
        with self._archive.transaction():
            for count, item in enumerate(items, 1):
                self._save(item)
                size += len(item.text or b"") if isinstance(item, Revision) else 0
                if count >= BATCH_ITEMS or size >= BATCH_BYTES:
                    self._archive.frontier.advance(self._task, asdict(self._far))
                    return True
        return False

    def _save(self, item: Item) -> None:
        self._far.facts += _is_counted(item)
        self._far.revisions += isinstance(item, Revision)
        if isinstance(item, Problem):
            self._archive.report(item)
        elif isinstance(item, FileContent):
            with self._contents.taken(item.contents) as path:
                keep_content(self._archive, item, path)
        else:
            self._archive.save(item)


def _pass_over(items: Iterator[Item], saved: int) -> None:
    """Leave out what an earlier process saved."""
    while saved:
        saved -= _is_counted(next(items))


def _is_counted(item: Item) -> bool:
    """What the reader gives from the same dump every time, whatever the archive knew before."""
    return not isinstance(item, Problem | Site | Namespace)
