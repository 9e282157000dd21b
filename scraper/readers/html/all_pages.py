"""Special:AllPages and Special:PrefixIndex: the titles of a namespace, in every style of paging.

Up to 1.9 an index links to parts as ``Special:Allpages/First``, up to 1.23 with ``from`` and ``to``; parts are tables
of three columns with "next page" up to 1.23, lists since (SpecialAllPages, SpecialPrefixindex).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scraper.model import Place, Title, TitleMention, Via
from scraper.readers.html.addresses import WikiAddress
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import content_of, first_of_class, is_inside, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.reading import Reading

LISTS = ("mw-allpages-table-chunk", "mw-allpages-chunk", "mw-prefixindex-list", "mw-prefixindex-body")
INDEX = "allpageslist"
REDIRECT = "allpagesredirect"
SPECIAL = -1


@dataclass(frozen=True, slots=True)
class TitleList:
    """One page of the list: its titles, where it goes on, and the parts that an index leads to (absolute addresses).

    ``namespaces`` are the numbers and names that the form offers.
    """

    titles: tuple[TitleMention, ...] = ()
    next_page: str = ""
    parts: tuple[str, ...] = ()
    namespaces: tuple[tuple[int, str], ...] = ()


def read_all_pages(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The titles as mentions."""
    return Reading(list_titles(page, what, known).titles)


def list_titles(page: ParsedPage, what: PageContext, known: Known) -> TitleList:
    """Everything that the page says."""
    frame = frame_of(page, what, known)
    options = list(_namespace_options(page))
    namespace_id = next((number for number, _, is_selected in options if is_selected), 0)
    links = [(link, address) for link in content_of(page).iter("a")
             if (address := frame.link(link))]  # fmt: skip
    titles = tuple(_titles(links, page, frame, namespace_id))
    return TitleList(
        titles,
        _next_page(links, titles, frame),
        tuple(dict.fromkeys(frame.absolute(link.get("href") or "") for link, _ in links if is_inside(link, INDEX))),
        tuple((number, name) for number, name, _ in options),
    )


def _titles(
    links: list[tuple[Element, WikiAddress]], page: ParsedPage, frame: Frame, namespace_id: int
) -> Iterator[TitleMention]:
    """Links in the lists that have a name; before 1.16 all links in the content that lead to pages."""
    is_named = first_of_class(page.body, *LISTS) is not None or "mw-prefixindex-list-table" in page.ids
    for link, address in links:
        if is_inside(link, INDEX) or not _is_listed(link, is_named) or not address.is_page or address.parameters:
            continue
        title = _title(address, frame, namespace_id)
        if title and title.namespace_id != SPECIAL:
            yield TitleMention(title, Place.LIST, Via.HTML, is_inside(link, REDIRECT))


def _is_listed(link: Element, is_named: bool) -> bool:
    if is_named:
        table = next((outer for outer in link.iterancestors("table")), None)
        return is_inside(link, *LISTS) or (table is not None and table.get("id") == "mw-prefixindex-list-table")
    return next(link.iterancestors("td", "li"), None) is not None


def _title(address: WikiAddress, frame: Frame, namespace_id: int) -> Title | None:
    """In namespaces that are not known yet the form tells which one it is."""
    title = frame.title(address.title)
    if title and title.namespace_id == 0 and namespace_id and ":" in address.title:
        return frame.titles.split(address.title, namespace_id)
    return title


def _next_page(links: list[tuple[Element, WikiAddress]], titles: tuple[TitleMention, ...], frame: Frame) -> str:
    """The link to this list from behind its last title; the one to the page before begins before its first."""
    if not titles:
        return ""
    last = _key(titles[-1].title.name)
    for link, address in links:
        start = address.parameters.get("from", "")
        if start and "to" not in address.parameters and _key(start) > last and not is_inside(link, INDEX):
            return frame.absolute(link.get("href") or "")
    return ""


def _key(name: str) -> bytes:
    """Titles are in the order of their bytes in the database."""
    return name.replace(" ", "_").encode()


def _namespace_options(page: ParsedPage) -> Iterator[tuple[int, str, bool]]:
    for choice in page.body.iter("select"):
        if choice.get("name") != "namespace":
            continue
        for option in choice.iter("option"):
            value = option.get("value") or ""
            if value.isdecimal():
                yield int(value), plain_text(option).strip(), option.get("selected") is not None
