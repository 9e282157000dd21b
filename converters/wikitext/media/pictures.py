"""One file in the page, as MediaWiki 1.39 writes it (Linker::makeImageLink, Linker::makeThumbLink2).

What is shown gets the marks of the page document: ``data-file``, ``data-link``, ``data-title``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from converters.document.tree import escape
from converters.language import language
from converters.wikitext.media.badfiles import is_bad_file
from converters.wikitext.media.kinds import PLAYED, Kind, kind_of
from converters.wikitext.media.options import Options, Target, plain_text
from converters.wikitext.media.sizes import Size, missing_width, shown_size, usual_width
from converters.wikitext.messages import told
from converters.wikitext.quotes import render_quotes
from converters.wikitext.redirects import read_redirect
from converters.wikitext.state import Page
from scraper.model import Title
from scraper.titles import IllegalTitle

FILE = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands in the page for a file: ``title`` is the file that is meant, ``shown`` the one that is seen."""

    title: Title
    shown: Title
    size: Size
    alt: str | None
    tooltip: str = ""
    style: str = ""
    classes: str = ""
    link: Target | None = None
    query: str = ""
    link_classes: str = "image"


def write_boxed(title: Title, options: Options, page: Page, inline: Callable[[str], str]) -> str:
    """A file in boxes of its frame and place; ``inline`` reads the caption of a frame."""
    if options.is_framed:
        place = "none" if options.place == "center" else options.place or _end_side(page)
        written = _frame(title, options, place, page, inline)
    else:
        place = "none" if options.place == "center" else options.place
        written = _plain(title, options, page)
        written = f'<div class="float{place}">{written}</div>' if place else written
    if options.place == "center":
        written = f'<div class="center">{written}</div>'
    return written


def found_file(title: Title, page: Page) -> Title:
    """The file that a title means: its own, or where there is none that of a redirect (RepoGroup::findFile)."""
    if page.lookups.has_file(title):
        return title
    name, _ = read_redirect(page.lookups.template(title) or "", page.words)
    try:
        target = page.wiki.titles.parse(name)
    except IllegalTitle:
        return title
    return target if target.namespace_id == FILE and page.lookups.has_file(target) else title


def write_picture(picture: Picture, page: Page) -> str:
    """The picture and the link around it."""
    media = _media(picture)
    if picture.link is None:
        return f"{file_link(picture.title, picture.query, picture.tooltip, picture.link_classes)}{media}</a>"
    if picture.link.address:
        address = escape(picture.link.address)
        return f'<a data-link="external" href="{address}"{_tooltip(picture.tooltip)}>{media}</a>'
    if picture.link.title is not None:
        return f"{page_link(picture.link.title, picture.link.fragment, page)}{media}</a>"
    if picture.link.fragment:
        return f'<a data-link="anchor" href="#{escape(picture.link.fragment)}">{media}</a>'
    return media


def file_link(title: Title, query: str = "", tooltip: str = "", classes: str = "image") -> str:
    """The opening tag of a link to a file's page; ``query`` is what its address has after ``?``."""
    asked = f' data-query="{escape(query)}"' if query else ""
    named = f' class="{classes}"' if classes else ""
    return f'<a{named} data-link="file" data-title="{escape(title.full)}"{asked}{_tooltip(tooltip)}>'


def page_link(title: Title, fragment: str, page: Page) -> str:
    """The opening tag of a link that a picture has of its own."""
    kind = "file" if title.namespace_id == FILE else "internal"
    fragment = f' data-fragment="{escape(fragment)}"' if fragment else ""
    missing = "" if title.namespace_id < 0 or page.lookups.exists(title) else ' data-missing=""'
    return f'<a data-link="{kind}" data-title="{escape(title.full)}"{fragment}{missing}>'


def upload_link(title: Title, label: str, page: Page) -> str:
    """What stands for a file that is missing."""
    return f"{upload_opening(title, page)}{render_quotes(escape(label or title.full))}</a>"


def upload_opening(title: Title, page: Page) -> str:
    """The opening tag of a link to a file that is missing: MediaWiki offers to upload it, where it takes uploads."""
    takes_uploads = (page.wiki.siteinfo.get("general") or {}).get("uploadsenabled", True) is not False
    missing = ' class="new mw-broken-media" data-missing=""' if takes_uploads else ""
    return f'<a{missing} data-link="file" data-title="{escape(title.full)}">'


def hidden_link(title: Title, label: str) -> str:
    """What stands for a file that the wiki does not show."""
    return f'<a data-link="file" data-title="{escape(title.full)}">{escape(label)}</a>'


def _frame(title: Title, options: Options, place: str, page: Page, inline: Callable[[str], str]) -> str:
    """``div.thumb`` with the picture, the sign that enlarges it, and the caption."""
    width, media, enlarge = _framed(title, options, page)
    caption = inline(options.caption)
    return (
        f'<div class="thumb t{place}"><div class="thumbinner" style="width:{width + 2}px;">{media}  '
        f'<div class="thumbcaption">{enlarge}{caption}</div></div></div>'
    )


def _framed(title: Title, options: Options, page: Page) -> tuple[int, str, str]:
    """The width of the picture in a frame, the picture, and what enlarges it."""
    if not page.lookups.has_file(title):
        return missing_width(options), upload_link(title, "", page), ""
    shown = shown_file(title, options, page)
    if shown is None:
        thumb = shown_size(
            replace(options, frame="thumb"), own_size(title, page), kind_of(title), usual_width(page.wiki)
        )
        return thumb.width or missing_width(options), escape(told("thumbnail_error", page.wiki, "")), ""
    size = own_size(shown, page)
    if options.frame != "manualthumb":
        size = shown_size(options, size, kind_of(title), usual_width(page.wiki))
        if is_bad_file(title, page):
            return size.width, hidden_link(title, title.full), ""
    alt = options.alt if options.alt is not None else "" if options.caption else title.name
    query = file_query(options)
    classes = f"{options.classes} thumbimage".strip()
    link = Target(title) if options.frame == "manualthumb" and options.link is None else options.link
    picture = Picture(title, shown, size, alt, classes=classes, link=link, query=query)
    enlarge = "" if options.frame == "frame" else _enlarge(title, options)
    return size.width or missing_width(options), write_picture(picture, page), enlarge


def _enlarge(title: Title, options: Options) -> str:
    query = f"page={options.page}" if options.page else ""
    return f'<div class="magnify">{file_link(title, query, classes="internal")}</a></div>'


def _plain(title: Title, options: Options, page: Page) -> str:
    """A picture without frame: its caption is only a tooltip, and its alternative text."""
    tooltip = plain_text(options.caption, page)
    if not page.lookups.has_file(title):
        return upload_link(title, tooltip, page)
    if is_bad_file(title, page):
        return hidden_link(title, tooltip or title.full)
    alt = options.alt if options.alt is not None else tooltip if options.caption else title.name
    size = shown_size(options, own_size(title, page), kind_of(title), usual_width(page.wiki))
    style = f"vertical-align: {options.baseline}" if options.baseline else ""
    classes = f"{options.classes} thumbborder".strip() if options.has_border else options.classes
    picture = Picture(title, title, size, alt, tooltip, style, classes, options.link, file_query(options))
    return write_picture(picture, page)


def shown_file(title: Title, options: Options, page: Page) -> Title | None:
    """The file that is seen: the one of ``thumb=``, ``None`` where it is missing, or the file itself."""
    if options.frame != "manualthumb":
        return title
    try:
        shown = page.wiki.titles.make(FILE, options.manual)
    except ValueError:
        return None
    return shown if page.lookups.has_file(shown) else None


def own_size(title: Title, page: Page) -> Size:
    """The size of the file itself, as far as it is known."""
    return Size(*(page.lookups.file_size(title) or (0, 0)))


def _end_side(page: Page) -> str:
    """Where lines end: thumbnails stand there."""
    return "left" if language(page.wiki.site.language).is_rtl else "right"


def file_query(options: Options) -> str:
    """What the address of the file's page asks for: the page or the language that is shown."""
    if options.page:
        return f"page={options.page}"
    return f"lang={options.language}" if options.language else ""


def _media(picture: Picture) -> str:
    kind = kind_of(picture.shown)
    attributes = {
        "data-file": picture.shown.name,
        "alt": None if kind in PLAYED else picture.alt,
        "title": picture.tooltip if picture.link == Target() else None,
        "width": str(picture.size.width or "") if kind != Kind.AUDIO else None,
        "height": str(picture.size.height or "") if kind != Kind.AUDIO else None,
        "style": picture.style,
        "class": picture.classes,
    }
    written = "".join(
        f' {name}="{escape(value)}"' for name, value in attributes.items() if value or (value == "" and name == "alt")
    )
    return f'<{kind}{written} controls=""></{kind}>' if kind in PLAYED else f"<img{written}>"


def _tooltip(text: str) -> str:
    return f' title="{escape(text)}"' if text else ""
