"""Files in the page: options, sizes and captions (Parser::makeImage, https://www.mediawiki.org/wiki/Help:Images)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from converters.document.tree import escape
from converters.wikitext.state import Page
from scraper.model import Title
from scraper.titles import IllegalTitle

SIZE = re.compile(r"(\d{0,6})(?:x(\d{1,6}))?")
TAGS = re.compile(r"<[^<>]*>")
PROTOCOL = re.compile(r"(?:https?:)?//", re.I)
FACTOR = re.compile(r"\d{1,3}(?:\.\d*)?|\.\d+")
# Of a thumbnail without a size: $wgThumbLimits[$wgDefaultUserOptions['thumbsize']] since MediaWiki 1.24, and
# $wgThumbUpright.
THUMB_WIDTH, UPRIGHT_FACTOR = 300, 0.75
UPRIGHT = "img_upright"
# Words whose value must be a number.
MEASURES = frozenset({"img_width", UPRIGHT})
# MediaWiki's names of the words (img_…) by what they decide; in each group the first one given counts.
FRAMES = {"img_thumbnail": "thumb", "img_manualthumb": "thumb", "img_framed": "frame", "img_frameless": "frameless"}
# Frames that show the caption.
FRAMED = frozenset({"thumb", "frame"})
# Frames in which a picture has the usual width, and is never larger than its file.
RESIZED = frozenset({"thumb", "frameless"})
PLACES = {"img_left": "left", "img_right": "right", "img_center": "center", "img_none": "none"}
PLAYERS = {
    "oga": "audio", "ogg": "audio", "opus": "audio", "mp3": "audio", "wav": "audio", "flac": "audio",
    "ogv": "video", "webm": "video", "mp4": "video", "mpg": "video", "mpeg": "video",
}  # fmt: skip


@dataclass(slots=True)
class Options:
    """How a file is shown: frame and place as MediaWiki names them in English, sizes in pixels."""

    frame: str = ""
    place: str = ""
    width: str = ""
    height: str = ""
    caption: str = ""
    values: dict[str, str] = field(default_factory=dict)


def read_options(source: str, page: Page) -> Options:
    """The options after a file's name; what is no option is the caption, the last one counts."""
    options = Options()
    for part in source.split("|") if source else ():
        word = part.strip()
        name = page.words.name(word)
        found = None if name else page.words.value(word)
        if name in FRAMES:
            options.frame = options.frame or FRAMES[name]
        elif name in PLACES:
            options.place = options.place or PLACES[name]
        elif name == UPRIGHT:
            options.values[UPRIGHT] = "0"
        elif found and found[0] == "img_width" and SIZE.fullmatch(found[1].strip()):
            options.width, options.height = (number or "" for number in SIZE.fullmatch(found[1].strip()).groups())  # type: ignore[union-attr]
        elif found and found[0] == UPRIGHT and FACTOR.fullmatch(found[1].strip()):
            options.values[UPRIGHT] = found[1].strip()
        elif found and found[0] not in MEASURES:
            options.values[found[0]] = found[1].strip()
            options.frame = options.frame or FRAMES.get(found[0], "")
        elif not (name or "").startswith("img_"):
            options.caption = part
    return options


def render_file(title: Title, source: str, page: Page, inline: Callable[[str], str]) -> str:
    """A file in the page as HTML: a ``figure`` where it has a frame or a place of its own, else in the running text."""
    options = read_options(source, page)
    caption = inline(options.caption.strip()) if options.caption.strip() else ""
    text = html.unescape(TAGS.sub("", page.markers.restore(caption)))
    media = _linked(title, options, text, page)
    marks = f'data-file="{escape(title.name)}"' + ("" if page.lookups.has_file(title) else ' data-missing=""')
    if options.frame in FRAMED:
        place = options.place or "right"
        shape = "thumb center" if place == "center" else f"thumb t{place}"
        figcaption = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure class="{shape}" {marks}>{media}{figcaption}</figure>'
    if options.place:
        shape = "center" if options.place == "center" else f"float{options.place}"
        return f'<figure class="{shape}" {marks}>{media}</figure>'
    return media


def _linked(title: Title, options: Options, text: str, page: Page) -> str:
    alt = html.unescape(options.values.get("img_alt", text if not options.frame else ""))
    if not page.lookups.has_file(title):
        shown = escape(alt or title.full)
        return f'<a data-link="file" data-title="{escape(title.full)}" data-missing="">{shown}</a>'
    media = _media(title, options, alt, page)
    target = options.values.get("img_link")
    if target is None:
        tooltip = f' title="{escape(text)}"' if text and options.frame not in FRAMED else ""
        return f'<a data-link="file" data-title="{escape(title.full)}"{tooltip}>{media}</a>'
    return _opening(target, page) + media + "</a>" if target else media


def _opening(target: str, page: Page) -> str:
    if PROTOCOL.match(target):
        return f'<a data-link="external" href="{escape(html.unescape(target))}">'
    try:
        title = page.wiki.titles.parse(html.unescape(target))
    except IllegalTitle:
        return "<a>"
    return f'<a data-link="internal" data-title="{escape(title.full)}">'


def _media(title: Title, options: Options, alt: str, page: Page) -> str:
    name = escape(title.name)
    player = PLAYERS.get(title.name.rpartition(".")[2].lower())
    width, height = ("", "") if player == "audio" else _size(title, options, page)
    sizes = f' width="{width}"' if width else ""
    sizes += f' height="{height}"' if height else ""
    if player:
        return f'<{player} data-file="{name}" controls=""{sizes}></{player}>'
    return f'<img data-file="{name}" alt="{escape(alt)}"{sizes}>'


def _size(title: Title, options: Options, page: Page) -> tuple[str, str]:
    """Width and height in pixels, empty where the file's own count (Linker::makeImageLink, makeThumbLink2)."""
    if options.frame == "frame" or "img_manualthumb" in options.values:
        return "", ""
    width, height = options.width.lstrip("0"), options.height.lstrip("0")
    if options.frame not in RESIZED:
        return width, height
    if not width and not height:
        width = str(_usual_width(options.values.get(UPRIGHT)))
    own = page.lookups.file_width(title)
    is_scalable = title.name.lower().endswith(".svg")
    return (str(min(int(width), own)) if width and own and not is_scalable else width), height


def _usual_width(upright: str | None) -> int:
    if upright is None:
        return THUMB_WIDTH
    # Rounded to whole tens, so that there are not too many different thumbnails.
    return int(THUMB_WIDTH * (float(upright) or UPRIGHT_FACTOR) / 10 + 0.5) * 10
