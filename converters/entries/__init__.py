"""What is exported: one value per page, revision, category member and file, read from the archive one by one."""

from converters.entries.connections import Connections, Contributor
from converters.entries.files import FileEntries
from converters.entries.pages import Entries
from converters.entries.rendering import NoSuchText, render_page
from converters.entries.sorting import letter, sort_form
from converters.entries.values import (
    CATEGORY,
    FILE,
    USER,
    CoverageEntry,
    FileVersionEntry,
    HarvestEntry,
    Member,
    PageEntry,
    PageName,
    PageText,
    ProblemEntry,
    RevisionEntry,
    WikiEntry,
)
from converters.entries.versions import Versions
from converters.entries.whole import read_wiki

__all__ = [
    "CATEGORY",
    "FILE",
    "USER",
    "Connections",
    "Contributor",
    "CoverageEntry",
    "Entries",
    "FileEntries",
    "FileVersionEntry",
    "HarvestEntry",
    "Member",
    "NoSuchText",
    "PageEntry",
    "PageName",
    "PageText",
    "ProblemEntry",
    "RevisionEntry",
    "Versions",
    "WikiEntry",
    "letter",
    "read_wiki",
    "render_page",
    "sort_form",
]
