"""Special:ListFiles (Imagelist before 1.15): the current version of every file (ImageListPager, 1.12 and later)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from scraper.model import FileVersion, Via
from scraper.readers.html.comments import comment_text
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class, of_class, plain_text
from scraper.readers.html.file_pages import ARCHIVE, bytes_in
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import user_called
from scraper.readers.reading import Reading

COLUMN = "TablePager_col_img_"


def read_file_list(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """One version for each row; the list tells no dimensions."""
    frame = frame_of(page, what, known)
    rows = (row for table in of_class(page.body, "listfiles", "TablePager") for row in table.iter("tr"))
    return Reading.of(version for row in rows for version in _version(row, frame))


def _version(row: Element, frame: Frame) -> Iterator[FileVersion]:
    links = [] if (cell := _cell(row, "name")) is None else list(cell.iter("a"))
    if not links:
        return
    page, file = links[0], links[-1] if len(links) > 1 else None
    address = frame.link(page)
    title = frame.title(address.title) if address and address.title else None
    name = title.name if title else plain_text(page).strip()
    url = file.get("href") if file is not None else None
    archived = ARCHIVE.search(url or "")
    user = _text(row, "user_text") or _text(row, "actor")
    yield FileVersion(
        name=name,
        timestamp=frame.time(_text(row, "timestamp")),
        user=user_called(user) if user else None,
        comment=_comment(row, frame),
        size=bytes_in(_text(row, "size"), frame),
        width=None,
        height=None,
        mime=None,
        media_type=None,
        bits=None,
        sha1=None,
        url=frame.absolute(url) if url else None,
        archive_name=unquote(archived[1]) if archived else None,
        via=Via.HTML,
    )


def _cell(row: Element, name: str) -> Element | None:
    return first_of_class(row, COLUMN + name)


def _text(row: Element, name: str) -> str:
    cell = _cell(row, name)
    return "" if cell is None else plain_text(cell).strip()


def _comment(row: Element, frame: Frame) -> str | None:
    cell = _cell(row, "description")
    if cell is None:
        return None
    marked = first_of_class(cell, "comment")
    return comment_text(cell if marked is None else marked, frame)
