"""Uses of the wiki's files: pictures, sounds and films in the page, with captions."""

from __future__ import annotations

from converters.document.vocabulary import MEDIA
from converters.records.outline import Outline, Place
from converters.records.record import Extractor, Reading, Row, Rows, Table

FILE_USES = Table("file_uses", "file_use_id", ("section_id", "name", "kind", "width", "height", "alt", "caption"))

FRAMES = frozenset({"figure", "li"})
CAPTIONS = frozenset({"figcaption", "gallerytext"})


def extract(page: Reading) -> Rows:
    places = page.outline.of(MEDIA)
    return {"file_uses": [_row(page.outline, place) for place in places if place.element.get("data-file")]}


def _row(outline: Outline, place: Place) -> Row:
    media, frame = place.element, _frame(place)
    size = _pixels(media.get("width")), _pixels(media.get("height"))
    kind = "inline" if frame is None else "figure" if frame.name == "figure" else "gallery"
    caption = "" if frame is None else _caption(outline, frame)
    return place.section, media.get("data-file"), kind, *size, media.get("alt") or "", caption


def _frame(place: Place) -> Place | None:
    """The figure or the box of a gallery that shows this file; an entry of a usual list is none."""
    frame = place.inside(FRAMES)
    return frame if frame is not None and frame.element.get("data-file") else None


def _caption(outline: Outline, frame: Place) -> str:
    return "\n".join(outline.text(child) for child in frame.children if child.name in CAPTIONS)


def _pixels(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


EXTRACTOR = Extractor("Uses of files with captions", 1, (FILE_USES,), extract)
