"""The wiki's own nouns, as immutable values: what readers give and the archive keeps.

A *fact* is one thing the wiki said. It says by which road it came (``via``) and, where a clock is involved,
how exact it is. A field that is ``None`` was not said; a part that the wiki hides is named in ``hidden``.
"""

from __future__ import annotations

from scraper.model.events import FileGone, FileVersion, LogEvent
from scraper.model.mentions import (
    HistoryGap,
    LogMention,
    PageText,
    PageView,
    Place,
    RevisionMention,
    SectionText,
    SiteNotice,
    TitleMention,
)
from scraper.model.pages import (
    Page,
    PageGone,
    PageMention,
    PageProtection,
    ProtectedTitle,
    Rendering,
    Revision,
    RevisionGone,
)
from scraper.model.site import UNKNOWN_SITE, Interwiki, Message, Namespace, Site, Statistics, User, UserRenamed
from scraper.model.values import Capture, Exactness, Hidden, Sha1, Timestamp, Title, UserName, Via

__all__ = [
    "UNKNOWN_SITE",
    "Capture",
    "Exactness",
    "Fact",
    "FileGone",
    "FileVersion",
    "Hidden",
    "HistoryGap",
    "Interwiki",
    "LogEvent",
    "LogMention",
    "Message",
    "Namespace",
    "Page",
    "PageGone",
    "PageMention",
    "PageProtection",
    "PageText",
    "PageView",
    "Place",
    "ProtectedTitle",
    "Rendering",
    "Revision",
    "RevisionGone",
    "RevisionMention",
    "SectionText",
    "Sha1",
    "Site",
    "SiteNotice",
    "Statistics",
    "Timestamp",
    "Title",
    "TitleMention",
    "User",
    "UserName",
    "UserRenamed",
    "Via",
]

Fact = (
    Site
    | Namespace
    | Interwiki
    | Message
    | User
    | UserRenamed
    | PageMention
    | Page
    | PageGone
    | RevisionGone
    | PageProtection
    | ProtectedTitle
    | Revision
    | RevisionMention
    | PageView
    | HistoryGap
    | SectionText
    | PageText
    | Rendering
    | FileVersion
    | FileGone
    | LogEvent
    | LogMention
    | SiteNotice
    | Statistics
    | TitleMention
)
