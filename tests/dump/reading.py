"""Reading dumps in tests, and facts as text."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scraper.archive import Archive
from scraper.model import Namespace, Revision, Sha1, Timestamp, Title, UserName
from scraper.problems import Problem
from scraper.readers.dump import DumpReader, Item, in_utf8, take_head
from scraper.sources import HarvestOptions
from scraper.sources.dump import DumpSource

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"


class Quiet:
    """A screen that keeps what it was told."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, int, int | None]] = []

    def show(self, stage: str, done: int, total: int | None) -> None:
        self.shown.append((stage, done, total))

    def note(self, text: str) -> None:
        raise AssertionError(f"unexpected note: {text}")


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def read(data: bytes, size: int = 2**16) -> list[Item]:
    """Everything a dump says, from chunks of that size."""
    return list(DumpReader("dump").read(in_utf8(*take_head(pieces(data, size)))))


def revisions(items: Iterable[Item]) -> list[Revision]:
    return [item for item in items if isinstance(item, Revision)]


def problems(items: Iterable[Item]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def harvest(given: Path | str, folder: Path, options: HarvestOptions | None = None) -> bool:
    """Into the archive in ``folder``, as the command does; True when it is complete."""
    with Archive.open(folder, create=True) as archive:
        DumpSource().harvest(str(given), archive, options or HarvestOptions(), Quiet())
        return archive.settle()


def peak_memory_of_harvest(given: Path, folder: Path) -> int:
    """Bytes that a process of its own took at most: VmHWM, for ru_maxrss begins with what the parent had."""
    script = (
        "import re, sys; from pathlib import Path; from tests.dump.reading import harvest; "
        "harvest(sys.argv[1], Path(sys.argv[2])); "
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, given, folder], check=True, capture_output=True, cwd=ROOT, text=True
    )
    return int(done.stdout) * 1024


FACTS = {
    "site": "SELECT name, base_url, siteinfo FROM site",
    "namespaces": "SELECT * FROM namespaces",
    "pages": "SELECT * FROM pages ORDER BY page_id",
    "revisions": "SELECT r.*, u.name, u.wiki_user_id, t.sha1 FROM revisions r LEFT JOIN users u USING (user_id)"
    " LEFT JOIN texts t USING (text_id) ORDER BY rev_id",
    "log_events": "SELECT * FROM log_events ORDER BY log_id",
    "file_versions": "SELECT f.name, v.timestamp, v.archive_name, v.sha1, b.sha1 FROM file_versions v"
    " JOIN files f USING (file_id) LEFT JOIN blobs b USING (blob_id) ORDER BY 1, 2",
    "current_texts": "SELECT * FROM current_texts ORDER BY page_id",
    "problems": "SELECT code, subject, detail FROM problems ORDER BY 1, 2",
}


def facts(folder: Path) -> dict[str, list[dict[str, object]]]:
    """All facts of an archive, without the archive's own numbers."""
    with Archive.read(folder) as archive:
        return {name: _rows(archive, query) for name, query in FACTS.items()}


def _rows(archive: Archive, query: str) -> list[dict[str, object]]:
    cursor = archive.connection.execute(query)
    names = [column[0] for column in cursor.description]
    own = ("user_id", "text_id")
    return [{n: v for n, v in zip(names, row, strict=True) if n not in own} for row in cursor]


def as_text(items: Iterable[Item]) -> str:
    """One paragraph for each item, one line for each field that says something."""
    return "\n".join(_paragraph(item) for item in items)


def _paragraph(item: Item) -> str:
    if isinstance(item, Namespace):
        return f"{item}\n"
    lines = [type(item).__name__]
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if field.name != "via" and value not in (None, (), {}, frozenset()):
            lines.append(f"  {field.name}: {_shown(value)}")
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if isinstance(value, Timestamp | Sha1):
        return value.iso if isinstance(value, Timestamp) else value.hex
    if isinstance(value, Title | UserName):
        return " ".join(repr(part) for part in dataclasses.astuple(value))
    if isinstance(value, frozenset):
        return " ".join(sorted(map(str, value)))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return repr(value)
