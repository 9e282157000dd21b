"""File pages: the table of a file's versions below its description (ImageHistoryList, 1.8 to 1.43).

Columns came, went and changed places, so that each cell is known by what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from scraper.model import FileVersion, Hidden, Title, Via
from scraper.readers.file_times import offset_of
from scraper.readers.html.comments import comment_text
from scraper.readers.html.context import Kind, Known, PageContext
from scraper.readers.html.elements import first_of_class, number_in, of_class, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import hidden_in, user_in
from scraper.readers.html.views import revision_shown
from scraper.readers.reading import Reading

DIMENSIONS = re.compile(r"(\d[\d\s.,'’٬\u00a0\u202f]{0,30}+)[×x]\s*(\d[\d\s.,'’٬\u00a0\u202f]*)")
MIME = re.compile(r"\b(?:application|audio|chemical|font|image|model|text|video)/[\w.+-]+")
ARCHIVE = re.compile(r"/archive/(?:[0-9a-f]/[0-9a-f]{2}/)?(\d{14}(?:!|%21)[^/?#]+)$")
ONE_LETTER = re.compile(r"\d[\s\u00a0\u202f]*[^\W\d_]$")
IN_PARENTHESES = re.compile(r"[(（]([^()（）]*)[)）]")


def read_file_page(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The file's versions, the newest first; the type is told of that one only.

    Where their names tell the zone, the page's own last edit is told in UTC, too: all of a copy can be measured by it.
    """
    frame = frame_of(page, what, known)
    title = frame.title_in(what.title, what.namespace_id)
    if title is None:
        return Reading()
    versions = [_version(row, title, frame) for row in _rows(page, frame)]
    mime, offset = _mime(page), offset_of(versions)
    typed = (replace(version, mime=mime) if mime and not index else version for index, version in enumerate(versions))
    is_measured = frame.offset is None and offset is not None and what.kind is Kind.VIEW and what.rev_id
    edits = [revision_shown(page, what, title, replace(frame, offset=offset))] if is_measured else []
    return Reading((*typed, *edits))


def _rows(page: ParsedPage, frame: Frame) -> Iterator[Element]:
    """Rows of the table (1.11 and later), or items of the list that stands behind the heading."""
    tables = list(of_class(page.body, "filehistory"))
    heading = page.ids.get("filehistory")
    if not tables and heading is not None:
        tables = list(heading.itersiblings("table", "ul"))[:1]
    for table in tables:
        yield from (row for row in table.iter("tr", "li") if _date(row, frame) is not None)


def _version(row: Element, title: Title, frame: Frame) -> FileVersion:
    date = _date(row, frame)
    link = next(date.iter("a"), None) if date is not None and date.tag != "a" else date
    url = link.get("href") if link is not None else None
    archived = ARCHIVE.search(url or "")
    measures = next((cell for cell in _cells(row) if DIMENSIONS.search(plain_text(cell))), None)
    width, height = _dimensions(plain_text(measures)) if measures is not None else (None, None)
    hidden = hidden_in(row, frame)
    return FileVersion(
        name=title.name,
        timestamp=frame.time_within(plain_text(date)) if date is not None else None,
        user=None if Hidden.USER in hidden else user_in(row, frame),
        comment=None if Hidden.COMMENT in hidden else _comment(row, frame),
        size=_size(row, frame),
        width=width,
        height=height,
        mime=None,
        media_type=None,
        bits=None,
        sha1=None,
        url=frame.absolute(url) if url else None,
        archive_name=unquote(archived[1]) if archived else None,
        via=Via.HTML,
        hidden=frozenset(Hidden.FILE if part is Hidden.TEXT else part for part in hidden),
    )


def _cells(row: Element) -> list[Element]:
    return list(row.iter("td")) if row.tag == "tr" else [row]


def _date(row: Element, frame: Frame) -> Element | None:
    """The cell that is a date and time, in lists the link that is one."""
    parts = _cells(row) if row.tag == "tr" else list(row.iter("a"))
    return next((part for part in parts if frame.time(plain_text(part).strip())), None)


def _dimensions(text: str) -> tuple[int | None, int | None]:
    found = DIMENSIONS.search(text)
    return (number_in(found[1]), number_in(found[2])) if found else (None, None)


def _size(row: Element, frame: Frame) -> int | None:
    """Bytes, where they were not rounded to kilobytes: in parentheses behind the dimensions, or in a cell alone."""
    cells = [cell for cell in _cells(row) if row.tag != "tr" or first_of_class(cell, "comment") is None]
    texts = [plain_text(cell) for cell in cells]
    found = (piece for text in texts for piece in (*IN_PARENTHESES.findall(text), text))
    return next((size for piece in found if (size := bytes_in(piece, frame)) is not None), None)


def bytes_in(text: str, frame: Frame) -> int | None:
    """A size that the wiki gives to the byte (messages ``size-bytes``, ``nbytes``); ``None`` for a rounded one.

    Before 1.30 bytes had a unit of one letter (``B``, ``o``, ``Б``); those of rounded sizes have more.
    """
    text = text.strip()
    if not text[:1].isdecimal():
        return None
    is_exact = frame.language.says("size-bytes", text) or frame.language.says("nbytes", text)
    return number_in(text) if is_exact or ONE_LETTER.search(text) else None


def _comment(row: Element, frame: Frame) -> str | None:
    """In parentheses up to 1.16, the whole last cell since."""
    marked = first_of_class(row, "comment")
    cells = _cells(row)
    if marked is not None or row.tag != "tr":
        return comment_text(marked, frame)
    text = comment_text(cells[-1], frame)
    return text if len(cells) > 1 and first_of_class(cells[-1], "mw-userlink") is None else None


def _mime(page: ParsedPage) -> str | None:
    info = first_of_class(page.body, "mime-type", "fileInfo")
    box = page.ids.get("file") if info is None else info
    found = MIME.search(plain_text(box)) if box is not None else None
    return found[0] if found else None
