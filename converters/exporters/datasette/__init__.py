"""Datasette: what is written beside an archive for it, our plug-in, and the server that shows it with the site."""

from converters.exporters.datasette.metadata import saved_queries, write_datasette
from converters.exporters.datasette.server import application, serve_folder

__all__ = ["application", "saved_queries", "serve_folder", "write_datasette"]
