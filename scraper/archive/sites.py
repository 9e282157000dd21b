"""The wiki as it describes itself: what its API says is richer than a dump's header, that richer than what pages show.

A poorer description only fills in what the richer one leaves open; between equals the later one counts.
"""

from __future__ import annotations

import sqlite3
from dataclasses import fields, replace
from typing import Any

from sqlite_utils import Database

from scraper.archive.acquaintance import Acquaintance
from scraper.archive.columns import dumps
from scraper.archive.merging import VIAS
from scraper.archive.reading import read_namespaces, read_site
from scraper.model import Namespace, Site, Statistics

KEEP_STATISTICS = """
UPDATE site SET siteinfo = json_set(siteinfo, '$.statistics', json(:told))
WHERE via != 'api' AND COALESCE(siteinfo ->> '$.statistics.edits', -1) < COALESCE(:told ->> '$.edits', 0)
"""


class SiteSaver:
    """Namespaces belong to the description that came before them."""

    def __init__(self, connection: sqlite3.Connection, acquaintance: Acquaintance) -> None:
        self._connection = connection
        self._tables = Database(connection, execute_plugins=False)  # what others plug in there is not for an archive
        self._acquaintance = acquaintance
        self._is_best = True

    def save(self, site: Site) -> None:
        """Raises OtherWiki."""
        self._acquaintance.meet(site)
        held = read_site(self._connection)
        self._is_best = held is None or VIAS.index(site.via) <= VIAS.index(held.via)
        if held is not None:
            site = completed(site, held) if self._is_best else completed(held, site)
        self._write(site)

    def save_namespace(self, namespace: Namespace) -> None:
        if self._is_best or namespace.namespace_id not in self._described():
            values = {
                "namespace_id": namespace.namespace_id,
                "name": namespace.name,
                "canonical": namespace.canonical,
                "title_case": namespace.case,
                "is_content": namespace.is_content,
                "has_subpages": namespace.has_subpages,
                "aliases": dumps(namespace.aliases),
            }
            self._tables.table("namespaces").upsert(values, pk="namespace_id")

    def save_statistics(self, statistics: Statistics) -> None:
        """Of several countings that pages show the one after most edits; the API's own stays."""
        self._connection.execute(KEEP_STATISTICS, {"told": dumps(statistics.numbers)})

    def _described(self) -> set[int]:
        """A namespace that a page only happened to be in has no English name."""
        return {
            held.namespace_id for held in read_namespaces(self._connection) if held.canonical or held.namespace_id == 0
        }

    def _write(self, site: Site) -> None:
        values = {
            "site_id": 1,
            "name": site.name,
            "base_url": site.base_url,
            "server": site.server,
            "article_path": site.article_path,
            "script_path": site.script_path,
            "api_url": site.api_url,
            "index_url": site.index_url,
            "main_page": site.main_page,
            "language": site.language,
            "generator": site.generator,
            "title_case": site.case,
            "timezone": site.timezone,
            "license_name": site.license_name,
            "license_url": site.license_url,
            "siteinfo": dumps(site.siteinfo),
            "via": site.via,
        }
        self._tables.table("site").upsert(values, pk="site_id")


def completed(better: Site, other: Site) -> Site:
    """What the better description does not say, as the other one has it."""
    said = {field.name: getattr(better, field.name) for field in fields(Site)}
    more: dict[str, Any] = {name: getattr(other, name) for name, value in said.items() if value in ("", None)}
    return replace(better, **more, siteinfo={**other.siteinfo, **better.siteinfo})
