"""Small parts that many answers of the API share, in the shapes of formatversion 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scraper.model import Hidden, Sha1, Timestamp, Title, UserName
from scraper.titles import TitleParser

HEX_LENGTH = 40
MOST_DIGITS = 19  # of a number that a database holds


def timestamp(value: Any) -> Timestamp | None:
    """ISO 8601 in UTC, as the API writes it; ``None`` for nothing, ``infinity`` and MySQL's zero date."""
    return Timestamp.read(str(value or ""))


def sha1(value: Any) -> Sha1 | None:
    """The API's 40 digits; old rows of a wiki may hold an empty one."""
    text = str(value or "")
    return Sha1(text.lower()) if len(text) == HEX_LENGTH else None


def user(item: Mapping[str, Any]) -> UserName | None:
    """Who did it, ``None`` when hidden or not said. Before 1.17 only those without account are told (``anon``)."""
    name = item.get("user")
    if not isinstance(name, str):
        return None
    return UserName(name, number(item.get("userid", 0 if item.get("anon", False) is not False else None)))


def comment(item: Mapping[str, Any]) -> str | None:
    """The comment as wikitext, ``None`` when hidden."""
    value = item.get("comment")
    return value if isinstance(value, str) else None


def title(item: Mapping[str, Any], titles: TitleParser) -> Title | None:
    """The title that the wiki itself wrote, ``None`` when hidden."""
    text = item.get("title")
    return titles.split(text, int(item.get("ns", 0))) if isinstance(text, str) else None


def hidden(item: Mapping[str, Any], flags: Mapping[str, Hidden]) -> frozenset[Hidden]:
    """The parts whose flag is set: true in formatversion 2, present and empty before."""
    return frozenset(part for flag, part in flags.items() if item.get(flag, False) is not False)


def number(value: Any) -> int | None:
    """An integer, ``None`` for anything else. Before 1.25 some come as texts."""
    if isinstance(value, str) and value.isdecimal() and len(value) <= MOST_DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def texts(value: Any) -> tuple[str, ...]:
    """A list of strings."""
    return tuple(item for item in value or () if isinstance(item, str))
