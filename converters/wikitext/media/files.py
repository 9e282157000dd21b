"""``[[File:…]]``: its options are read, and it is written in the markup of the wiki's version (Parser::makeImage)."""

from __future__ import annotations

from collections.abc import Callable

from converters.wikitext.media.figures import has_figures, write_figure
from converters.wikitext.media.kinds import Kind, kind_of
from converters.wikitext.media.options import read_options, split_options
from converters.wikitext.media.pictures import found_file, write_boxed
from converters.wikitext.quotes import render_line
from converters.wikitext.state import Page
from scraper.model import Title


def render_file(title: Title, source: str, page: Page, inline: Callable[[str], str]) -> str:
    """A file with its options as HTML on one line; ``inline`` reads the caption of a frame."""
    title = found_file(title, page)
    # Only a file that is there has options of its kind.
    kind = kind_of(title) if page.lookups.has_file(title) else Kind.BITMAP
    options = read_options(split_options(render_line(source)) if source else [], kind, page)
    write = write_figure if has_figures(page) else write_boxed
    return write(title, options, page, inline).replace("\n", " ")
