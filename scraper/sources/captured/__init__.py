"""Wikis as they were captured: frozen copies made of files, WARC and WACZ files."""

from scraper.sources.captured.source import captures_source, copy_source

__all__ = ["captures_source", "copy_source"]
