"""What a page shows of others, and of the moment at which it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from scraper.model import Title


def _unknown(_title: Title) -> str | None:
    return None


def _unknown_size(_title: Title) -> tuple[int, int] | None:
    return None


def _always(_title: Title) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the door of the wikitext may ask about other pages. Without answers every link is blue and no template is
    expanded.

    ``template`` gives the wikitext of a page that is transcluded, ``None`` when there is none. ``exists`` asks for
    pages, ``has_file`` for the files themselves, by the title of their page; ``file_size`` for width and
    height of a picture in pixels, ``None`` where nobody knows. ``shows_boxes``: calls of templates that could not be
    expanded show name and parameters; without it a link, as MediaWiki does. ``moment`` is the time of the revision,
    ``None`` where nobody knows, and ``read_at`` the time at which the page is read, where it is another; ``variant``
    the variant of the language asked for, empty for the wiki's own; ``rev_id`` the number of the revision, where it is
    told.
    """

    template: Callable[[Title], str | None] = _unknown
    exists: Callable[[Title], bool] = _always
    has_file: Callable[[Title], bool] = _always
    file_size: Callable[[Title], tuple[int, int] | None] = _unknown_size
    shows_boxes: bool = True
    moment: datetime | None = None
    read_at: datetime | None = None
    variant: str = ""
    rev_id: int | None = None

    @property
    def now(self) -> datetime | None:
        """What the page takes for the present."""
        return self.read_at or self.moment


def read_timestamp(timestamp: str | None) -> datetime | None:
    """The moment that the archive writes in ISO 8601, in UTC; so is one without zone. ``None``: no date."""
    try:
        moment = datetime.fromisoformat(timestamp or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
