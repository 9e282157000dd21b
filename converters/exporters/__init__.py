"""What an archive can be turned into. Each exporter is one entry of :data:`EXPORTERS` and describes itself."""

from converters.exporters.datasette import serve_folder, write_datasette
from converters.exporters.exporter import Exporter
from converters.exporters.site import (
    History,
    SiteExporter,
    SiteOptions,
    SiteReport,
    UnsafePlace,
    Weight,
    estimate,
    export_site,
    weigh,
)

EXPORTERS: dict[str, type[Exporter]] = {exporter.name: exporter for exporter in (SiteExporter,)}

__all__ = [
    "EXPORTERS",
    "Exporter",
    "History",
    "SiteExporter",
    "SiteOptions",
    "SiteReport",
    "UnsafePlace",
    "Weight",
    "estimate",
    "export_site",
    "serve_folder",
    "weigh",
    "write_datasette",
]
