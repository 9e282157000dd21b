"""``<gallery>``: a list of files with captions (https://www.mediawiki.org/wiki/Help:Images#Rendering_a_gallery)."""

from __future__ import annotations

import html

from converters.document.tree import escape
from converters.wikitext.attributes import write_attributes
from converters.wikitext.media import render_file
from converters.wikitext.state import Frame, Page, Parser
from scraper.model import Title
from scraper.titles import IllegalTitle

FILE = 6


def render_gallery(page: Page, parser: Parser, attributes: dict[str, str], content: str, frame: Frame) -> str:
    """The files, one a line, as a list. Gives a marker."""
    mode = attributes.get("mode", "traditional").lower()
    lines = (line for line in content.split("\n") if line.strip())
    boxes = (_box(line, page, parser, frame) for line in lines)
    caption = attributes.pop("caption", "")
    heading = f'<li class="gallerycaption">{parser.inline(caption, frame)}</li>' if caption else ""
    words = f"gallery mw-gallery-{escape(mode)} {attributes.pop('class', '')}".strip()
    opening = f"<ul{write_attributes('ul', {'class': words, **attributes})}>"
    return page.markers.put_block(f"{opening}{heading}{''.join(boxes)}</ul>")


def _box(line: str, page: Page, parser: Parser, frame: Frame) -> str:
    name, _, rest = line.partition("|")
    title = _title(name, page)
    if title is None:
        return f'<li class="gallerybox"><div class="gallerytext">{parser.inline(line.strip(), frame)}</div></li>'
    options = [part for part in rest.split("|") if part.strip()]
    settings = [part for part in options if page.words.value(part.strip())]
    text = "|".join(part for part in options if part not in settings)
    media = render_file(title, "|".join(settings), page, lambda caption: parser.inline(caption, frame))
    caption = f'<div class="gallerytext">{parser.inline(text.strip(), frame)}</div>'
    return f'<li class="gallerybox" data-file="{escape(title.name)}"><div class="thumb">{media}</div>{caption}</li>'


def _title(name: str, page: Page) -> Title | None:
    try:
        title = page.wiki.titles.parse(html.unescape(name.strip()), FILE)
    except IllegalTitle:
        return None
    return title if title.namespace_id == FILE else None
