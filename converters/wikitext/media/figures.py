"""One file in the page without the older markup ($wgParserEnableLegacyMediaDOM = false, usual since MediaWiki 1.40).

https://www.mediawiki.org/wiki/Parsing/Media_structure
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from converters.document.tree import escape
from converters.wikitext.media.badfiles import is_bad_file
from converters.wikitext.media.kinds import kind_of
from converters.wikitext.media.options import Options, Target, plain_text
from converters.wikitext.media.pictures import (
    Picture,
    file_link,
    file_query,
    own_size,
    shown_file,
    upload_opening,
    write_picture,
)
from converters.wikitext.media.sizes import shown_size, usual_width
from converters.wikitext.messages import told
from converters.wikitext.quotes import render_quotes
from converters.wikitext.state import Page
from scraper.model import Title

USUAL_SINCE = (1, 40)
TYPES = {"thumb": "/Thumb", "manualthumb": "/Thumb", "frame": "/Frame", "frameless": "/Frameless"}


def has_figures(page: Page) -> bool:
    """Whether the wiki writes files in this markup."""
    told = (page.wiki.siteinfo.get("general") or {}).get("legacymediadom")
    return is_usual(page) if told is None else not told


def is_usual(page: Page) -> bool:
    """Whether the wiki is of a version in which this markup is usual: other things changed with it."""
    return bool(page.wiki.is_since(USUAL_SINCE))


def write_figure(title: Title, options: Options, page: Page, inline: Callable[[str], str]) -> str:
    """``figure`` with its caption for what stands beside the text, else ``span``."""
    tooltip = "" if options.is_framed else plain_text(options.caption, page)
    media = _media(title, options, tooltip, page)
    kind = f"mw:File{TYPES.get(options.frame, '')}"
    attributes = _classes(options) + f' typeof="{kind if media else f"mw:Error {kind}"}"'
    media = media or _broken(title, options, tooltip, page)
    if options.is_framed or options.place:
        return f"<figure{attributes}>{media}<figcaption>{inline(options.caption)}</figcaption></figure>"
    return f"<span{attributes}>{media}</span>"


def gallery_picture(picture: Picture, has_words: bool, page: Page) -> str:
    """A picture in a gallery; ``has_words``: somebody wrote a caption or an alternative text."""
    return f'<span typeof="mw:File">{write_picture(_modern(picture, has_words, page), page)}</span>'


def missing_picture(title: Title, label: str, page: Page) -> str:
    """What stands in a gallery for a file that is not there or not shown."""
    return f'<span typeof="mw:Error mw:File">{broken_file(title, label, page)}</span>'


def broken_file(title: Title, label: str, page: Page) -> str:
    """A link in the place of a file that is not shown; until 1.39 it has always the file's name."""
    is_modern = is_usual(page)
    opening = file_link(title, classes="") if page.lookups.has_file(title) else upload_opening(title, page)
    classes = ' class="mw-file-element mw-broken-media"' if is_modern else ""
    words = escape(label if label and is_modern else title.full)
    return f"{opening}<span{classes}>{render_quotes(words)}</span></a>"


def _classes(options: Options) -> str:
    own_size_counts = options.frame in ("frame", "manualthumb") or options.width or options.height
    classes = [
        "" if own_size_counts else "mw-default-size",
        f"mw-halign-{options.place}" if options.place else "",
        f"mw-valign-{options.baseline}" if options.baseline and not (options.is_framed or options.place) else "",
        "mw-image-border" if options.has_border and not options.is_framed else "",
        options.classes,
    ]
    written = " ".join(filter(None, classes))
    return f' class="{escape(written)}"' if written else ""


def _media(title: Title, options: Options, tooltip: str, page: Page) -> str:
    """The picture and its link, nothing for one that cannot be shown."""
    shown = shown_file(title, options, page) if page.lookups.has_file(title) else None
    if shown is None or is_bad_file(title, page):
        return ""
    size = own_size(shown, page)
    if options.frame != "manualthumb":
        size = shown_size(options, size, kind_of(title), usual_width(page.wiki))
    link = Target(title) if options.frame == "manualthumb" and options.link is None else options.link
    # In frames the tooltip is empty, as the caption can be seen.
    alt = options.alt if options.alt is not None else tooltip if options.caption else title.name
    picture = Picture(title, shown, size, alt, tooltip, link=link, query=file_query(options))
    has_words = options.alt is not None or bool(tooltip)
    return write_picture(_modern(picture, has_words, page), page)


def _modern(picture: Picture, has_words: bool, page: Page) -> Picture:
    """Since 1.40 a picture has a class, and no alternative text but what somebody wrote."""
    picture = replace(picture, link_classes="mw-file-description")
    if not is_usual(page):
        return picture
    return replace(picture, alt=picture.alt if has_words else None, classes="mw-file-element")


def _broken(title: Title, options: Options, tooltip: str, page: Page) -> str:
    if page.lookups.has_file(title) and not is_bad_file(title, page):
        # The file is there, but the one that should be shown for it is not.
        error = f'<span class="mw-broken-media">{escape(told("thumbnail_error", page.wiki, ""))}</span>'
        return f"{file_link(title, classes='')}{error}</a>"
    is_hidden = page.lookups.has_file(title) and options.is_framed
    return broken_file(title, "" if is_hidden else options.alt or tooltip, page)
