"""``<gallery>``: files in boxes, one a line (Parser::renderImageGallery, TraditionalImageGallery and its modes).

https://www.mediawiki.org/wiki/Help:Images#Rendering_a_gallery
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote

from converters.document.tree import escape
from converters.wikitext.attributes import write_attributes
from converters.wikitext.functions.call import decode
from converters.wikitext.media.badfiles import is_bad_file
from converters.wikitext.media.figures import gallery_picture, has_figures, is_usual, missing_picture
from converters.wikitext.media.kinds import OWN_WORDS, Kind, kind_of
from converters.wikitext.media.options import SIZE, Options, plain_text, read_options, split_options
from converters.wikitext.media.pictures import (
    FILE,
    Picture,
    file_link,
    found_file,
    hidden_link,
    own_size,
    write_picture,
)
from converters.wikitext.media.sizes import Size, fit
from converters.wikitext.spaces import trim
from converters.wikitext.state import Frame, Page, Parser, Tag
from scraper.model import Title
from scraper.titles import IllegalTitle

LINE = re.compile(r"([^|]+)(?:\|(.*))?", re.S)
# What a line of a gallery understands beside the options that only some kinds of files know.
UNDERSTOOD = frozenset({"img_alt", "img_link"})
# Packed pictures are made larger than shown, so that a script can stretch them to fill the rows.
SPARE = 1.5
NARROWEST = 60
# Before, what is told below a picture was not told in its place too (seen in 1.35 and in the parser tests).
CAPTIONS_DESCRIBE_SINCE = (1, 39)
TRADITIONAL, SLIDESHOW = "traditional", "slideshow"


@dataclass(frozen=True, slots=True)
class Mode:
    """How boxes are drawn; ``padding`` around the picture, ``gap`` beside it, ``border``: pixels."""

    name: str
    padding: int = 30
    gap: int = 5
    border: int = 8
    is_packed: bool = False
    is_overlaid: bool = False
    has_rows: bool = True
    is_centred: bool = True


MODES = {
    mode.name: mode
    for mode in (
        Mode(TRADITIONAL),
        Mode("nolines", padding=0, border=4, is_centred=False),
        Mode("packed", padding=0, gap=2, is_packed=True, has_rows=False),
        Mode("packed-hover", padding=0, gap=2, is_packed=True, is_overlaid=True, has_rows=False),
        Mode("packed-overlay", padding=0, gap=2, is_packed=True, is_overlaid=True, has_rows=False),
        Mode(SLIDESHOW, has_rows=False),
    )
}


@dataclass(frozen=True, slots=True)
class Gallery:
    """One gallery: its mode, the room for each picture in pixels, and whether names stand below."""

    mode: Mode
    width: int
    height: int
    shows_names: bool

    def picture_size(self, own: Size, kind: Kind) -> Size:
        """The size of a picture as it is made, before a packed mode shrinks it."""
        if not self.mode.is_packed:
            return fit(self.width, self.height, own)
        width = self.width if kind == Kind.AUDIO else self.height * 10 + 100
        return fit(int(width * SPARE), int(self.height * SPARE), own)

    def thumb_width(self, made: int) -> float:
        """The inner box's width around a picture made that wide."""
        if not self.mode.is_packed:
            return self.width + self.mode.padding
        return max(made, NARROWEST * SPARE) / SPARE + self.mode.padding

    def box_width(self, made: int | None) -> float:
        """The outer box's width; ``None`` for a picture that is missing."""
        if not self.mode.is_packed:
            return self.width + self.mode.padding + self.mode.gap
        return self.thumb_width(int(self.width * SPARE) if made is None else made) + self.mode.gap

    def margin(self, made: int) -> float:
        """The room above and below a picture made that high."""
        shown = made / SPARE if self.mode.is_packed else made
        return (self.mode.padding + self.height - shown) / 2 if self.mode.is_centred else 0


def render_gallery(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The files as a list. Gives a marker."""
    attributes = tag.attributes
    gallery = _settings(attributes, page)
    own = dict(attributes)
    rows = _count(attributes.get("perrow", ""))
    if rows and gallery.mode.has_rows:
        mode = gallery.mode
        limit = rows * (gallery.width + mode.padding + mode.gap + mode.border)
        own["style"] = f"max-width: {limit}px;{own.get('style', '')}"
    own["class"] = f"gallery mw-gallery-{gallery.mode.name} {own.get('class', '')}".strip()
    caption = attributes.get("caption", "")
    heading = f'\n\t<li class="gallerycaption">{parser.half(caption, frame)}</li>' if caption else ""
    boxes = (_box(line, gallery, page, parser, frame) for line in (tag.content or "").split("\n"))
    thumbnails = f' data-showthumbnails="{"1" * ("showthumbnails" in attributes)}"' * (gallery.mode.name == SLIDESHOW)
    return page.markers.put_general(f"<ul{write_attributes('ul', own)}{thumbnails}>{heading}{''.join(boxes)}\n</ul>")


def _settings(attributes: dict[str, str], page: Page) -> Gallery:
    usual = (page.wiki.siteinfo.get("general") or {}).get("galleryoptions") or {}
    mode = MODES.get(attributes.get("mode", "").lower()) or MODES.get(usual.get("mode", ""), MODES["traditional"])
    width = _count(attributes.get("widths", "")) or int(usual.get("imageWidth", 120))
    height = _count(attributes.get("heights", "")) or int(usual.get("imageHeight", 120))
    return Gallery(mode, width, height, "showfilename" in attributes)


def _count(value: str) -> int:
    found = SIZE.fullmatch(value.strip())
    return int(found[1] or 0) if found and "x" not in value.replace("px", "") else 0


def _box(line: str, gallery: Gallery, page: Page, parser: Parser, frame: Frame) -> str:
    found = LINE.fullmatch(line)
    title = _title(found[1], page) if found else None
    if found is None or title is None:
        return ""
    source = parser.half(trim(found[2]), frame) if found[2] else ""
    options = _options(source, kind_of(title), page)
    made, thumb = _thumb(title, options, gallery, page)
    width = _pixels(gallery.box_width(made))
    text = _name(title) + options.caption if gallery.shows_names else options.caption
    opening = f'\n\t\t<li class="gallerybox" style="width: {width}" data-file="{escape(title.name)}">'
    # Until 1.39 there are lines around the text, which make a paragraph of it.
    text = text if is_usual(page) else f"\n{text}\n\t\t\t"
    inner = f"\n\t\t\t{thumb}{_text(text, gallery, made)}\n\t\t"
    return f"{opening}{inner}</li>" if has_figures(page) else f'{opening}<div style="width: {width}">{inner}</div></li>'


def _title(name: str, page: Page) -> Title | None:
    try:
        title = page.wiki.titles.parse(decode(unquote(name) if "%" in name else name).strip(), FILE)
    except IllegalTitle:
        return None
    return found_file(title, page) if title.namespace_id == FILE else title


def _options(source: str, kind: Kind, page: Page) -> Options:
    """A line has few options: all others are its caption, of which the last counts."""
    parts = split_options(source)
    found = [page.words.picture(part) for part in parts]
    names = ["" if word is None else word[0] for word in found]
    known = [name in UNDERSTOOD or OWN_WORDS.get(name) == kind for name in names]
    options = read_options([part for part, is_known in zip(parts, known, strict=True) if is_known], kind, page)
    captions = [part for part, is_known in zip(parts, known, strict=True) if not is_known]
    # A link that leads nowhere is not a caption here.
    refused = "" if "img_link" in names else options.caption
    options.caption = captions[-1] if captions else refused
    return options


def _thumb(title: Title, options: Options, gallery: Gallery, page: Page) -> tuple[int | None, str]:
    """The width of the picture as it is made, ``None`` when the file is missing, and its box."""
    is_shown = title.namespace_id == FILE and page.lookups.has_file(title)
    if not is_shown or is_bad_file(title, page):
        words = _missing(title, options, page)
        return None, f'<div class="thumb" style="height: {gallery.mode.padding + gallery.height}px;">{words}</div>'
    made = gallery.picture_size(own_size(title, page), kind_of(title))
    tooltip = plain_text(options.caption, page)
    alt = _alternative(options, tooltip, page) if options.caption or options.alt is not None else title.name
    shown = Size(math.ceil(made.width / SPARE), math.ceil(made.height / SPARE)) if gallery.mode.is_packed else made
    query = f"lang={options.language}" if options.language else f"page={options.page}" if options.page else ""
    picture = Picture(title, title, shown, alt, tooltip, link=options.link, query=query)
    if has_figures(page):
        return made.width, _modern_thumb(picture, bool(options.alt or tooltip), gallery, made.width, page)
    margin = f"{gallery.margin(made.height):.14g}"
    width = _pixels(gallery.thumb_width(made.width))
    inner = f'<div style="margin:{margin}px auto;">{write_picture(picture, page)}</div>'
    return made.width, f'<div class="thumb" style="width: {width};">{inner}</div>'


def _alternative(options: Options, caption: str, page: Page) -> str:
    if options.alt is not None:
        return options.alt
    return "" if page.wiki.is_since(CAPTIONS_DESCRIBE_SINCE) is False else caption


def _modern_thumb(picture: Picture, has_words: bool, gallery: Gallery, made: int, page: Page) -> str:
    width = _pixels(gallery.thumb_width(made))
    height = f" height: {gallery.mode.padding + gallery.height}px;" if gallery.mode.name == TRADITIONAL else ""
    return f'<div class="thumb" style="width: {width};{height}">{gallery_picture(picture, has_words, page)}</div>'


def _missing(title: Title, options: Options, page: Page) -> str:
    """What stands for a file that is not there or not shown."""
    if has_figures(page):
        return missing_picture(title, options.alt or plain_text(options.caption, page), page)
    is_hidden = title.namespace_id == FILE and page.lookups.has_file(title)
    return hidden_link(title, title.name) if is_hidden else escape(title.name)


def _name(title: Title) -> str:
    link = file_link(title, classes="galleryfilename galleryfilename-truncate")
    return f"{link}{escape(title.name)}</a>\n"


def _text(text: str, gallery: Gallery, made: int | None) -> str:
    if not gallery.mode.is_overlaid:
        return f'\n\t\t\t<div class="gallerytext">{text}</div>'
    if not text.strip():
        return ""
    width = math.ceil(gallery.box_width(made) - gallery.mode.padding - gallery.mode.gap - 20)
    wrapper = f'<div class="gallerytextwrapper" style="width: {width}px">'
    return f'\n\t\t\t{wrapper}<div class="gallerytext">{text}</div></div>'


def _pixels(width: float) -> str:
    """PHP writes numbers with 14 digits."""
    return f"{width:.14g}px"
