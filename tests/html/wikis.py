"""A real wiki whose pages can be had in every skin that MediaWiki ships."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from scraper.model import Capture, Timestamp, Via
from tests.lab.wiki import RealWiki

SETTINGS = Path(__file__).parent / "AllSkins.php"
SKINS = ("vector", "vector-2022", "monobook", "timeless", "minerva")
NOW = Timestamp("2026-11-22T00:00:00Z")


class SkinnedWiki(RealWiki):
    """A copy of a seeded wiki with all skins."""

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "MW_CONFIG_FILE": str(SETTINGS)}


def page(wiki: RealWiki, **query: str | int) -> Capture:
    """What index.php answers, as it would be captured."""
    url = f"{wiki.index_url}?{urllib.parse.urlencode(query)}"
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return Capture(url, answer.status, {}, answer.read(), NOW, Via.HTML)
    except urllib.error.HTTPError as error:
        return Capture(url, error.code, {}, error.read(), NOW, Via.HTML)
