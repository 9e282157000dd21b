"""MediaWiki XML dumps as a source."""

from scraper.sources.dump.source import DumpSource

__all__ = ["DumpSource"]
