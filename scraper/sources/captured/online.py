"""A frozen copy that is still on line: crawled into WARC, and then read like any captures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.archive import Archive, Harvest, now
from scraper.model import Capture
from scraper.sources.captured.containers import captures_at
from scraper.sources.captured.item import Given
from scraper.sources.source import HarvestOptions, Progress, UnusableSource

if TYPE_CHECKING:
    from scraper.sources.live.asking import Asker

KIND = "copy"


class OnlineCopy:
    """What a living wiki's source turns to where it finds pages and no wiki behind them."""

    async def crawl(
        self, asker: Asker, start: Capture, archive: Archive, options: HarvestOptions, progress: Progress
    ) -> Harvest:
        """Fetch all of it, from where a killed crawl of it ended; nothing is read yet."""
        from scraper.sources.captured.crawling import Crawl

        progress.note(f"{start.url} is a page of a frozen copy: no wiki answers behind it. Fetching its pages.")
        with archive.transaction():
            harvest = archive.harvests.begin(start.url, KIND, {"with_files": options.with_files}, now())
        await Crawl(asker, archive, harvest, start, options.with_files).run(options.concurrency, progress)
        return harvest

    def read(self, harvest: Harvest, archive: Archive, options: HarvestOptions, progress: Progress) -> None:
        """What was fetched. Raises UnusableSource when no page of a MediaWiki is in it."""
        from scraper.sources.captured.crawling import FOLDER
        from scraper.sources.captured.harvesting import read_into
        from scraper.sources.captured.reading import survey

        material = Given(
            FOLDER, captures_at(archive.folder / FOLDER / f"copy-{harvest.harvest_id}.warc.gz"), is_copy=True
        )
        found = survey(material, progress)
        if not found.wiki.pages:
            raise UnusableSource("None of the pages that were fetched is MediaWiki's.")
        read_into(archive, harvest, material, found, (options, progress))
