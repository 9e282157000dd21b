"""The archive: the one place that opens ``archive.db`` and knows how facts are kept in it."""

from scraper.archive.archive import DATABASE, Archive, discard_blank, now
from scraper.archive.blobs import DamagedBlob
from scraper.archive.errors import ArchiveBusy, ArchiveError, ArchiveMissing, ArchiveUnusable, OtherWiki
from scraper.archive.frontier import Frontier, Task
from scraper.archive.harvests import Harvest
from scraper.archive.sightings import Sighting, Sightings
from scraper.archive.texts import DamagedText, read_text
from scraper.archive.verify import Verification
from scraper.archive.wants import WantedBytes, WantedRendering, Wants
from scraper.schema import TableDescription

__all__ = [
    "DATABASE",
    "Archive",
    "ArchiveBusy",
    "ArchiveError",
    "ArchiveMissing",
    "ArchiveUnusable",
    "DamagedBlob",
    "DamagedText",
    "Frontier",
    "Harvest",
    "OtherWiki",
    "Sighting",
    "Sightings",
    "TableDescription",
    "Task",
    "Verification",
    "WantedBytes",
    "WantedRendering",
    "Wants",
    "discard_blank",
    "now",
    "read_text",
]
