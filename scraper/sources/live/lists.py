"""The lists that a harvest walks: what each is asked with, how it is read, and what follows from its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.archive import Sighting
from scraper.model import (
    Fact,
    FileVersion,
    LogEvent,
    Message,
    Page,
    ProtectedTitle,
    Revision,
    Timestamp,
    User,
)
from scraper.queries import Query, api
from scraper.readers.answers import Answer
from scraper.readers.api_files import read_files
from scraper.readers.api_log import read_log_events
from scraper.readers.api_pages import read_pages, read_protected_titles
from scraper.readers.api_revisions import read_revisions
from scraper.readers.api_site import read_messages
from scraper.readers.api_users import read_users
from scraper.readers.reading import Reading
from scraper.sources.live.keeping import Wiki

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListKind:
    """One list. ``largest`` is what the wiki gives at once to those without special rights; ``size`` is what we ask.

    Lists in order of time can begin anywhere: ``cursor`` names the archive's cursor that the newest item moves on,
    ``continued_by`` the API's parameter for it, ``started_by`` the one that older wikis understand.
    """

    stage: str
    query: Callable[[Wiki, Params], Query]
    read: Callable[[Wiki, Answer], Reading]
    fact: type[Any]
    largest: int = 500
    size: str = "max"
    cursor: str | None = None
    continued_by: str = ""
    started_by: str = ""
    sighting: Sighting | None = None


MESSAGES = {"named": api.named_messages, "tags": api.tag_messages, "changed": api.changed_messages}
LISTS: dict[str, ListKind] = {
    "revisions": ListKind(
        "revisions",
        lambda wiki, params: api.revisions(wiki.has_slots),
        lambda wiki, answer: read_revisions(answer, wiki.titles),
        Revision,
        largest=50,
        cursor="revision",
        continued_by="arvcontinue",
    ),
    "metadata": ListKind(
        "revisions looked over",
        lambda wiki, params: api.revision_metadata(wiki.has_slots),
        lambda wiki, answer: read_revisions(answer, wiki.titles),
        Revision,
    ),
    "history": ListKind(
        "histories looked over",
        lambda wiki, params: api.page_history(params, wiki.has_slots),
        lambda wiki, answer: read_revisions(answer, wiki.titles),
        Revision,
        sighting=Sighting.REVISION,
    ),
    "log events": ListKind(
        "log events",
        lambda wiki, params: api.log_events(),
        lambda wiki, answer: read_log_events(answer, wiki.titles),
        LogEvent,
        cursor="log event",
        continued_by="lecontinue",
        started_by="lestart",
    ),
    "log again": ListKind(
        "log events looked over",
        lambda wiki, params: api.log_events_at(Timestamp(params["at"])) if params else api.log_events(),
        lambda wiki, answer: read_log_events(answer, wiki.titles),
        LogEvent,
    ),
    "pages": ListKind(
        "pages",
        lambda wiki, params: api.pages(params["namespace"]),
        lambda wiki, answer: read_pages(answer, wiki.titles),
        Page,
        sighting=Sighting.PAGE,
    ),
    "users": ListKind("users", lambda wiki, params: api.users(), lambda wiki, answer: read_users(answer), User),
    "files": ListKind(
        "file versions listed",
        lambda wiki, params: api.files(),
        lambda wiki, answer: read_files(answer, wiki.titles, wiki.api_url),
        FileVersion,
        largest=50,
        size="50",
        sighting=Sighting.FILE_VERSION,
    ),
    "files of pages": ListKind(
        "file versions listed",
        lambda wiki, params: api.files_of_pages(),
        lambda wiki, answer: read_files(answer, wiki.titles, wiki.api_url),
        FileVersion,
        largest=50,
        size="50",
        sighting=Sighting.FILE_VERSION,
    ),
    "protected titles": ListKind(
        "protected titles",
        lambda wiki, params: api.protected_titles(),
        lambda wiki, answer: read_protected_titles(answer, wiki.titles),
        ProtectedTitle,
        sighting=Sighting.PROTECTED_TITLE,
    ),
    "messages": ListKind(
        "messages",
        lambda wiki, params: MESSAGES[params["which"]](wiki.language),
        lambda wiki, answer: read_messages(answer),
        Message,
        sighting=Sighting.MESSAGE,
    ),
}


def key(fact: Fact) -> int | str:
    """What identifies a thing in a list's sightings."""
    match fact:
        case Page(page_id=page_id):
            return page_id
        case Revision(rev_id=rev_id):
            return rev_id
        case FileVersion(name=name, timestamp=timestamp):
            return f"{name}|{timestamp.iso if timestamp else ''}"
        case Message(key=message):
            return message
        case ProtectedTitle(title=title):
            return title.full
    raise ValueError(f"{type(fact).__name__} has no key")


def place(fact: Fact) -> str:
    """``timestamp|id`` of an item in a list in order of time: where the API goes on after it."""
    match fact:
        case Revision(timestamp=Timestamp() as timestamp, rev_id=number):
            return after(timestamp, number)
        case LogEvent(timestamp=Timestamp() as timestamp, log_id=number):
            return after(timestamp, number)
    raise ValueError(f"{type(fact).__name__} has no place in time")


def after(timestamp: Timestamp, number: int) -> str:
    """The API's own way to continue, written by hand: everything behind this item."""
    return f"{timestamp.mediawiki}|{number + 1}"


def start(kind: ListKind, place_of_next: str) -> dict[str, str]:
    """How to ask for what stands at a place and behind it; an old wiki gives all of that second again."""
    asked = {kind.continued_by: place_of_next, "continue": "-||"}
    return asked | ({kind.started_by: place_of_next.partition("|")[0]} if kind.started_by else {})


def is_behind(place: str, known: str | None) -> bool:
    """Whether an item's place lies behind what is known."""
    return known is None or order(place) > order(known)


def order(place: str) -> tuple[str, int]:
    """What places are ordered by; an answer groups revisions by their pages, so its last one need not be the newest."""
    moment, _, number = place.partition("|")
    return moment, int(number or 0)


def beyond(place_of_item: str) -> str:
    """The place after the item that stands at a place."""
    moment, _, number = place_of_item.partition("|")
    return f"{moment}|{int(number) + 1}"
