"""Which pages have to be parsed: those whose sources, or whose readers, are not what their records were made from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from converters.document import WIKITEXT, Door
from converters.document.lookups import read_timestamp
from converters.parse.context import Context
from converters.parse.pages import PageSource
from converters.parse.transclusions import Transclusions
from converters.records import versions
from converters.wikitext.semantics import has_semantics
from converters.wikitext.words import words_of
from scraper.archive import Archive

# Raise it when a door, or what lies between doors and records, gives other documents than before.
DOORS_VERSION = 5

# A rendering counts when it shows the revision that is current; an older one is not the page as it stands, but it is
# all there is of a page whose source was not captured.
_SOURCES = (
    "FROM pages p LEFT JOIN current_texts c USING (page_id)"
    " LEFT JOIN renderings x ON x.page_id = p.page_id AND (x.rev_id = p.latest_rev_id OR c.rev_id IS NULL)"
    "  AND (x.rev_id IS NULL OR EXISTS (SELECT 1 FROM revisions held WHERE held.rev_id = x.rev_id))"
    " WHERE p.gone_at IS NULL AND (c.rev_id IS NOT NULL OR x.page_id IS NOT NULL)"
)
_STATES = (
    "SELECT p.page_id, p.title, p.namespace_id, p.content_model, c.rev_id,"
    " (SELECT sha1 FROM revisions r WHERE r.rev_id = c.rev_id),"
    f" x.rev_id, x.html, x.display_title, x.categories, x.language_links,"
    f" CASE WHEN x.page_id IS NULL OR :has_annotations THEN c.text END {_SOURCES}"
)
_PAGE = (
    "SELECT p.title, p.namespace_id, p.content_model, coalesce(c.rev_id, x.rev_id), c.text, x.page_id IS NOT NULL,"
    f" (SELECT timestamp FROM revisions r WHERE r.rev_id = c.rev_id) {_SOURCES} AND p.page_id = ?"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: ``fingerprints`` of the pages to parse, and pages to strip of records they had."""

    fingerprints: dict[int, str]
    outdated: frozenset[int]
    unchanged: int


def make_plan(archive: Archive, context: Context, wanted: Container[int] | None, everything: bool) -> Plan:
    """Compare every living page, or those that are wanted, with what its records were made from."""
    query = "SELECT page_id, fingerprint FROM parsed_pages"
    known: dict[int, str] = dict(archive.connection.execute(query).fetchall())
    fingerprints: dict[int, str] = {}
    settled: set[int] = set()
    unchanged = 0
    for page_id, fingerprint in _fingerprints(archive, context):
        is_wanted = wanted is None or page_id in wanted
        if is_wanted and (everything or known.get(page_id) != fingerprint):
            fingerprints[page_id] = fingerprint
        else:
            settled.add(page_id)
            unchanged += is_wanted
    return Plan(fingerprints, frozenset(known.keys() - settled), unchanged)


def page_sources(archive: Archive, page_ids: Iterable[int], has_annotations: bool = False) -> Iterator[PageSource]:
    """What each page is read from, one page at a time. Pages without text and rendering are passed over.

    ``has_annotations``: the wikitext is read also of pages that have a rendering, for what it says in silence.
    """
    titles, transclusions = archive.titles(), Transclusions(archive)
    for page_id in page_ids:
        row = archive.connection.execute(_PAGE, (page_id,)).fetchone()
        if row is not None:
            title, namespace_id, model, rev_id, text, is_rendered, saved_at = row
            rendering = archive.rendering(page_id) if is_rendered else None
            title = titles.split(title, namespace_id)
            page = PageSource(
                page_id, rev_id, title, model or WIKITEXT, text, rendering, moment=read_timestamp(saved_at)
            )
            is_read = page.door == Door.WIKITEXT or (has_annotations and page.content_model == WIKITEXT)
            templates = transclusions.of(page.text or "", page.title) if is_read else {}
            yield replace(page, templates={name: template.text for name, template in templates.items()})


def _fingerprints(archive: Archive, context: Context) -> Iterator[tuple[int, str]]:
    readers = _hash(versions(), DOORS_VERSION, *_traits(context))
    titles, transclusions = archive.titles(), Transclusions(archive)
    around, asks = context.titles.fingerprint() if context.titles else "", _asks_for_pages(context)
    has_annotations = {"has_annotations": has_semantics(context.wiki())}
    for page_id, *sources, text in archive.connection.execute(_STATES, has_annotations):
        title = titles.split(sources[0], sources[1])
        templates = transclusions.of(text or "", title)
        used = (part for name in sorted(templates) for part in (name, templates[name].sha1))
        texts = (text or "", *(template.text for template in templates.values()))
        asked = (around,) if any(asks.search(source) for source in texts) else ()
        yield page_id, _hash(readers, *sources, *used, *asked)


def _asks_for_pages(context: Context) -> re.Pattern[str]:
    """Finds calls of ``#ifexist`` by all its names: what they give depends on which other pages there are."""
    names = [name for name, word in words_of(context.wiki()).functions.items() if word == "ifexist"]
    return re.compile(rf"#\s*(?:{'|'.join(map(re.escape, names)) or '(?!)'})\s*:", re.I)


def _traits(context: Context) -> Iterator[Any]:
    """What of the wiki decides how its pages are read; its statistics, for one, do not."""
    site = context.site
    yield from (site.name, site.server, site.article_path, site.script_path, site.language)
    yield from context.namespaces
    for key in ("interwikimap", "magicwords"):
        yield json.dumps(site.siteinfo.get(key), sort_keys=True)
    yield (site.siteinfo.get("general") or {}).get("linktrail")
    yield has_semantics(context.wiki())


def _hash(*parts: Any) -> str:
    """Parts one after the other, each with its length, so that no two lists of parts give the same bytes."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        content = str(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()
