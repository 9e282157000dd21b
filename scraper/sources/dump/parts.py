"""What a person may give as a dump: a file, standard input, or a folder of parts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper.archive import DATABASE
from scraper.readers.foreign import DATABASE as SQL
from scraper.readers.foreign import foreign_file, foreign_tables
from scraper.sources.dump.compression import STANDARD_INPUT, beginning
from scraper.sources.source import UnusableSource

# wiki.xml, wiki-20260101-history.xml.7z, pages-meta-history2.xml-p1002p2003.bz2
NAME = re.compile(r"(?P<stem>.+)\.xml(?:-p\d+p\d+)?(?:\.(?:bz2|gz|xz|lzma|zst|7z))?", re.IGNORECASE)

ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<mediawiki[\s>]")
# What people take for a dump, by its name, and what to do with it.
PACKED = r"(?:\.(?:bz2|gz|xz|lzma|zst|7z|zip))?"
FOREIGN = {
    rf".+\.sql{PACKED}": SQL,
    r".+\.(?:7z|zip|xml|bz2|gz|xz|zst)\.\d{2,3}": "one part of a file that was cut: join all of them in their order"
    " (`cat NAME.* > NAME`) and give the whole",
}
SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a dump. ``name`` is what the archive calls it, ``given`` where it is."""

    name: str
    given: str


def is_dump(given: str) -> bool:
    """Whether this is standard input, a file with a dump's name or beginning, or a folder of files with such names."""
    if given == STANDARD_INPUT:
        return True
    path = Path(given)
    if path.is_dir():
        return bool(_files(path))
    if "://" in given:
        return False
    if NAME.fullmatch(path.name) or _foreign(path):
        return True
    return path.is_file() and (path.name.lower().endswith(".7z") or ROOT.match(beginning(path)) is not None)


def find_parts(given: str) -> list[Part]:
    """In the order of their numbers. Raises UnusableSource when there are none."""
    if given == STANDARD_INPUT:
        return [Part("standard input", given)]
    path = Path(given)
    paths = _files(path) if path.is_dir() else [path]
    if not paths or not all(path.is_file() for path in paths):
        raise UnusableSource(f"there is no dump at {given}: wanted is a file like wiki.xml.bz2, or a folder of them.")
    for path in paths:
        if what := _foreign(path):
            raise UnusableSource(f"{path} is {what}.")
    return [Part(path.name, str(path)) for path in paths]


def folder_of(given: str) -> Path | None:
    """Where files may lie beside the dump."""
    if given == STANDARD_INPUT:
        return None
    path = Path(given)
    return path if path.is_dir() else path.parent


def stem(given: str) -> str:
    """The dump's name without what says how it is written."""
    if given == STANDARD_INPUT:
        return "standard-input"
    path = Path(given).resolve()
    name = NAME.fullmatch(path.name)
    return name["stem"] if name and not path.is_dir() else path.name


def _foreign(path: Path) -> str:
    """What a file is that people take for a dump; empty for any other, and for what there is no file of."""
    if not path.is_file():
        return ""
    name = path.name.lower()
    found = next((what for pattern, what in FOREIGN.items() if re.fullmatch(pattern, name)), "")
    head = beginning(path)
    if head.startswith(SQLITE):
        return "" if path.name == DATABASE else foreign_tables(_tables(path))
    return found or foreign_file(head)


def _tables(path: Path) -> Iterator[str]:
    """Read without leaving anything beside it: of a database with a journal SQLite would make files."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            yield from (name for (name,) in connection.execute(TABLES))
    except (sqlite3.Error, UnicodeDecodeError):  # it only begins like one
        return


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if path.is_file() and NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: _by_number(path.name))


def _by_number(name: str) -> list[tuple[int, str]]:
    """history2 stands before history10."""
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in re.split(r"(\d+)", name)]
