"""One line about one revision, wherever it stands: histories, contributions, recent changes, diffs.

The classes are the same from 1.5 to 1.43; what an era lacks is told by the line's links (PageHistory, HistoryPager,
ChangesList, ContribsPager and Linker of those versions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from scraper.model import Hidden, Timestamp, UserName
from scraper.readers.html.addresses import WikiAddress, number
from scraper.readers.html.comments import comment_of
from scraper.readers.html.elements import (
    classes,
    data_number,
    exact_time,
    first_of_class,
    is_inside,
    number_in,
    of_class,
    plain_text,
)
from scraper.readers.html.frame import Frame
from scraper.readers.html.page import Element

USER, SPECIAL = 2, -1
MASKED_ADDRESS = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.xxx|\d{1,3}\.\d{1,3}\.xxx\.xxx")
SIZE_CHANGES = ("mw-plusminus-pos", "mw-plusminus-neg", "mw-plusminus-null")
TAG = "mw-tag-"
# What stands for a hidden part; the parentheses are part of the message.
REMOVED = {
    "rev-deleted-comment": Hidden.COMMENT,
    "rev-deleted-user": Hidden.USER,
    "rev-deleted-event": Hidden.ACTION,
}
NO_TAGS = frozenset({"mw-tag-marker", "mw-tag-markers"})
NOT_THE_ROW = ("comment", "mw-usertoollinks", "mw-tag-markers", "history-user")


class Row:
    """A line and its parts. Every part may be missing: then it is ``None``."""

    def __init__(self, element: Element, frame: Frame) -> None:
        self.element = element
        self.frame = frame

    @cached_property
    def addresses(self) -> list[tuple[Element, WikiAddress]]:
        """The line's own links with what they ask for: those of its comment, user and tags are not its own."""
        links = (link for link in self.element.iter("a") if not is_inside(link, *NOT_THE_ROW))
        found = ((link, self.frame.link(link)) for link in links)
        return [(link, address) for link, address in found if address]

    @cached_property
    def rev_id(self) -> int | None:
        """Kept in ``data-mw-revid`` from 1.30 on, before that in the buttons that choose it and in the links."""
        told = data_number(self.element, "data-mw-revid")
        return told or _chosen(self.element) or next(self.linked_ids(), None)

    @cached_property
    def previous_id(self) -> int | None:
        """The revision that the link to what this one changed compares it with."""
        pairs = ((number(a.parameters.get("diff", "")), number(a.parameters.get("oldid", ""))) for _, a in self._diffs)
        return next((old for new, old in pairs if old and new == self.rev_id), None)

    @property
    def has_previous_link(self) -> bool:
        """Whether the wiki knew of an older revision, named or not."""
        named = (address.parameters for _, address in self._diffs)
        return self.previous_id is not None or any("prev" in (p.get("diff"), p.get("oldid")) for p in named)

    @property
    def date(self) -> Element | None:
        """The element whose text is when it was: the link to the revision, or bare text where that is hidden."""
        dated = (e for e in of_class(self.element, "mw-changeslist-date") if "mw-changeslist-time" not in classes(e))
        linked = (link for link, address in self.addresses if address.rev_id and address.action == "view")
        hidden = (e for e in of_class(self.element, "history-deleted") if not is_inside(e, "comment", "history-user"))
        return next((found for candidates in (dated, linked, hidden) for found in candidates), None)

    @property
    def timestamp(self) -> Timestamp | None:
        """Exact where the line says so, else as displayed."""
        date = self.date
        return exact_time(self.element) or (None if date is None else self.frame.time(plain_text(date)))

    @property
    def user(self) -> UserName | None:
        """Who it was; ``None`` when hidden."""
        box = first_of_class(self.element, "history-user")
        return user_in(self.element if box is None else box, self.frame)

    @property
    def comment(self) -> str | None:
        """Wikitext, ``""`` where the line has no comment, ``None`` when it is hidden."""
        return None if Hidden.COMMENT in self.hidden else comment_of(self.element, self.frame)

    @property
    def is_minor(self) -> bool:
        """``minoredit`` from 1.17 on, ``minor`` before."""
        marks = of_class(self.element, "minoredit", "minor")
        return any(mark.tag in ("abbr", "span", "strong") for mark in marks)

    @property
    def size(self) -> int | None:
        """Bytes: beside the row, or (1.19) only in the title of the change of size."""
        shown = first_of_class(self.element, "history-size")
        if shown is not None:
            return data_number(shown, "data-mw-bytes") or number_in(plain_text(shown)) or 0
        changed = first_of_class(self.element, *SIZE_CHANGES)
        return number_in(changed.get("title") or "") if changed is not None else None

    @property
    def tags(self) -> tuple[str, ...]:
        """Names of change tags, from the classes of the line and of its markers."""
        return tags_in(self.element)

    @cached_property
    def hidden(self) -> frozenset[Hidden]:
        """The parts that the line shows as removed."""
        return hidden_in(self.element, self.frame)

    @property
    def _diffs(self) -> Iterable[tuple[Element, WikiAddress]]:
        return ((link, address) for link, address in self.addresses if address.is_diff)

    def linked_ids(self) -> Iterator[int]:
        """Revisions that its links lead to or compare, in their order."""
        for _, address in self.addresses:
            if address.rev_id and address.action == "view":
                yield address.rev_id
        yield from ids_compared(address for _, address in self._diffs)


def ids_compared(addresses: Iterable[WikiAddress]) -> Iterator[int]:
    """The revision in whose line a link to a difference stands: the one beside ``prev`` or ``next``, or the newer."""
    for address in addresses:
        new, old = address.parameters.get("diff", ""), address.parameters.get("oldid", "")
        found = number(old) if new in ("prev", "next") else number(new)
        if found:
            yield found


def user_in(box: Element, frame: Frame) -> UserName | None:
    """The first user named in it. Names have the class ``mw-userlink`` from 1.13 on; before, their links tell.

    ``wiki_user_id`` is 0 for IP addresses and for names that belong to no account (``mw-anonuserlink``).
    """
    found = next(iter(user_links(box)), None)
    if found is None:
        links = (link for link in box.iter("a") if not is_inside(link, "comment", "mw-usertoollinks", "mw-userlink"))
        found = next((link for link in links if _leads_to_user(link, frame)), None)
    name = plain_text(found).strip() if found is not None else ""
    if found is None or not name:
        return None
    return user_called(name, is_unregistered="mw-anonuserlink" in classes(found))


def user_links(box: Element) -> list[Element]:
    """The elements that name users, in order; from 1.38 on a hidden name has their class as well."""
    return [link for link in of_class(box, "mw-userlink") if not is_inside(link, "comment", "history-deleted")]


def _leads_to_user(link: Element, frame: Frame) -> bool:
    """To the user's page, or to the contributions of one who has no account."""
    address = frame.link(link)
    title = frame.title(address.title) if address and address.title else None
    if title is None:
        return False
    is_named = title.name.partition("/")[2] == plain_text(link).strip()
    is_list = title.namespace_id == SPECIAL and is_named and frame.special(title) == "Contributions"
    return title.namespace_id == USER or is_list


def user_called(name: str, is_unregistered: bool = False) -> UserName:
    """A user as displayed; MediaWiki shortens IPv6 addresses for display (IPUtils::prettifyIP)."""
    try:
        return UserName(_long_form(IPv6Address(name)), 0)
    except AddressValueError:
        is_address = _is_ipv4(name) or MASKED_ADDRESS.fullmatch(name) is not None
        return UserName(name, 0 if is_address or is_unregistered else None)


def tags_in(element: Element) -> tuple[str, ...]:
    """The change tags that an element and its markers name in their classes."""
    names = list(classes(element)) + [name for marker in of_class(element, "mw-tag-marker") for name in classes(marker)]
    tags = (name.removeprefix("mw-tag-marker-").removeprefix(TAG) for name in names if name not in NO_TAGS
            and name.startswith(TAG))  # fmt: skip
    return tuple(sorted(set(tags)))


def hidden_in(element: Element, frame: Frame, otherwise: Hidden = Hidden.COMMENT) -> frozenset[Hidden]:
    """The parts that a line shows as removed (``history-deleted``).

    Structure tells most. Recent changes and logs mark all parts alike, so that the words tell, or the order: the user
    comes first, and ``otherwise`` says what else it is in that list.
    """
    parts: set[Hidden] = set()
    for mark in of_class(element, "history-deleted"):
        if "mw-history-suppressed" in classes(mark):
            parts.add(Hidden.SUPPRESSED)
        part = _by_structure(mark, frame) or _by_words(mark, frame)
        if part is None:
            part = otherwise if Hidden.USER in parts or user_in(element, frame) else Hidden.USER
        parts.add(part)
    return frozenset(parts)


def _by_structure(mark: Element, frame: Frame) -> Hidden | None:
    if first_of_class(mark, "comment") is not None:
        return Hidden.COMMENT
    if is_inside(mark, "history-user", "mw-userlink"):
        return Hidden.USER
    is_date = "mw-changeslist-date" in classes(mark) or next(mark.iter("a"), None) is not None
    is_date = is_date or frame.time(plain_text(mark).strip()) is not None  # to strangers a date without link
    return Hidden.TEXT if is_date else None


def _by_words(mark: Element, frame: Frame) -> Hidden | None:
    words = plain_text(mark).strip().strip("()")
    said = (part for key, part in REMOVED.items() if frame.language.says(key, words))
    return next(said, None) or next((p for k, p in REMOVED.items() if frame.language.says(k, f"({words})")), None)


def _chosen(row: Element) -> int | None:
    buttons = (field for field in row.iter("input") if field.get("name") in ("diff", "oldid"))
    return next((value for field in buttons if (value := data_number(field, "value"))), None)


def _is_ipv4(name: str) -> bool:
    try:
        IPv4Address(name)
    except AddressValueError:
        return False
    return True


def _long_form(address: IPv6Address) -> str:
    """As MediaWiki stores it: eight groups, upper case, no leading zeros (IPUtils::sanitizeIP)."""
    return ":".join(f"{int(group, 16):X}" for group in address.exploded.split(":"))
