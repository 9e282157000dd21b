"""Wikis as they were captured: frozen copies made of files, WARC and WACZ files."""

from scraper.sources.captured.online import OnlineCopy
from scraper.sources.captured.source import captures_source, copy_source

__all__ = ["OnlineCopy", "captures_source", "copy_source"]
