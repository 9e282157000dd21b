"""``wikicompost probe``: what is there, how it would be harvested, and what would be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Request

from scraper.eras import offers
from scraper.model import Site, Title, Via
from scraper.queries import api, index
from scraper.readers.api_site import read_siteinfo
from scraper.sources.live.asking import Asker
from scraper.sources.live.discovery import find_wiki
from scraper.sources.live.failures import ForbiddenByRobots, Refused, Unanswered
from scraper.sources.live.settings import POLITE_DELAY
from scraper.sources.source import HarvestOptions

SECONDS_OF_AN_ANSWER = 0.4  # a guess for a small server
REVISIONS_IN_A_BATCH = 50
ITEMS_IN_A_BATCH = 500


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What a short visit found. ``doors`` maps API, Special:Export, raw text and files to whether each is open."""

    site: Site
    statistics: Mapping[str, int]
    doors: Mapping[str, bool]
    method: str
    requests: int
    minutes: float
    missing: tuple[str, ...]


async def survey(asker: Asker, given: str, options: HarvestOptions) -> ProbeReport:
    """Find the wiki and try its doors. Raises UnusableSource."""
    await find_wiki(asker, given, options.credentials)
    asked = await asker.ask(api.siteinfo())
    reading = read_siteinfo(asked.answer, asker.api_url)
    site = next(fact for fact in reading.facts if isinstance(fact, Site))
    counts = {key: value for key, value in asked.answer.query.get("statistics", {}).items() if isinstance(value, int)}
    namespaces = len(asked.answer.query.get("namespaces", ()))
    doors = await _doors(asker, site)
    requests = expected_requests(counts, namespaces, options)
    return ProbeReport(
        site=site,
        statistics=counts,
        doors=doors,
        method="API: all revisions as one list"
        if offers(site.generator, "allrevisions")
        else "none yet for this version",
        requests=requests,
        minutes=requests * ((POLITE_DELAY if options.delay is None else options.delay) + SECONDS_OF_AN_ANSWER) / 60,
        missing=tuple(_missing(site, doors, options)),
    )


def expected_requests(counts: Mapping[str, int], namespaces: int, options: HarvestOptions) -> int:
    """How many questions a fresh harvest puts, by the wiki's own counts."""
    total = counts.get("edits", 0) // REVISIONS_IN_A_BATCH + 1
    total += counts.get("pages", 0) // ITEMS_IN_A_BATCH + namespaces
    total += counts.get("users", 0) // ITEMS_IN_A_BATCH + 1
    total += counts.get("edits", 0) // ITEMS_IN_A_BATCH // 4 + 1  # the log, whose length nobody tells
    total += counts.get("images", 0) // REVISIONS_IN_A_BATCH + 6
    if options.with_renderings:
        total += counts.get("pages", 0)
    if options.with_files:
        total += counts.get("images", 0)
    return total


def lines(report: ProbeReport) -> list[str]:
    """The report for a person."""
    site, counts = report.site, report.statistics
    sizes = (("pages", "pages"), ("edits", "edits"), ("users", "users"), ("images", "files"))
    doors = ", ".join(f"{name} {'open' if is_open else 'closed'}" for name, is_open in report.doors.items())
    result = [
        f"{site.name}: {site.generator}, language {site.language}",
        f"address: {site.base_url}",
        f"API: {site.api_url}",
        f"licence: {site.license_name or 'not told'} {site.license_url}".rstrip(),
        "size: " + ", ".join(f"{counts.get(key, 0):,} {word}" for key, word in sizes),
        f"doors: {doors}",
        f"plan: {report.method}; about {report.requests:,} requests, {max(report.minutes, 1):,.0f} minutes",
    ]
    return result + [f"will be missing: {what}" for what in report.missing or ("nothing that it shows to strangers",)]


async def _doors(asker: Asker, site: Site) -> dict[str, bool]:
    main_page, index_url = Title(0, site.main_page), site.index_url or ""
    return {
        "API": True,
        "Special:Export": await _is_open(asker, index.export(index_url, main_page), b"<mediawiki"),
        "raw": await _is_open(asker, index.current_text(index_url, main_page), b""),
        "files": await _files_are_open(asker),
    }


async def _is_open(asker: Asker, url: str, mark: bytes) -> bool:
    try:
        capture = await asker.fetch(Request(url), Via.EXPORT)
    except (Unanswered, ForbiddenByRobots):
        return False
    return capture.status == 200 and mark in capture.body


async def _files_are_open(asker: Asker) -> bool:
    """Whether the bytes of one file come; a wiki without files has that door open."""
    try:
        answer = (await asker.ask(api.files().sized("1"))).answer
        urls = [item["url"] for page in _pages(answer.query) for item in page.get("imageinfo", ()) if item.get("url")]
        return not urls or bool((await asker.get(urls[0], tries=1, headers={"Range": "bytes=0-1023"})).body)
    except (Unanswered, Refused, ForbiddenByRobots):
        return False


def _pages(query: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = query.get("pages", [])
    return list(found)


def _missing(site: Site, doors: Mapping[str, bool], options: HarvestOptions) -> list[str]:
    missing = []
    if not offers(site.generator, "allrevisions"):
        missing.append(f"everything: {site.generator} is older than MediaWiki 1.27, whose API lists all revisions")
    if not doors["raw"]:
        missing.append("texts above the API's size limit (raw texts are closed)")
    if not doors["files"] and options.with_files:
        missing.append("the bytes of files")
    return missing
