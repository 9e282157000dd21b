"""The static site: plain files that a plain server gives at the wiki's own addresses."""

from converters.exporters.site.exporter import SiteExporter, SiteReport, export_site
from converters.exporters.site.folder import UnsafePlace
from converters.exporters.site.options import History, SiteOptions, estimate
from converters.exporters.site.weight import Weight, weigh

__all__ = [
    "History",
    "SiteExporter",
    "SiteOptions",
    "SiteReport",
    "UnsafePlace",
    "Weight",
    "estimate",
    "export_site",
    "weigh",
]
