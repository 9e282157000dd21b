"""Times of a file's versions: what a file's page displays to the minute, its old versions' names tell to the second.

When a version is replaced, MediaWiki names it after that moment (``20170525145603!Name.png``, LocalFile::publishTo):
so each old version's name is the time of the one that came after it. Two versions of one minute are told apart by it;
a hidden one has no name, and then seconds only count them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.model import Exactness, FileVersion, Timestamp
from scraper.readers.raw_text import is_same_moment, offset_between


def with_times(versions: Sequence[FileVersion]) -> list[FileVersion]:
    """The versions of one file, newest first, each but the oldest with the time of its upload."""
    uploads = [*(_replaced_at(version) for version in versions[1:]), None]
    timed = [_at(version, moment) for version, moment in zip(versions, uploads[: len(versions)], strict=True)]
    return _told_apart(timed)


def offset_of(versions: Sequence[FileVersion]) -> int | None:
    """How many minutes the displayed times, newest first, are ahead of UTC; ``None`` where no old version tells it."""
    uploads = (_replaced_at(version) for version in versions[1:])
    pairs = ((version.timestamp, exact) for version, exact in zip(versions, uploads, strict=False))
    offsets = (offset_between(shown, exact) for shown, exact in pairs if shown and exact)
    return next((offset for offset in offsets if offset is not None), None)


def _told_apart(versions: Sequence[FileVersion]) -> list[FileVersion]:
    """Newest first; one that has the time of an older one is a second later than it."""
    found: list[FileVersion] = []
    taken: set[str] = set()
    for version in reversed(versions):
        moment = version.timestamp
        while moment is not None and moment.iso in taken:
            moment = _a_second_later(moment)
        taken |= {moment.iso} if moment else set()
        found.append(replace(version, timestamp=moment))
    return found[::-1]


def _a_second_later(moment: Timestamp) -> Timestamp:
    later = datetime.fromisoformat(moment.iso) + timedelta(seconds=1)
    return replace(moment, iso=later.strftime("%Y-%m-%dT%H:%M:%SZ"))


def with_known_times(
    versions: Sequence[FileVersion], known: Sequence[tuple[str, str, int | None]]
) -> list[FileVersion]:
    """Versions that are here already keep the time under which they are: ``known`` has time, old name and size."""
    left = list(known)
    found = []
    for version in versions:
        same = next((one for one in left if _is_same(version, *one)), None)
        if same is not None:
            left.remove(same)
            version = replace(version, timestamp=Timestamp(same[0]))  # noqa: PLW2901
        found.append(version)
    return found


def _replaced_at(version: FileVersion) -> Timestamp | None:
    return Timestamp.read_digits((version.archive_name or "").partition("!")[0])


def _at(version: FileVersion, moment: Timestamp | None) -> FileVersion:
    shown = version.timestamp
    if moment is None or (shown is not None and not is_same_moment(moment, shown)):
        return version
    return replace(version, timestamp=Timestamp(moment.iso, Exactness.MINUTE))


def _is_same(version: FileVersion, timestamp: str, archive_name: str, size: int | None) -> bool:
    if archive_name and archive_name == version.archive_name:
        return True
    shown = version.timestamp
    is_of_minute = shown is not None and is_same_moment(Timestamp(timestamp), replace_seconds(shown))
    return is_of_minute and (size is None or version.size is None or size == version.size)


def replace_seconds(shown: Timestamp) -> Timestamp:
    """The minute of a time."""
    return Timestamp(
        shown.iso[:17] + "00Z", Exactness.MINUTE if shown.exactness is Exactness.SECOND else shown.exactness
    )
