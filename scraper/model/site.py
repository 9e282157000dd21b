"""Facts about the wiki as a whole and about its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scraper.model.values import Timestamp, Via


@dataclass(frozen=True, slots=True)
class Site:
    """What the wiki says of itself.

    ``siteinfo`` is the whole answer of ``meta=siteinfo``, or what a dump's header says in the same shape.
    """

    name: str
    base_url: str
    generator: str
    language: str
    main_page: str
    server: str
    article_path: str
    script_path: str
    case: str
    timezone: str
    license_name: str
    license_url: str
    siteinfo: Mapping[str, Any]
    via: Via
    api_url: str | None = None
    index_url: str | None = None


# A dump without siteinfo does not say whose it is.
UNKNOWN_SITE = Site(
    name="",
    base_url="",
    generator="MediaWiki",
    language="en",
    main_page="Main Page",
    server="",
    article_path="/wiki/$1",
    script_path="",
    case="first-letter",
    timezone="UTC",
    license_name="",
    license_url="",
    siteinfo={},
    via=Via.DUMP,
)


@dataclass(frozen=True, slots=True)
class Namespace:
    """``name`` is in the wiki's language, ``canonical`` in English.

    ``case`` is ``first-letter`` or ``case-sensitive``.
    """

    namespace_id: int
    name: str
    canonical: str
    case: str = "first-letter"
    is_content: bool = False
    has_subpages: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interwiki:
    """A prefix that leads to another wiki; ``language`` is the language's own name for language links."""

    prefix: str
    url: str
    language: str | None = None
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the wiki counts, by the API's names (``pages``, ``articles``, ``edits``, ``images``, ``users``…)."""

    numbers: Mapping[str, int]
    via: Via


@dataclass(frozen=True, slots=True)
class Message:
    """An interface message in the wiki's language, with the wiki's own changes."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class User:
    """An account as ``list=allusers`` shows it (with its number since 1.17); ``groups`` are the explicit ones."""

    name: str
    wiki_user_id: int | None
    edit_count: int | None
    registered_at: Timestamp | None
    groups: tuple[str, ...]
    is_blocked: bool
    via: Via


@dataclass(frozen=True, slots=True)
class UserRenamed:
    """An account has another name now; everything it did follows."""

    old: str
    new: str
