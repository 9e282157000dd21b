"""Datasette plug-ins, copied beside an archive. Each file stands alone: it works without wikicompost."""
