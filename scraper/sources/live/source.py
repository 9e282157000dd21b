"""The source ``live``: a MediaWiki that answers, through its API, its exports or its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from scraper.archive import Archive, Harvest, now
from scraper.model import Capture
from scraper.sources.live.failures import Frozen
from scraper.sources.source import HarvestOptions, Progress

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from scraper.sources.live.asking import Asker
    from scraper.sources.live.harvesting import Harvester
    from scraper.sources.live.report import ProbeReport

KIND = "api"
UNTOLD = "what the copy does not have; times without an exact one beside them have no zone"
SHORTEST_PATH_TO_A_FILE = (".xml", ".gz", ".bz2", ".xz", ".zst", ".7z", ".lzma")


class FrozenCopy(Protocol):
    """What can be done where an address shows pages and no wiki answers behind them."""

    async def crawl(
        self, asker: Asker, start: Capture, archive: Archive, options: HarvestOptions, progress: Progress
    ) -> Harvest:
        """Fetch all pages; nothing is read yet."""

    def read(self, harvest: Harvest, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """Read what was fetched."""


class LiveSource:
    """Any MediaWiki that answers: through its API, Special:Export, or its pages; else the copy that was left of it."""

    name = "live"
    about = "the address of a MediaWiki, living or frozen: any of its pages, api.php or index.php"

    def __init__(self, frozen: FrozenCopy) -> None:
        self._frozen = frozen

    def claims(self, given: str) -> bool:
        """An http(s) address, or what looks like a host's name and is no file here."""
        if Path(given).exists():
            return False
        try:
            parts = urlsplit(given)
        except ValueError:  # http://[::::]/
            return False
        if parts.scheme in {"http", "https"}:
            return bool(parts.netloc) and not parts.path.lower().endswith(SHORTEST_PATH_TO_A_FILE)
        host = given.partition("/")[0]
        return not parts.scheme and "." in host.strip(".") and not host.lower().endswith(SHORTEST_PATH_TO_A_FILE)

    def folder_name(self, given: str) -> str:
        """The host, with its port where one is given."""
        parts = urlsplit(given if "//" in given else f"//{given}")
        return (parts.netloc.rpartition("@")[2] or "wiki").lower().replace(":", "-")

    def probe(self, given: str, options: HarvestOptions) -> list[str]:
        """What a person should know before harvesting. Raises UnusableSource."""
        from scraper.sources.live.report import lines

        try:
            return lines(probe(given, options))
        except Frozen as frozen:
            return [str(frozen), "plan: all its pages are fetched, as of a frozen copy", f"will be missing: {UNTOLD}"]

    def harvest(self, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """Fresh, resumed, refreshed, or (``options.only_retry``) what failed alone. Raises UnusableSource."""
        from scraper.sources.live.recording import recording
        from scraper.sources.live.visit import visit

        async def errand(crawler: Crawler) -> Harvest | None:
            asker = await _introduced(crawler, options, progress.note)
            try:
                await _harvest(asker, given, archive, options, progress)
            except Frozen as frozen:
                return await self._frozen.crawl(asker, frozen.page, archive, options, progress)
            return None

        for rest in archive.folder.glob("download-*"):
            rest.unlink()
        settings = _settings(given, options)
        crawled = visit(errand, recording(settings, archive.folder) if options.keep_captures else settings)
        if crawled is not None:
            self._frozen.read(crawled, archive, options, progress)


def probe(given: str, options: HarvestOptions) -> ProbeReport:
    """Ask what is there, without an archive. Raises UnusableSource."""
    from scraper.sources.live.report import survey
    from scraper.sources.live.visit import visit

    async def errand(crawler: Crawler) -> ProbeReport:
        return await survey(await _introduced(crawler, options, _say_nothing), given, options)

    return visit(errand, _settings(given, options))


def _settings(given: str, options: HarvestOptions) -> dict[str, Any]:
    from scraper.sources.live.discovery import addresses
    from scraper.sources.live.http_auth import auth_settings
    from scraper.sources.live.network import border_settings
    from scraper.sources.live.settings import scrapy_settings

    places = addresses(given)
    auth = auth_settings(places[:1], options.credentials.http_auth)  # http:// only where a person wrote so
    return scrapy_settings(options) | border_settings(places) | auth


async def _introduced(crawler: Crawler, options: HarvestOptions, tell: Callable[[str], None]) -> Asker:
    from scraper.sources.live.asking import Asker
    from scraper.sources.live.login import load_cookies
    from scraper.sources.live.patience import Patience
    from scraper.sources.live.robots import heed_crawl_delay
    from scraper.sources.live.settings import POLITE_DELAY

    heed_crawl_delay(crawler)
    patience = Patience(POLITE_DELAY if options.delay is None else options.delay, tell)
    return Asker(crawler, patience, load_cookies(options.credentials.cookies))


async def _harvest(asker: Asker, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
    from scraper.sources.live.discovery import find_again, find_wiki
    from scraper.sources.live.itinerary import check

    check(options.road)
    site = archive.site()
    if site is not None and site.index_url:
        await find_again(asker, given, site, options.credentials)
    else:
        await find_wiki(asker, given, options.credentials)
    harvester = _begin(asker, given, archive, options, progress)
    await harvester.run()
    is_complete = archive.settle()
    with archive.transaction():
        archive.harvests.end(harvester.harvest, is_complete, now())


def _begin(asker: Asker, given: str, archive: Archive, options: HarvestOptions, progress: Progress) -> Harvester:
    """One transaction: the harvest's line in the book, and its first tasks."""
    from scraper.sources.live.harvesting import Harvester
    from scraper.sources.live.keeping import Keeper

    with archive.transaction():
        # One archive holds one wiki: a killed harvest goes on whatever address of it is given now.
        source = archive.harvests.unfinished_source(KIND) or given
        harvest = archive.harvests.begin(source, KIND, _without_secrets(options), now())
        harvester = Harvester(asker, Keeper(archive, harvest, progress), options)
        if harvest.is_resumed:
            progress.note("Going on with a harvest that was cut short.")
        else:
            harvester.begin()
    return harvester


def _say_nothing(text: str) -> None:
    """A probe is over soon."""


def _without_secrets(options: HarvestOptions) -> dict[str, Any]:
    values = asdict(options)
    values["credentials"] = "given" if any(values["credentials"].values()) else "none"
    return values
