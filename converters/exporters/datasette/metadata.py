"""What Datasette is told of an archive: words, order, facets, saved queries, and our plug-in beside them.

``metadata.json`` and ``settings.json`` are read by Datasette 0.65; 1.0 takes words and tables from ``metadata.json``,
queries and settings from ``datasette.json``.
"""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jinja2 import Environment

from scraper.archive import Archive

DATABASE = "archive"
PLUGINS = ("texts", "cells", "site", "looks")
PLUGIN_BEFORE = (
    "plugins/wikicompost_archive.py"  # what earlier versions wrote; with both, functions would be there twice
)
SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 500,
    "truncate_cells_html": 600,
    "allow_download": True,
}


def write_datasette(archive: Archive) -> None:
    """Write beside ``archive.db`` what makes ``datasette DIR/`` a pleasant place; only what changed."""
    queries = saved_queries()
    metadata = _metadata(archive)
    metadata["databases"][DATABASE]["queries"] = queries
    contents = {
        "metadata.json": _json(metadata),
        "settings.json": _json(SETTINGS),
        "datasette.json": _json({"settings": SETTINGS, "databases": {DATABASE: {"queries": queries}}}),
    } | {f"plugins/wikicompost_{name}.py": _read(f"plugins/{name}.py") for name in PLUGINS}
    for name, content in contents.items():
        _write(archive.folder / name, content)
    (archive.folder / PLUGIN_BEFORE).unlink(missing_ok=True)


def saved_queries() -> dict[str, dict[str, Any]]:
    """The questions of ``queries/``: the first line of each file is its title, the second its description."""
    places = (place for place in (files(__package__) / "queries").iterdir() if place.name.endswith(".sql"))
    return {place.name.removesuffix(".sql"): _query(place) for place in sorted(places, key=lambda place: place.name)}


def _query(place: Traversable) -> dict[str, Any]:
    title, description, sql = place.read_text("utf-8").split("\n", 2)
    words = {"title": title.removeprefix("-- "), "description": description.removeprefix("-- ")}
    return words | {"sql": sql.strip(), "hide_sql": True}


def _metadata(archive: Archive) -> dict[str, Any]:
    site = archive.site()
    words: dict[str, Any] = {"title": archive.folder.resolve().name, "databases": {DATABASE: {}}}
    if site is not None:
        words |= {
            "title": f"{site.name}: archive",
            "description_html": _start_page(site.name),
            "source": site.name,
            "source_url": _web(site.base_url),
            "license": site.license_name,
            "license_url": _web(site.license_url),
        }
    database = {
        "description": "Tables of what the wiki said (pages, revisions, files, logs), records made from the pages"
        " (sections, links, lists, tables, templates), and views and queries for questions people ask.",
        "tables": _tables(archive),
    }
    return {key: value for key, value in words.items() if value} | {"databases": {DATABASE: database}}


def question_groups() -> dict[str, list[str]]:
    """Names of the saved queries, as the start page groups them."""
    groups: dict[str, list[str]] = json.loads(_read("start.json"))
    return groups


def _start_page(site_name: str) -> str:
    """HTML: what the archive is, a search, and all saved queries by what they are about, as seen from the root."""
    template = Environment(autoescape=True, trim_blocks=True).from_string(_read("start.html"))
    return template.render(site=site_name, database=DATABASE, groups=question_groups(), questions=saved_queries())


def _tables(archive: Archive) -> dict[str, Any]:
    """Their own words from the schema, and how Datasette is to show them."""
    shown: dict[str, dict[str, Any]] = json.loads(_read("tables.json"))
    described = {
        table.name: {"description": table.about, "columns": table.columns} | shown.get(table.name, {})
        for table in archive.describe()
    }
    return described | {"sqlite_stat1": {"hidden": True}, "sqlite_stat4": {"hidden": True}}


def _read(path: str) -> str:
    return files(__package__).joinpath(path).read_text("utf-8")


def _web(address: str) -> str:
    """Addresses come from the wiki: only those of the web become links."""
    return address if address.startswith(("http://", "https://")) else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(place: Path, content: str) -> None:
    if place.is_file() and place.read_text("utf-8") == content:
        return
    place.parent.mkdir(exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    part.write_text(content, "utf-8")
    part.replace(place)
