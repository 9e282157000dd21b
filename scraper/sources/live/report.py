"""``wikicompost probe``: what is there, by which roads it would be harvested, and what would be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrapy import Request

from scraper.archive import Archive, now
from scraper.model import Site, Title, Via
from scraper.queries import api, index
from scraper.sources.live.asking import Asker
from scraper.sources.live.crew import Crew
from scraper.sources.live.discovery import find_wiki
from scraper.sources.live.failures import ForbiddenByRobots, Refused, Unanswered
from scraper.sources.live.harvesting import open_doors
from scraper.sources.live.itinerary import best_first, check
from scraper.sources.live.keeping import Keeper
from scraper.sources.live.road import Door, Matter, Road
from scraper.sources.live.roads import KINDS
from scraper.sources.live.settings import POLITE_DELAY
from scraper.sources.source import HarvestOptions, UnusableSource

SECONDS_OF_AN_ANSWER = 0.4  # a guess for a small server
REVISIONS_IN_A_BATCH = 50
ITEMS_IN_A_BATCH = 500
EXPORT = "Special:Export"


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What a short visit found. ``doors`` maps API, Special:Export, raw text and files to whether each is open; where
    files are the API alone tells beforehand.

    ``roads`` are those that would be taken, ``others`` the names of those to the revisions that are open beside.
    ``silent_hosts`` are those to which the wiki led and where nobody answers.
    """

    site: Site
    statistics: Mapping[str, int]
    doors: Mapping[str, bool]
    roads: tuple[Road, ...]
    others: tuple[str, ...]
    requests: int
    minutes: float
    missing: tuple[str, ...]
    silent_hosts: tuple[str, ...]


class Quiet:
    """A probe is over soon: nothing is told on the way."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


async def survey(asker: Asker, given: str, options: HarvestOptions) -> ProbeReport:
    """Find the wiki, ask what it is, and try its doors. Raises UnusableSource."""
    check(options.road)
    await find_wiki(asker, given, options.credentials)
    with TemporaryDirectory(prefix="wikicompost-") as name, Archive.open(Path(name), create=True) as archive:
        site = await _introduced(asker, archive, options)
        counts = {key: value for key, value in (archive.cursor("statistics") or {}).items() if isinstance(value, int)}
        namespaces = len(archive.titles().namespaces)
    doors = await _doors(asker, site)
    to_revisions = best_first(Matter.REVISIONS, open_doors(asker), options.road)
    answering = [road for road in to_revisions if await _answers(road, asker, doors)]
    others = [matter for matter in Matter if matter is not Matter.REVISIONS]
    best = (best_first(matter, open_doors(asker), options.road)[:1] for matter in others)
    roads = [*answering[:1], *chain.from_iterable(best)]
    requests = expected_requests(roads, counts, namespaces, options)
    return ProbeReport(
        site=site,
        statistics=counts,
        doors=doors,
        roads=tuple(roads),
        others=tuple(dict.fromkeys(road.name for road in answering[1:] if road.name != answering[0].name)),
        requests=requests,
        minutes=requests * ((POLITE_DELAY if options.delay is None else options.delay) + SECONDS_OF_AN_ANSWER) / 60,
        missing=tuple(_missing(roads, doors, options)),
        silent_hosts=tuple(asker.silent_hosts),
    )


async def _introduced(asker: Asker, archive: Archive, options: HarvestOptions) -> Site:
    """What a harvest would ask first, into an archive that is thrown away."""
    with archive.transaction():
        harvest = archive.harvests.begin("probe", "probe", {}, now())
        road = best_first(Matter.SITE, open_doors(asker), options.road)[0]
        archive.frontier.add(harvest.harvest_id, road.fresh[0])
    (task,) = archive.frontier.left(harvest.harvest_id)
    try:
        await KINDS[task.kind].perform(Crew(asker, Keeper(archive, harvest, Quiet()), options), task)
    except (Unanswered, Refused) as failure:
        raise UnusableSource(f"The wiki does not say what it is: {failure}.") from failure
    site = archive.site()
    if site is None:
        raise UnusableSource("The wiki does not say what it is.")
    return site


async def _answers(road: Road, asker: Asker, doors: Mapping[str, bool]) -> bool:
    """Whether a road to the revisions is open."""
    if road.name == "export":
        return doors[EXPORT]
    if road.name != "allrevisions":
        return True
    try:
        return "allrevisions" in (await asker.ask(api.newest_revision())).answer.query
    except (Unanswered, Refused):
        return False


def expected_requests(roads: list[Road], counts: Mapping[str, int], namespaces: int, options: HarvestOptions) -> int:
    """How many questions a fresh harvest puts, by the wiki's own counts."""
    pages, edits = counts.get("pages", 0), counts.get("edits", 0)
    of_revisions = {
        "allrevisions": edits // REVISIONS_IN_A_BATCH + 1,
        "export": pages // index.TITLES_OF_AN_EXPORT + 1,
        "histories": pages + edits // REVISIONS_IN_A_BATCH,
        "html": pages + edits,
    }
    total = next((of_revisions[road.name] for road in roads if road.matter is Matter.REVISIONS), 0)
    total += pages // ITEMS_IN_A_BATCH + namespaces
    total += counts.get("users", 0) // ITEMS_IN_A_BATCH + 1
    total += edits // ITEMS_IN_A_BATCH // 4 + 1  # the log, whose length nobody tells
    total += counts.get("images", 0) // REVISIONS_IN_A_BATCH + 6
    if options.with_renderings:
        total += pages
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
        *(f"it believes to be at {host}, where nobody answers" for host in report.silent_hosts),
        f"API: {site.api_url or 'closed, or there is none'}",
        f"licence: {site.license_name or 'not told'} {site.license_url}".rstrip(),
        "size: " + ", ".join(f"{counts.get(key, 0):,} {word}" for key, word in sizes),
        f"doors: {doors}",
        *(f"road to {road.matter}: {road.name}: {road.about}" for road in report.roads if _is_told(road)),
        f"other roads to revisions: {', '.join(report.others) or 'none'} (--road NAME tries one first)",
        f"plan: about {report.requests:,} requests, {max(report.minutes, 1):,.0f} minutes",
    ]
    return result + [f"will be missing: {what}" for what in report.missing or ("nothing that it shows to strangers",)]


def _is_told(road: Road) -> bool:
    """That the API is asked for its own lists needs no words."""
    return road.matter is Matter.REVISIONS or road.needs is not Door.API


async def _doors(asker: Asker, site: Site) -> dict[str, bool]:
    main_page, index_url = Title(0, site.main_page), site.index_url or ""
    doors = {
        "API": bool(asker.api_url),
        EXPORT: await _is_open(asker, index.export(index_url, main_page), b"<mediawiki"),
        "raw": await _is_open(asker, index.current_text(index_url, main_page), b""),
    }
    return doors | ({"files": await _files_are_open(asker)} if asker.api_url else {})


async def _is_open(asker: Asker, url: str, mark: bytes) -> bool:
    try:
        capture = await asker.fetch(Request(url), Via.EXPORT)
    except (Unanswered, Refused, ForbiddenByRobots):
        return False
    return capture.status == 200 and mark in capture.body


async def _files_are_open(asker: Asker) -> bool:
    """Whether the bytes of one file come; a wiki without files has that door open."""
    try:
        answer = (await asker.ask(api.files().sized("1"))).answer
        urls = [item["url"] for page in _pages(answer.query) for item in page.get("imageinfo", ()) if item.get("url")]
        return not urls or bool((await asker.get_bytes(urls[0], {"Range": "bytes=0-1023"}, None, tries=1)).body)
    except (Unanswered, Refused, ForbiddenByRobots):
        return False


def _pages(query: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = query.get("pages", [])
    return list(found)


def _missing(roads: list[Road], doors: Mapping[str, bool], options: HarvestOptions) -> list[str]:
    missing = [road.missing for road in roads if road.missing]
    if not doors["raw"]:
        missing.append("texts above the API's size limit (raw texts are closed)")
    if not doors.get("files", True) and options.with_files:
        missing.append("the bytes of files")
    return missing
