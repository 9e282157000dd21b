"""Search without a server: an index in small scripts, of which a reader's browser loads what a question needs.

Scripts instead of JSON, because a page opened from a disk (``file://``) may load nothing else.
"""

from converters.exporters.site.search.index import IndexWriter

__all__ = ["IndexWriter"]
