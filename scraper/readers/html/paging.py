"""Links to the rest of a list that one page does not hold: histories, logs, lists of files and users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scraper.model import Timestamp
from scraper.readers.html.addresses import WikiAddress
from scraper.readers.html.elements import classes
from scraper.readers.html.frame import Frame
from scraper.readers.html.page import Element, ParsedPage

NEXT, PREVIOUS = "mw-nextlink", "mw-prevlink"
# From 1.35 on some lists have buttons instead (CodexTablePager, IndexPager of TablePager).
NEXT_BUTTONS = frozenset({"TablePager-button-next"})
PREVIOUS_BUTTONS = frozenset({"TablePager-button-prev"})

FIRST_TIME = 10**13  # the first offset that has the 14 digits of a time


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses, absolute, of the pages before and behind; empty at the ends. In histories ``older`` is behind."""

    newer: str = ""
    older: str = ""

    @property
    def has_newer(self) -> bool:
        return bool(self.newer)

    @property
    def has_older(self) -> bool:
        return bool(self.older)


def read_paging(page: ParsedPage, frame: Frame) -> Paging:
    """By the links' classes (1.14 and later), by ``rel`` and by what they ask for before."""
    links = [link for link in page.body.iter("a") if link.get("href")]
    newer = _first(links, PREVIOUS, PREVIOUS_BUTTONS)
    older = _first(links, NEXT, NEXT_BUTTONS)
    if newer is None and older is None:
        newer, older = _by_offset(links, frame)
    return Paging(_absolute(newer, frame), _absolute(older, frame))


def begins_at(url: str, frame: Frame) -> Timestamp | None:
    """The exact time of the row that stands nearest to the page behind such a link, in lists ordered by time.

    Its ``offset`` is that row's time in UTC, from 1.36 on with the row's number behind (IndexPager::getPagingQueries).
    """
    address = frame.address(url)
    return Timestamp.read_digits(address.parameters.get("offset", "").partition("|")[0]) if address else None


def _first(links: Iterable[Element], name: str, buttons: frozenset[str]) -> Element | None:
    return next((link for link in links if name in classes(link) or buttons & classes(link)), None)


def _by_offset(links: Iterable[Element], frame: Frame) -> tuple[Element | None, Element | None]:
    """Lists before 1.14 mark nothing, but the links that choose how many rows a page has share the page's offset."""
    addressed = [(link, address) for link in links if (address := frame.address(link.get("href") or ""))]
    paged = [(link, address) for link, address in addressed if address.parameters.get("offset", "").isdecimal()]
    limits = {(_offset(address), address.parameters.get("limit")) for _, address in paged}
    times = Counter(offset for offset, _ in limits)
    here = next((offset for offset, count in times.items() if count > 1), 0)
    others = [(link, address) for link, address in paged if times[_offset(address)] == 1]
    newer = next((link for link, address in others if _is_newer(address, here)), None)
    older = next((link for link, address in others if not _is_newer(address, here)), None)
    return newer, older


def _is_newer(address: WikiAddress, here: int) -> bool:
    """Offsets are times, with ``dir=prev`` towards newer ones, or count rows from the newest on."""
    offset = _offset(address)
    return address.parameters.get("dir") == "prev" or (offset < here and offset < FIRST_TIME)


def _offset(address: WikiAddress) -> int:
    return int(address.parameters.get("offset", "0"))


def _absolute(link: Element | None, frame: Frame) -> str:
    return "" if link is None else frame.absolute(link.get("href") or "")
