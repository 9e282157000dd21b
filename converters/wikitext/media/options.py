"""The options after a file's name (Parser::makeImage, https://www.mediawiki.org/wiki/Help:Images)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from converters.document.vocabulary import BLOCKS
from converters.wikitext.external import PROTOCOLS
from converters.wikitext.functions.call import decode
from converters.wikitext.media.kinds import OWN_WORDS, Kind
from converters.wikitext.spaces import trim
from converters.wikitext.state import Page
from scraper.model import Title
from scraper.titles import IllegalTitle

SIZE = re.compile(r"(\d{0,9})(?:x(\d{0,9}))?\s*+(?:px)?\s*", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d++\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
PAGE_NUMBER = re.compile(r"\s*\d{1,9}\s*", re.ASCII)
LANGUAGE = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
TAGS = re.compile(r"</?(\w*+)[^<>]*>")
# Sanitizer::normalizeWhitespace: a no-break space is none of them.
SPACES = re.compile(r"[ \t\r\n]+")
ADDRESS = re.compile(rf"(?:{PROTOCOLS}|//)(\S*)", re.I)
VARIANT_SIGNS = re.compile(r"(-\{|\}-|\|)")
# How an address is kept from the conversion of languages (LanguageConverter::markNoConversion).
KEPT = re.compile(r"-\{R\|(.*)\}-", re.S)
# $wgThumbUpright.
UPRIGHT_FACTOR = 0.75
# Numbers without end are no widths.
LARGEST_FACTOR = 1_000_000.0
# Frames that show the caption below the picture.
FRAMED = frozenset({"thumb", "manualthumb", "frame"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where the picture leads: to a ``title`` of the wiki, an ``address``, a place on the page, or else nowhere."""

    title: Title | None = None
    fragment: str = ""
    address: str = ""

    @property
    def weight(self) -> int:
        """Of several targets an address counts before a title, and a title before none; of the same the last."""
        return 2 if self.address else int(self != Target())


@dataclass(slots=True)
class Options:
    """How a file is shown. Names are MediaWiki's English ones; sizes in pixels, 0 where none is asked for.

    ``frame`` is thumb, manualthumb, frame or frameless; ``manual`` the name of the picture shown by manualthumb.
    ``link`` is ``None`` where the picture leads to its file. ``caption`` is half-read wikitext.
    """

    frame: str = ""
    manual: str = ""
    place: str = ""
    baseline: str = ""
    width: int = 0
    height: int = 0
    upright: float | None = None
    has_border: bool = False
    classes: str = ""
    alt: str | None = None
    link: Target | None = None
    page: int = 0
    language: str = ""
    caption: str = ""

    @property
    def is_framed(self) -> bool:
        """Whether there is a frame with the caption in it."""
        return self.frame in FRAMED


def split_options(source: str) -> list[str]:
    """The parts between bars; those in markup of language variants (``-{ | }-``) belong to their part."""
    if "-{" not in source:
        return source.split("|")
    parts, depth = [""], 0
    for piece in VARIANT_SIGNS.split(source):
        depth += (piece == "-{") - (piece == "}-" and depth > 0)
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def read_options(parts: list[str], kind: Kind, page: Page) -> Options:
    """Each part is an option of the wiki's language, or else the caption; the last caption counts."""
    options = Options()
    for part in parts:
        word = trim(part)
        found = page.words.picture(word)
        if found is None or OWN_WORDS.get(found[0], kind) != kind or not _take(options, *found, page):
            options.caption = word
    return options


def plain_text(text: str, page: Page) -> str:
    """Half-read wikitext as the text of an attribute: no tags, white space as single spaces."""
    if "\x7f" in text:
        text = page.markers.restore(text)
    return SPACES.sub(" ", decode(TAGS.sub(_gap, text))).strip(" ")


def _gap(tag: re.Match[str]) -> str:
    """Words of different blocks stay apart (RemexStripTagHandler)."""
    return " " if tag[1].lower() in BLOCKS or tag[1].lower() == "br" else ""


def read_target(value: str, page: Page) -> Target | None:
    """Where ``link=`` leads (Parser::parseLinkParameter); ``None`` where it is no link at all."""
    if not value:
        return Target()
    address = ADDRESS.match(value)
    if address:
        return Target(address=value) if address.end() == len(value) and address[1] else None
    name, sign, fragment = unquote(value).partition("#")
    fragment = fragment.strip().replace(" ", "_")
    if sign and not name.strip():
        return Target(fragment=fragment)
    try:
        return Target(page.wiki.titles.parse(name), fragment)
    except IllegalTitle:
        return None


def _take(options: Options, name: str, value: str | None, page: Page) -> bool:
    """Note one option; False where its value makes no sense."""
    if name in PLAIN:
        if value is not None and not NUMBER.fullmatch(value.strip()):
            return False
        PLAIN[name](options, value)
        return True
    return VALUED[name](options, value or "", page) if name in VALUED else False


def _set(attribute: str, setting: str | bool) -> Callable[[Options, str | None], None]:
    return lambda options, _value: setattr(options, attribute, getattr(options, attribute) or setting)


def _upright(options: Options, value: str | None) -> None:
    factor = float(value or 0) or UPRIGHT_FACTOR
    options.upright = min(max(factor, -LARGEST_FACTOR), LARGEST_FACTOR)


def _frame(frame: str) -> Callable[[Options, str, Page], bool]:
    def framed(options: Options, value: str, page: Page) -> bool:
        # The first frame counts, all later ones are captions.
        if options.frame:
            return False
        options.frame = frame
        options.manual = plain_text(value, page)
        return True

    return framed


def _width(options: Options, value: str, _page: Page) -> bool:
    found = SIZE.fullmatch(value) if value else None
    width, height = (int(found[1] or 0), int(found[2] or 0)) if found else (0, 0)
    options.width, options.height = width or options.width, height or options.height
    return bool(width or height)


def _alt(options: Options, value: str, page: Page) -> bool:
    options.alt = plain_text(value, page)
    return True


def _classes(options: Options, value: str, page: Page) -> bool:
    options.classes = plain_text(value, page)
    return True


def _link(options: Options, value: str, page: Page) -> bool:
    plain = plain_text(value, page)
    kept = KEPT.fullmatch(plain)
    target = read_target(kept[1] if kept else plain, page)
    if target is not None and (options.link is None or target.weight >= options.link.weight):
        options.link = target
    return target is not None


def _page(options: Options, value: str, _page: Page) -> bool:
    options.page = int(value) if PAGE_NUMBER.fullmatch(value) else 0
    return options.page > 0


def _language(options: Options, value: str, _page: Page) -> bool:
    found = LANGUAGE.fullmatch(value.strip())
    options.language = value.strip().lower() if found else ""
    return found is not None


# MediaWiki's name of a word → what it decides. These have no value, or a number.
PLAIN: dict[str, Callable[[Options, str | None], None]] = {
    **{f"img_{place}": _set("place", place) for place in ("left", "right", "center", "none")},
    **{
        f"img_{line.replace('-', '_')}": _set("baseline", line)
        for line in ("baseline", "sub", "super", "top", "text-top", "middle", "bottom", "text-bottom")
    },
    "img_border": _set("has_border", True),
    "img_upright": _upright,
}
# These have a value that is read, and may be refused.
VALUED: dict[str, Callable[[Options, str, Page], bool]] = {
    "img_thumbnail": _frame("thumb"),
    "img_manualthumb": _frame("manualthumb"),
    "img_framed": _frame("frame"),
    "img_frameless": _frame("frameless"),
    "img_width": _width,
    "img_alt": _alt,
    "img_class": _classes,
    "img_link": _link,
    "img_page": _page,
    "img_lang": _language,
}
