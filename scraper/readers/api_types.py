"""Of which types an answer's parts have to be: those that we read, in the shapes of ``formatversion=2``.

A broken wiki, an extension or a proxy may put anything in their places. What is of another type counts as not said, a
thing that lacks what it cannot be told without is left out, and each is told; the rest of the answer is good.
Sources: https://www.mediawiki.org/wiki/API:Query, API:Siteinfo, API:Revisions, API:Logevents, API:Imageinfo and
API:Parsing_wikitext; numbers that were written as texts before 1.25 are made numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scraper.readers.parts import MOST_DIGITS

LARGEST_NUMBER = 2**63 - 1  # of a database
MOST_TOLD = 20  # of one answer
NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}

# Gives the value as it is to be read, or NOTHING; what is wrong is added to a list, with its place.
Check = Callable[[Any, "Place", list[str]], Any]
NOTHING = object()


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an answer something stands; written out when it is told only."""

    above: Place | None
    name: str | int

    def __str__(self) -> str:
        here = f"[{self.name}]" if isinstance(self.name, int) else f".{self.name}"
        return f"{self.above}{here}" if self.above else str(self.name)

    def tell(self, value: Any, told: list[str], wanted: str) -> object:
        """That there is something else than was wanted."""
        found = NAMES.get(type(value)) or f"the number {str(value)[: MOST_DIGITS + 1]}"
        told.append(f"{self} is {found}, not {wanted}")
        return NOTHING


def text(value: Any, place: Place, told: list[str]) -> Any:
    return value if isinstance(value, str) else place.tell(value, told, "a text")


def number(value: Any, place: Place, told: list[str]) -> Any:
    """A whole number that a database can hold."""
    if isinstance(value, str) and len(value) <= MOST_DIGITS and value.removeprefix("-").isdecimal():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return value
    return place.tell(value, told, "a number of ours")


def identity(value: Any, place: Place, told: list[str]) -> Any:
    """0 stands for nothing."""
    found = number(value, place, told)
    return found if found is NOTHING or found >= 0 else place.tell(value, told, "an id")


def scalar(value: Any, place: Place, told: list[str]) -> Any:
    return value if isinstance(value, str | int) else place.tell(value, told, "a text or a number")


def mapping(value: Any, place: Place, told: list[str]) -> Any:
    """PHP writes one without entries as a list."""
    if value == []:
        return {}
    return value if isinstance(value, dict) else place.tell(value, told, "an object")


@dataclass(frozen=True, slots=True)
class Thing:
    """An object with these fields among others. ``needs`` says what it cannot be told without, once it has a field.

    The field ``""`` is one that all have.
    """

    fields: Mapping[str, Check]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, value: Any, place: Place, told: list[str]) -> Any:
        value = mapping(value, place, told)
        if value is NOTHING:
            return NOTHING
        found = value
        for name, given in value.items():
            check = self.fields.get(name)
            if check is None:
                continue
            # Null says nothing, too.
            good = NOTHING if given is None else check(given, Place(place, name), told)
            if good is not given:
                found = dict(found) if found is value else found
                found[name] = good
        if found is not value:
            found = {name: good for name, good in found.items() if good is not NOTHING}
        for name, needed in self.needs.items():
            lacking = [] if name and not found.get(name) else [other for other in needed if other not in found]
            if lacking:
                told.append(f"{place} lacks {', '.join(lacking)}")
                return NOTHING
        return found


@dataclass(frozen=True, slots=True)
class Many:
    """A list; PHP writes one that is empty as an object now and then."""

    of: Check

    def __call__(self, value: Any, place: Place, told: list[str]) -> Any:
        if not isinstance(value, list):
            return [] if value == {} else place.tell(value, told, "a list")
        items = [self.of(item, Place(place, at), told) for at, item in enumerate(value)]
        is_same = all(good is item for good, item in zip(items, value, strict=True))
        return value if is_same else [good for good in items if good is not NOTHING]


@dataclass(frozen=True, slots=True)
class Named:
    """An object whose keys are the wiki's own names."""

    of: Check

    def __call__(self, value: Any, place: Place, told: list[str]) -> Any:
        value = mapping(value, place, told)
        if value is NOTHING:
            return NOTHING
        items = {name: self.of(item, Place(place, name), told) for name, item in value.items()}
        is_same = all(items[name] is item for name, item in value.items())
        return value if is_same else {name: good for name, good in items.items() if good is not NOTHING}


def _of(check: Check, names: str) -> dict[str, Check]:
    return dict.fromkeys(names.split(), check)


def _needing(*names: str) -> dict[str, tuple[str, ...]]:
    return {"": names}


ANY = Thing({})
TITLED: dict[str, Check] = {"title": text, "ns": number}
BY: dict[str, Check] = {"user": text, "userid": number, "comment": text, "timestamp": text}
REVISION_PARTS: dict[str, Check] = {**_of(text, "content contentmodel contentformat sha1"), "size": number}
SLOT = Thing(REVISION_PARTS)
REVISION = Thing(
    {**REVISION_PARTS, **BY, "revid": identity, "parentid": identity, "tags": Many(text), "slots": Named(SLOT)},
    _needing("revid"),
)
IMAGE = Thing(
    {
        **BY,
        **_of(text, "mime mediatype sha1 url archivename"),
        **_of(number, "size width height bitdepth"),
    }
)
PAGE_PARTS: dict[str, Check] = {
    **TITLED,
    **_of(identity, "pageid lastrevid"),
    **_of(text, "contentmodel pagelanguage touched"),
    "length": number,
    "protection": Many(ANY),
    "pageprops": mapping,
    "revisions": Many(REVISION),
    "imageinfo": Many(IMAGE),
}
PAGE = Thing(PAGE_PARTS, dict.fromkeys(("pageid", "imageinfo"), ("title", "ns")))
LISTED_PAGE = Thing(PAGE_PARTS, _needing("pageid", "title", "ns"))
MISSING_PAGE = Thing(PAGE_PARTS, {"imageinfo": ("title", "ns")})


def page(value: Any, place: Place, told: list[str]) -> Any:
    """One that is missing may be known by its id alone."""
    is_missing = isinstance(value, dict) and value.get("missing")
    return (MISSING_PAGE if is_missing else PAGE)(value, place, told)


BAD_ID = Thing({"revid": identity}, _needing("revid"))


def bad_ids(value: Any, place: Place, told: list[str]) -> Any:
    """By their ids in all versions, which are a list once they have been made one."""
    return (Named(BAD_ID) if isinstance(value, dict) else Many(BAD_ID))(value, place, told)


CHANGE = Thing(
    {**TITLED, **BY, "type": text, **_of(identity, "revid pageid old_revid parentid"), **_of(number, "newlen size")}
)
EVENT = Thing(
    {
        **TITLED,
        **BY,
        **_of(text, "type action"),
        **_of(identity, "logid pageid logpage"),
        "tags": Many(text),
        "params": Thing({"ids": Many(scalar)}),  # of revisions, or names of a file's old versions
    },
    _needing("logid"),
)
USER = Thing(
    {**_of(text, "name registration"), **_of(number, "userid editcount"), **_of(Many(text), "groups implicitgroups")},
    _needing("name"),
)
NAMESPACE = Thing({**_of(text, "name canonical case"), "id": number}, _needing("id"))
GENERAL = Thing(
    _of(
        text,
        "sitename base generator lang mainpage server articlepath script scriptpath case timezone rights",
    )
)
QUERY = Thing(
    {
        "general": GENERAL,
        "rightsinfo": Thing(_of(text, "text url")),
        "namespaces": Named(NAMESPACE),
        "namespacealiases": Many(Thing({"id": number, "alias": text}, _needing("id", "alias"))),
        "interwikimap": Many(Thing(_of(text, "prefix url language"), _needing("prefix", "url"))),
        "statistics": mapping,
        "tokens": mapping,
        "allmessages": Many(Thing(_of(text, "name content"), _needing("name"))),
        "allusers": Many(USER),
        "logevents": Many(EVENT),
        "protectedtitles": Many(Thing({**TITLED, **BY}, _needing("title", "ns"))),
        "badrevids": bad_ids,
        "allpages": Many(LISTED_PAGE),
        **_of(Many(CHANGE), "recentchanges usercontribs"),
        **_of(Many(page), "pages allrevisions backlinks embeddedin imageusage categorymembers search"),
    }
)
PARSE = Thing(
    {
        **_of(text, "text title displaytitle"),
        **_of(identity, "pageid revid"),
        **_of(Many(ANY), "categories sections langlinks"),
    }
)
ANSWER = Thing(
    {
        "query": QUERY,
        "parse": PARSE,
        "login": mapping,
        "continue": mapping,
        "query-continue": Named(mapping),
    }
)


def checked(data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answer with what can be read of it, and what cannot: "query.pages[3].ns is a text, not a number of ours"."""
    told: list[str] = []
    found = ANSWER(data, Place(None, "answer"), told)
    more = (f"and {len(told) - MOST_TOLD:,} more",) if len(told) > MOST_TOLD else ()
    return found, (*told[:MOST_TOLD], *more)
