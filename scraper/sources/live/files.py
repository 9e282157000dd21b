"""The bytes of every version of every file, checked against the size and SHA-1 that the wiki told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scraper.archive import Task, WantedBytes
from scraper.archive.blobs import sha1_of
from scraper.model import Capture, Sha1
from scraper.problems import Problem
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asker
from scraper.sources.live.content_encoding import ENCODING, unpack_file
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.keeping import Keeper
from scraper.sources.live.landing import SMALL, Landing
from scraper.sources.live.turns import in_turn

BATCH = 50
TRIES_OF_BYTES = 3
ROUNDS = 2  # what failed is asked for once more after all the others
COMPRESSED = (".gz", ".tgz", ".svgz", ".br", ".zst")  # of which a server may say what they are, and no more
PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Download:
    """What came: small files as bytes, large ones in a file of ours; and how it differs from what was told."""

    capture: Capture
    content: bytes | Path
    damage: str | None


class Files:
    """Fetches what :meth:`Wants.file_bytes` finds missing."""

    def __init__(self, asker: Asker, keeper: Keeper, concurrency: int) -> None:
        self._asker = asker
        self._keeper = keeper
        self._width = concurrency
        self._archive = keeper.archive

    async def fetch(self, task: Task) -> None:
        """All of them."""
        for _ in range(ROUNDS):
            after, done, total = 0, 0, self._archive.wants.count_file_bytes()
            while wanted := self._archive.wants.file_bytes(after, BATCH):
                async for version, outcome in in_turn(self._asker, wanted, self._download, self._width):
                    self._keep(version, outcome)
                    done += 1
                    self._keeper.progress.show("file versions", done, total)
                after = wanted[-1].version_id

    async def _download(self, version: WantedBytes) -> Download:
        """Asked again when it came damaged."""
        for attempt in range(1, TRIES_OF_BYTES + 1):
            download = await self._try(version)
            if download.damage is None or attempt == TRIES_OF_BYTES:
                break
            _discard(download)
        return download

    async def _try(self, version: WantedBytes) -> Download:
        if version.size is not None and version.size <= SMALL:
            capture = await self._asker.get_bytes(version.url, PLAIN, version.size)
            damage = _damage(version, len(capture.body), Sha1.of(capture.body))
            return as_it_was(self._archive.folder, version, Download(capture, capture.body, damage))
        path, capture = await self._to_disk(version.url, version.size)
        download = Download(capture, path, _damage(version, path.stat().st_size, sha1_of(path)))
        return as_it_was(self._archive.folder, version, download)

    async def _to_disk(self, url: str, size: int | None) -> tuple[Path, Capture]:
        """A file of ours, and the last answer that went into it."""
        landing = Landing(self._archive.folder, size)
        try:
            capture = await self._asker.get_file(url, landing)
        except BaseException:
            landing.discard()
            raise
        landing.close()
        return landing.path, capture

    def _keep(self, version: WantedBytes, outcome: Download | Unanswered | Refused) -> None:
        where = f"file {version.name}, version of {version.timestamp}"
        if not isinstance(outcome, Download):
            self._keeper.report(Problem("file-missing", where, f"{outcome} ({version.url})"))
            return
        if outcome.damage is not None:
            path = self._archive.blobs.set_apart(outcome.content, version.name)
            self._keeper.report(Problem("file-damaged", where, f"{outcome.damage}; what came is kept as {path}"))
        else:
            self._keeper.keep([outcome.capture], Reading(), lambda: self._attach(version, outcome, where))
        _discard(outcome)

    def _attach(self, version: WantedBytes, download: Download, where: str) -> None:
        blob_id = self._archive.blobs.save(download.content, version.name)
        self._archive.wants.keep_bytes(version.version_id, blob_id)
        for code in ("file-missing", "file-damaged"):
            self._archive.resolve(code, where)


def as_it_was(folder: Path, version: WantedBytes, download: Download) -> Download:
    """The file as the wiki has it, in ``folder`` if it had to be unpacked.

    Servers compress files on their way, and say of gzip files that they did so: what the wiki tells of the file
    decides, and where it tells nothing, the file's name.
    """
    encoding = download.capture.headers.get(ENCODING, "")
    is_told = version.sha1 is not None or version.size is not None
    is_right = download.damage is None if is_told else version.name.lower().endswith(COMPRESSED)
    if not encoding or is_right:
        return download
    target = Landing(folder, version.size)
    target.close()
    is_unpacked = unpack_file(download.content, encoding, target.path, target.most)
    if not is_unpacked or _damage(version, target.path.stat().st_size, sha1_of(target.path)):
        target.discard()
        return download
    _discard(download)
    return Download(download.capture, target.path, None)


def _damage(version: WantedBytes, size: int, sha1: Sha1) -> str | None:
    if version.sha1 is not None:
        return None if sha1.hex == version.sha1 else f"{size} bytes with SHA-1 {sha1.hex}, the wiki says {version.sha1}"
    if version.size is not None and version.size != size:
        return f"{size} bytes, the wiki says {version.size}"
    return None


def _discard(download: Download) -> None:
    if isinstance(download.content, Path):
        download.content.unlink()
