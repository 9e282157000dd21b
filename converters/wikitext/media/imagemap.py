"""``<imagemap>``: a picture, parts of which are links (extension ImageMap)."""

from __future__ import annotations

import re

from converters.wikitext.media.files import render_file
from converters.wikitext.media.pictures import FILE
from converters.wikitext.state import Frame, Page, Parser, Tag
from scraper.titles import IllegalTitle

AREA = re.compile(r"(?:default|rect|circle|poly)\b[\s\d.-]*(\[.*\])\s*")
CHATTER = re.compile(r"\s*(?:#.*|desc\b.*)?")


def render_imagemap(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The picture, and the links of its parts as a list: no reader of a document sees the parts. Gives a marker."""
    lines = [line for line in (tag.content or "").split("\n") if not CHATTER.fullmatch(line)]
    name, _, options = lines[0].partition("|") if lines else ("", "", "")
    try:
        title = page.wiki.titles.parse(name.strip(), FILE)
    except IllegalTitle:
        page.report("an image map has no picture")
        return ""
    picture = render_file(title, parser.half(options, frame), page, lambda caption: caption)
    areas = (AREA.fullmatch(line.strip()) for line in lines[1:])
    items = "".join(f"<li>{parser.half(area[1], frame)}</li>" for area in areas if area)
    return page.markers.put_general(picture + (f'<ul class="imagemap">{items}</ul>' if items else ""))
