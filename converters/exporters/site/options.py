"""What the owner of an archive wishes of its site."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scraper.archive import Archive

# Measured on the sample wiki and on VoLAB: what stands around a text, in bytes.
AROUND_A_VERSION, AROUND_A_DIFFERENCE, AROUND_A_PAGE, LINE_OF_A_HISTORY = 4_500, 7_000, 6_000, 600
OWN_FILES = 40  # lists, scripts and rules of even the smallest site
MARKUP = 1.5  # bytes of HTML for a byte of wikitext


class History(StrEnum):
    """How much of the wiki's past the site shows."""

    NONE = "none"
    LIST = "list"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """``banner`` replaces the words above each page; ``successor`` is the address where the community is now.

    ``history`` is ``none``, ``list`` (all versions of each page in a list) or ``full`` (each version, and what it
    changed, on a page of its own). ``base_url`` is where the site will stand, when that is not the wiki's own address:
    ``https://archives.example.org/old-wiki``. ``is_portable``: file names that every disk takes, and links that lead to
    files, not to folders. ``datasette`` is the address, ending with a slash, where Datasette shows the archive: what is
    told of a page then leads to its row.
    ``keeper`` is told on the page about the archive, and ``database``, the address where archive.db can be had.
    """

    banner: str = ""
    successor: str = ""
    history: History = History.LIST
    base_url: str = ""
    is_portable: bool = False
    datasette: str = ""
    keeper: str = ""
    database: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About so much will be written, files of the wiki apart."""

    files: int
    megabytes: float


def estimate(archive: Archive, history: History) -> Estimate:
    """From counts alone, within half and double of what comes out."""
    pages, page_bytes = _sums(archive, "current_texts", "length(text)")
    revisions, revision_bytes = _sums(archive, "revisions", "size")
    people, _ = _sums(archive, "users", "0")
    # Each page also has one about it, one for its number, and its source.
    count, size = (
        OWN_FILES + 4 * pages + people,
        pages * 2 * AROUND_A_PAGE + page_bytes * MARKUP + revisions * LINE_OF_A_HISTORY,
    )
    if history is not History.NONE:
        count, size = count + pages, size + pages * AROUND_A_PAGE + revisions * LINE_OF_A_HISTORY
    if history is History.FULL:
        # Besides itself, two differences and the way to the next one, most versions have ways to their neighbours.
        count += 4 * revisions + 2 * max(0, revisions - pages)
        size += revisions * (AROUND_A_VERSION + 2 * AROUND_A_DIFFERENCE) + revision_bytes * MARKUP
    return Estimate(count, size / 1e6)


def _sums(archive: Archive, table: str, size: str) -> tuple[int, int]:
    row = archive.connection.execute(f"SELECT count(*), COALESCE(sum({size}), 0) FROM {table}").fetchone()
    return int(row[0]), int(row[1])
