"""``action=raw``: the bare text of a revision, and in ``Last-Modified`` the exact second at which it was saved.

RawPage (1.5 to 1.17) and RawAction (since 1.18) send the revision's own timestamp.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from scraper.model import Capture, Exactness, Place, RevisionMention, Timestamp, Title, Via

PAGES = ("text/html", "application/xhtml+xml")
DOCTYPES = (b"<!DOCTYPE html", b"<!doctype html")
QUARTER = 15 * 60  # seconds; the zones of the world differ by multiples of it
FARTHEST = 14 * 3600  # seconds; no zone is further from UTC


def read_raw_text(capture: Capture, title: Title, rev_id: int, shown: Timestamp | None) -> RevisionMention | None:
    """The revision, ``None`` where the answer is a page and no text.

    ``shown`` is the revision's time as known before. A time that cannot be the same one in another zone is not
    believed: caches on the way may put their own.
    """
    if not is_raw(capture):
        return None
    moment = last_modified(capture)
    if moment is not None and shown is not None and not is_same_moment(moment, shown):
        moment = None
    return RevisionMention(rev_id, title, Place.RAW, Via.RAW, timestamp=moment, text=capture.body)


def is_raw(capture: Capture) -> bool:
    """Whether it is a text, and not the page by which a server says that it has none."""
    declared = capture.headers.get("content-type", "").partition(";")[0].strip().lower()
    return declared not in PAGES and not capture.body.startswith(DOCTYPES)


def last_modified(capture: Capture) -> Timestamp | None:
    """When the answer says that it last changed; the Wayback Machine has put its own headers before the wiki's."""
    headers = capture.headers
    said = headers.get("x-archive-orig-last-modified") or headers.get("last-modified", "")
    try:
        return Timestamp.of(parsedate_to_datetime(said))
    except (ValueError, OverflowError):
        return None


def is_same_moment(exact: Timestamp, shown: Timestamp) -> bool:
    """Whether both may be one moment, ``shown`` being cut to the minute and in whatever zone."""
    if shown.exactness is Exactness.SECOND:
        return exact.iso == shown.iso
    seconds = (_datetime(shown) - _datetime(exact).replace(second=0)).total_seconds()
    if shown.exactness is Exactness.MINUTE:
        return seconds == 0
    return abs(seconds) <= FARTHEST and seconds % QUARTER == 0


def offset_between(shown: Timestamp, exact: Timestamp) -> int | None:
    """How many minutes displayed times are ahead of UTC, told by one moment; ``None`` where it cannot be one."""
    seconds = (_datetime(shown) - _datetime(exact).replace(second=0)).total_seconds()
    return int(seconds // 60) if is_same_moment(exact, shown) else None


def _datetime(timestamp: Timestamp) -> datetime:
    return datetime.fromisoformat(timestamp.iso)
