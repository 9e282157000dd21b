"""What tools write into the pages that they save: where a page was, and when it was taken.

SingleFile: "Page saved with SingleFile", the address, the time in the browser's own words. Browsers that save a page
write "saved from url=(length)address" ("mark of the web"). Both make the links of the page absolute.
HTTrack writes the address without scheme and the time, but its links lead to files: the address says nothing of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from scraper.model import Timestamp
from scraper.sources.captured.names import Hint

SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S+)\s+saved date:\s*(?P<time>[^\r\n(]*)"
)
MARK_OF_THE_WEB = re.compile(rb"<!-- saved from url=\(\d+\)(?P<url>https?://\S+) -->")
HTTRACK = re.compile(rb"<!-- Mirrored from \S+ by HTTrack [^\r\n>]*\], (?P<time>[^\r\n>]*GMT) -->")
BROWSERS_TIME = "%a %b %d %Y %H:%M:%S GMT%z"  # Date.prototype.toString
HTTP_TIME = "%a, %d %b %Y %H:%M:%S GMT"


def told_in(head: bytes, hint: Hint) -> Hint:
    """What the beginning of a page says of where and when it was saved, else what ``hint`` says."""
    if found := SINGLE_FILE.search(head):
        return Hint(_address(found), _moment(found["time"], BROWSERS_TIME) or hint.taken_at)
    if found := MARK_OF_THE_WEB.search(head):
        return Hint(_address(found), hint.taken_at)
    if found := HTTRACK.search(head):
        return Hint(hint.url, hint.taken_at or _moment(found["time"], HTTP_TIME))
    return hint


def _address(found: re.Match[bytes]) -> str:
    return found["url"].decode("utf-8", "replace")


def _moment(written: bytes, form: str) -> Timestamp | None:
    """``None`` for what is no time, and in other languages than a computer's."""
    try:
        moment = datetime.strptime(written.decode("ascii", "replace").strip(), form)
        return Timestamp.of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
