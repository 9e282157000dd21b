"""What MediaWiki does with a file, by the ending of its name (its media handlers)."""

from __future__ import annotations

from enum import StrEnum

from scraper.model import Title


class Kind(StrEnum):
    """Files are scaled as pixels, drawn from lines, shown page by page, or played."""

    BITMAP = "bitmap"
    VECTOR = "vector"
    PAGES = "pages"
    AUDIO = "audio"
    VIDEO = "video"


KINDS = {
    "svg": Kind.VECTOR,
    "djvu": Kind.PAGES, "pdf": Kind.PAGES, "tif": Kind.PAGES, "tiff": Kind.PAGES,
    "oga": Kind.AUDIO, "ogg": Kind.AUDIO, "opus": Kind.AUDIO, "mp3": Kind.AUDIO, "wav": Kind.AUDIO, "flac": Kind.AUDIO,
    "ogv": Kind.VIDEO, "webm": Kind.VIDEO, "mp4": Kind.VIDEO, "mpg": Kind.VIDEO, "mpeg": Kind.VIDEO,
}  # fmt: skip
PLAYED = frozenset({Kind.AUDIO, Kind.VIDEO})
# MediaWiki's names of the words that only some kinds know (MediaHandler::getParamMap).
OWN_WORDS = {"img_lang": Kind.VECTOR, "img_page": Kind.PAGES}
# What is drawn anew may be larger than its file (File::mustRender).
REDRAWN = frozenset({Kind.VECTOR, Kind.PAGES})


def kind_of(title: Title) -> Kind:
    """What MediaWiki does with the file."""
    return KINDS.get(title.name.rpartition(".")[2].lower(), Kind.BITMAP)
