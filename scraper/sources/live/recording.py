"""``--keep-captures``: what a living wiki answers is written down as it came, beside the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.archive import now
from scraper.sources.captured.writing import Exchange, WarcWriter
from scraper.sources.live.landing import PART, WHOLE, Landing
from scraper.sources.live.storing import INTO, fields_of

FOLDER = "captures"
SETTING = "WIKICOMPOST_CAPTURES"
NEXT_TO_THE_WIRE = 950  # behind all of Scrapy's own middlewares: before anything is unpacked or followed


class Recorder:
    """A downloader middleware that hands each answer on as it is."""

    def __init__(self, folder: Path) -> None:
        moment = now().iso.translate({ord(character): None for character in "-:TZ"})
        self._writer = WarcWriter(folder / f"wiki-{moment}.warc.gz")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Recorder:
        """As Scrapy makes its middlewares."""
        recorder = cls(Path(crawler.settings[SETTING]))
        crawler.signals.connect(recorder.close, signals.spider_closed)
        return recorder

    def process_response(self, request: Request, response: Response) -> Response:
        """Every answer, whatever its status; what went to disk once it is whole there, as if it had come at once."""
        headers = [(name, value) for name, values in response.headers.items() for value in values]
        form = request.body if request.method == "POST" else b""
        landing: Landing | None = request.meta.get(INTO)
        if landing is None or response.status not in (WHOLE, PART):
            self._writer.write(Exchange(request.url, form, response.status, headers, response.body, now()))
        elif landing.is_whole(response.status, fields_of(response.headers)):
            kept = [(name, value) for name, value in headers if name.lower() != b"content-range"]
            self._writer.write(Exchange(request.url, form, WHOLE, kept, landing.path, now()))
        return response

    def close(self) -> None:
        """At the end of the visit."""
        self._writer.close()


def recording(settings: dict[str, Any], archive: Path) -> dict[str, Any]:
    """Settings with which Scrapy also writes captures into a folder of the archive."""
    middlewares = {**settings["DOWNLOADER_MIDDLEWARES"], Recorder: NEXT_TO_THE_WIRE}
    return {**settings, SETTING: str(archive / FOLDER), "DOWNLOADER_MIDDLEWARES": middlewares}
