"""The archive: the one place that opens ``archive.db`` and knows how facts are kept in it."""

from scraper.archive.archive import Archive, now
from scraper.archive.blobs import DamagedBlob
from scraper.archive.errors import ArchiveBusy, ArchiveError, ArchiveMissing, ArchiveUnusable
from scraper.archive.frontier import Frontier, Task
from scraper.archive.harvests import Harvest
from scraper.archive.texts import DamagedText, read_text
from scraper.archive.verify import Verification
from scraper.schema import TableDescription

__all__ = [
    "Archive",
    "ArchiveBusy",
    "ArchiveError",
    "ArchiveMissing",
    "ArchiveUnusable",
    "DamagedBlob",
    "DamagedText",
    "Frontier",
    "Harvest",
    "TableDescription",
    "Task",
    "Verification",
    "now",
    "read_text",
]
