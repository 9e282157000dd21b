"""The static site: plain files that a plain server gives at the wiki's own addresses."""

from converters.exporters.site.exporter import SiteExporter, SiteReport, export_site
from converters.exporters.site.folder import UnsafePlace
from converters.exporters.site.options import History, SiteOptions, estimate

__all__ = [
    "History",
    "SiteExporter",
    "SiteOptions",
    "SiteReport",
    "UnsafePlace",
    "estimate",
    "export_site",
]
