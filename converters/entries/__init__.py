"""What is exported: one value per page, revision, category member and file, read from the archive one by one."""

from converters.entries.activity import UNDATED, Activity, LogEntry, MonthEntry
from converters.entries.connections import Connections, Contributor, PageFigures
from converters.entries.figures import DIGESTS, Figures, NamespaceEntry, Totals
from converters.entries.files import FileEntries
from converters.entries.outside import MOST_ADDRESSES, DomainEntry, OutsideAddress, OutsideLinks
from converters.entries.pages import Entries
from converters.entries.rendering import NoSuchText, render_page
from converters.entries.sorting import letter, sort_form
from converters.entries.trees import Branch, CategoryTrees
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
    "DIGESTS",
    "FILE",
    "MOST_ADDRESSES",
    "UNDATED",
    "USER",
    "Activity",
    "Branch",
    "CategoryTrees",
    "Connections",
    "Contributor",
    "CoverageEntry",
    "DomainEntry",
    "Entries",
    "Figures",
    "FileEntries",
    "FileVersionEntry",
    "HarvestEntry",
    "LogEntry",
    "Member",
    "MonthEntry",
    "NamespaceEntry",
    "NoSuchText",
    "OutsideAddress",
    "OutsideLinks",
    "PageEntry",
    "PageFigures",
    "PageName",
    "PageText",
    "ProblemEntry",
    "RevisionEntry",
    "Totals",
    "Versions",
    "WikiEntry",
    "letter",
    "read_wiki",
    "render_page",
    "sort_form",
]
