"""Special:Log, and the log lines that other pages show (LogPage, LogEventsList).

From 1.31 on a line has its id and action in ``data-mw-logid`` and ``data-mw-logaction``; before, a class names the log
(1.13 and later) and only the words, which differ between versions and languages, name the action.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scraper.languages.dates import plain
from scraper.languages.language import CANONICAL
from scraper.model import Hidden, LogEvent, LogMention, Place, Timestamp, Title, UserName, Via
from scraper.readers.html.addresses import WikiAddress, number
from scraper.readers.html.comments import comment_of
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import (
    classes,
    content_of,
    data_number,
    exact_time,
    is_inside,
    plain_text,
)
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import Row, hidden_in, tags_in, user_in, user_links
from scraper.readers.reading import Reading

LINE = "mw-logline-"
NEW_USERS = "newusers"
ABOUT_USERS = frozenset({"block", "rights", NEW_USERS})  # logs whose targets are users
# Message logentry-newusers-create2 of MediaWiki 1.39: in most languages words stand before the new account and none
# before its maker; in these it is otherwise.
OTHERWISE = frozenset(
    {"ar", "az", "ba", "bgn", "br", "crh-latn", "diq", "gsw", "ko", "koi", "ks", "kv", "ky", "mg", "ml", "mr", "or",
     "sah", "se", "smn", "ta", "tl", "tr", "tyv", "uz", "xal", "yi"}
)  # fmt: skip
ACTION_LINKS = ("mw-logevent-actionlink", "mw-revdelundel-link")
SPECIAL = -1
USER = 2


def read_log(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The lines of Special:Log, of any version."""
    frame = frame_of(page, what, known)
    lines = list(_lines(page)) or _bare_lines(page, frame)
    default = what.parameters.get("type") or what.title.partition("/")[2]
    return Reading.of(log_line(line, frame, log_type(line) or default) for line in lines)


def read_log_excerpt(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The lines that pages show of what happened to them: those of missing pages tell of deletions and moves."""
    frame = frame_of(page, what, known)
    return Reading.of(log_line(line, frame, log_type(line)) for line in _lines(page))


def log_line(line: Element, frame: Frame, type_: str, time: Timestamp | None = None) -> LogEvent | LogMention:
    """One line as an event where it has an id and an action, else as a mention. ``time`` is for lines without date."""
    named, _, action = (line.get("data-mw-logaction") or "").partition("/")
    row = Row(line, frame)
    type_ = named or type_
    user, others = _people(line, frame, type_)
    targets = list(_targets(row, user, others, type_))
    log_id = data_number(line, "data-mw-logid") or _linked_id(row)
    hidden = hidden_in(line, frame, otherwise=Hidden.ACTION)
    parts: dict[str, Any] = {
        "type": type_,
        "action": action,
        "timestamp": time or row_time(line, frame),
        "user": user,
        "title": targets[0] if targets else None,
        "comment": None if Hidden.COMMENT in hidden else comment_of(line, frame),
        "params": _params(type_, targets),
        "tags": tags_in(line),
        "via": Via.HTML,
        "hidden": hidden,
    }
    if log_id and action:
        return LogEvent(log_id=log_id, page_id=None, **parts)
    return LogMention(log_id=log_id, place=Place.LOG, **parts)


def log_type(line: Element) -> str:
    """The log that the line's class names; ``""`` before 1.13."""
    names = (name.removeprefix(LINE) for name in classes(line) if name.startswith(LINE))
    return next(names, "")


def row_time(line: Element, frame: Frame) -> Timestamp | None:
    """Exact where the line says so, else its first date, behind which everything else stands."""
    return exact_time(line) or frame.time_within(plain_text(line))


def _lines(page: ParsedPage) -> Iterator[Element]:
    return (item for item in page.body.iter("li") if item.get("data-mw-logid") or log_type(item))


def _bare_lines(page: ParsedPage, frame: Frame) -> list[Element]:
    """Before 1.13: items of the list that begin with a date."""
    items = (item for item in content_of(page).iter("li") if item.find("a") is not None)
    return [item for item in items if frame.time_within((item.text or "").strip())]


def _people(line: Element, frame: Frame, type_: str) -> tuple[UserName | None, list[Element]]:
    """Who did it, and the elements that name others.

    Who did it is named first, except where an account was made for somebody: "User account A was created by B".
    """
    links = user_links(line)
    is_usual = frame.language.code not in OTHERWISE
    if len(links) > 1 and type_ == NEW_USERS and _has_words_before(links[0], line, frame) is is_usual:
        links = [links[-1], *links[:-1]]
    return (user_in(links[0], frame), links[1:]) if links else (user_in(line, frame), [])


def _has_words_before(link: Element, line: Element, frame: Frame) -> bool:
    before = plain(plain_text(line).partition(plain_text(link))[0])
    dates = frame.language.find_dates(before)
    return any(character.isalpha() for character in before[dates[-1].end if dates else 0 :])


def _targets(row: Row, user: UserName | None, others: list[Element], type_: str) -> Iterator[Title]:
    """The titles that the line links to, the page that it is about first."""
    if type_ not in ABOUT_USERS:
        titles = (_page_title(link, address, row.frame) for link, address in row.addresses)
        is_marked = bool(user_links(row.element))
        yield from (title for title in titles if title and (is_marked or not _is_of(user, title)))
        return
    pages = (row.frame.title(a.title) for link, a in row.addresses if "mw-userlink" not in classes(link) and a.title)
    yield from (title for title in pages if title and title.namespace_id == USER)
    names = [plain_text(link).strip() for link in others] or ([user.name] if user and type_ == NEW_USERS else [])
    yield from (title for name in names if (title := row.frame.title(f"{CANONICAL[USER]}:{name}")))


def _is_of(user: UserName | None, title: Title) -> bool:
    """Whether it is the user's own page or talk: before 1.13 nothing else tells their links from those of targets."""
    return user is not None and title.namespace_id in (USER, USER + 1) and title.name == user.name


def _page_title(link: Element, address: WikiAddress, frame: Frame) -> Title | None:
    if "mw-userlink" in classes(link) or is_inside(link, *ACTION_LINKS) or not address.title:
        return None
    title = frame.title(address.title)
    return None if title is None or title.namespace_id == SPECIAL else title


def _params(type_: str, targets: list[Title]) -> Mapping[str, Any]:
    """Where a page was moved to, as the API calls it."""
    if type_ != "move" or len(targets) < 2:
        return {}
    return {"target_ns": targets[1].namespace_id, "target_title": targets[1].full}


def _linked_id(row: Row) -> int | None:
    """The time links to the line itself from 1.32 on."""
    return next((found for _, a in row.addresses if (found := number(a.parameters.get("logid", "")))), None)
