"""Category pages: the pages, subcategories and files that they list (CategoryViewer, ids since 1.8)."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model import Place, Title, TitleMention, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import classes
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import ParsedPage
from scraper.readers.reading import Reading

PARTS = ("mw-subcategories", "mw-pages", "mw-category-media")
SPECIAL = -1


def read_category(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """Members that exist, as mentions of their titles."""
    frame = frame_of(page, what, known)
    return Reading.of(TitleMention(title, Place.LIST, Via.HTML, redirect) for title, redirect in members(page, frame))


def members(page: ParsedPage, frame: Frame) -> Iterator[tuple[Title, bool]]:
    """The titles that the category lists, each once, and whether they are marked as redirects."""
    seen = set()
    for part in (page.ids[name] for name in PARTS if name in page.ids):
        for link in part.iter("a"):
            address = frame.link(link)
            title = frame.title(address.title) if address and address.is_page and not address.parameters else None
            if title and title.namespace_id != SPECIAL and "new" not in classes(link) and title not in seen:
                seen.add(title)
                yield title, "mw-redirect" in classes(link)
