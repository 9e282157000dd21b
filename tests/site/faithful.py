"""Does the site say what the wiki says? The words a reader sees on each page, and on old versions, of both. By hand:

``python -m tests.site.faithful [1.39-fr …]`` harvests a running wiki, writes its site with all versions, and compares:
once with the wiki's own renderings, once from wikitext alone, as after a dump. ``big`` is VoLAB with Ékopédia imported
into a real MediaWiki (``../shared/corpora``), half an hour; without names all wikis are taken.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from lxml import html

from bench.harvest import big_wiki
from converters.document.furniture import FURNITURE
from converters.document.text import visible_text
from converters.exporters import History, SiteOptions, export_site
from converters.exporters.site.copies import KIND
from converters.parse import parse
from scraper.archive import Archive
from tests.harvest.running import harvest
from tests.lab.installation import find_installation
from tests.lab.seeding import seeded
from tests.lab.wiki import RealWiki

WIKIS = ("1.39-fr", "1.43-fr", "1.39-en", "1.43-en", "big")
OLD_VERSIONS = 200
# Stands where a picture does that the archive lacks, or leads to a copy of what is linked.
OURS_ALONE = frozenset({"absent", KIND})
UNREAD = ("script", "style")
FOR_EDITORS = "mw-clearyourcache"
# What leads to the editor of TemplateData, and captions that MediaWiki's own sheet hides (content.media-common.less).
EDITING = "mw-editsection-like"
UNCAPTIONED = frozenset({"mw:File", "mw:File/Frameless"})
HEADING, CONTENT = "//h1[@id='firstHeading']", "//*[@id='mw-content-text']"
OUR_HEADING, OUR_CONTENT = "//main/h1", "//article[contains(@class, 'text')] | //main/pre[@class='source']"
# Not what the wiki tells around it: the list in a category, the versions of a file.
TOLD = "//*[@id='mw-content-text']//*[contains(@class, 'mw-parser-output')]"


class Page(NamedTuple):
    """Where the same words must stand: an address of the wiki, and a file of the site."""

    name: str
    address: str
    file: Path


class Outcome(NamedTuple):
    """How many pages were compared, and what is otherwise on which."""

    compared: int
    differing: dict[str, list[str]]


def current_pages(wiki: RealWiki, site: Path) -> Iterator[Page]:
    """All that the wiki has and the site should."""
    lines = (site / "addresses.tsv").read_text("utf-8").splitlines()[1:]
    places = {page_id: (address, title) for address, page_id, title in (line.split("\t") for line in lines)}
    with sqlite3.connect(f"file:{wiki.database}?mode=ro", uri=True) as database:
        page_ids = [str(page_id) for (page_id,) in database.execute("SELECT page_id FROM page ORDER BY page_id")]
    for page_id in page_ids:
        place, title = places.get(page_id, ("", f"page {page_id}"))
        yield Page(title, f"{wiki.index_url}?curid={page_id}&redirect=no", site / place / "index.html")


def old_versions(wiki: RealWiki, site: Path, count: int = OLD_VERSIONS) -> list[Page]:
    """Some of all versions that are not the latest of their page and that anybody may read."""
    with sqlite3.connect(f"file:{wiki.database}?mode=ro", uri=True) as database:
        query = (
            "SELECT rev_id FROM revision JOIN page ON page_id = rev_page"
            " WHERE rev_id <> page_latest AND NOT rev_deleted & 1"
        )
        found = sorted(rev_id for (rev_id,) in database.execute(query))
    chosen = random.Random(count).sample(found, min(count, len(found)))
    return [
        Page(str(rev_id), f"{wiki.index_url}?oldid={rev_id}", site / f"revision/{rev_id}/index.html")
        for rev_id in sorted(chosen)
    ]


def compared(pages: Iterable[Page]) -> Outcome:
    """Ask the wiki for each and lay it beside the site's."""
    with ThreadPoolExecutor(2) as pool:
        found = dict(pool.map(lambda page: (page.name, _otherwise(page)), pages))
    return Outcome(len(found), {name: otherwise for name, otherwise in found.items() if otherwise})


def _otherwise(page: Page) -> list[str]:
    if not page.file.is_file():
        return ["not on the site"]
    try:
        with urllib.request.urlopen(page.address, timeout=120) as answer:
            theirs = html.fromstring(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return [f"the wiki answers {error.code}"]
    ours = html.fromstring(page.file.read_text("utf-8"))
    content = TOLD if theirs.xpath(TOLD) else CONTENT
    return [
        *_changes(_words(theirs, HEADING), _words(ours, OUR_HEADING)),
        *_changes(_words(theirs, content), _words(ours, OUR_CONTENT)),
    ]


def _words(page: html.HtmlElement, place: str) -> list[str]:
    """What a reader reads there, word by word."""
    words = []
    for element in page.xpath(place)[:1]:
        for part in list(element.iterdescendants()):
            if part.getparent() is not None and _is_beside(part):
                part.drop_tree()
        words += visible_text(element).split()
    return words


def _is_beside(part: html.HtmlElement) -> bool:
    words = set((part.get("class") or "").split())
    is_hidden = part.tag == "figcaption" and part.getparent().get("typeof") in UNCAPTIONED
    is_alone = bool(words & (FURNITURE | OURS_ALONE | {EDITING}))
    return is_alone or is_hidden or part.tag in UNREAD or part.get("id") == FOR_EDITORS


def _changes(theirs: list[str], ours: list[str]) -> list[str]:
    """Their words and ours where they are not the same."""
    if theirs == ours:
        return []
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    return [
        f"{' '.join(theirs[a:b])!r} is {' '.join(ours[c:d])!r}"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def write_site(folder: Path, name: str) -> Path:
    """The site of an archive with all versions."""
    site = folder / name
    with Archive.open(folder) as archive:
        parse(archive)
        export_site(archive, site, options=SiteOptions(history=History.FULL))
    return site


def forget_renderings(folder: Path) -> None:
    """What is left is what a dump gives."""
    with Archive.open(folder) as archive, archive.transaction():
        archive.connection.execute("DELETE FROM renderings")


def outcomes(wiki: RealWiki, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Harvest a running wiki into a folder, and compare the sites made of it: what was compared, and the outcome."""
    harvest(wiki.index_url, folder, seconds=3600)
    site = write_site(folder, "site")
    yield "pages", compared(current_pages(wiki, site))
    yield "old versions", compared(old_versions(wiki, site))
    forget_renderings(folder)
    yield "pages from wikitext", compared(current_pages(wiki, write_site(folder, "wikitext")))


@contextmanager
def _running(name: str, folder: Path) -> Iterator[RealWiki]:
    if name == "big":
        wiki = big_wiki().fresh_copy(folder)
    else:
        series, language = name.split("-")
        wiki = seeded(find_installation(series), language).fresh_copy(folder)
    with wiki:
        yield wiki


def main(names: list[str]) -> None:
    for name in names or WIKIS:
        with tempfile.TemporaryDirectory() as place, _running(name, Path(place) / "wiki") as wiki:
            for what, outcome in outcomes(wiki, Path(place) / "archive"):
                alike = outcome.compared - len(outcome.differing)
                print(f"{name}: {alike} of {outcome.compared} {what} alike", flush=True)
                for page, otherwise in outcome.differing.items():
                    print(f"  {page}: {'; '.join(otherwise)[:300]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
