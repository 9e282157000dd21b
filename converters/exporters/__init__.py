"""What an archive can be turned into. Each exporter is one entry of :data:`EXPORTERS` and describes itself."""

from converters.exporters.exporter import Exporter
from converters.exporters.site import SiteExporter

EXPORTERS: dict[str, type[Exporter]] = {exporter.name: exporter for exporter in (SiteExporter,)}

__all__ = ["EXPORTERS", "Exporter"]
