"""Pages of a wiki as HTML, of any version, skin and language, and the feeds and answers kept beside them."""

from __future__ import annotations

from scraper.readers.html.context import NOTHING, Kind, Known, PageContext
from scraper.readers.html.reading import PageReading, read_page

__all__ = ["NOTHING", "Kind", "Known", "PageContext", "PageReading", "read_page"]
