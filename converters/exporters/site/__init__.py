"""The static site: plain files that a plain server gives at the wiki's own addresses."""

from converters.exporters.site.exporter import SiteExporter, SiteReport, export_site
from converters.exporters.site.folder import UnsafePlace
from converters.exporters.site.press import Frame
from converters.exporters.site.words import message_keys

__all__ = ["Frame", "SiteExporter", "SiteReport", "UnsafePlace", "export_site", "message_keys"]
