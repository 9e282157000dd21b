"""Pages of real MediaWikis in all their skins hold the content that ``action=parse`` gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree, html

from scraper.model import Exactness, Hidden, PageView, Place, RevisionMention
from scraper.readers.html import Known, PageReading, read_page
from tests.conftest import SERIES, installation_or_skip
from tests.html.wikis import SKINS, SkinnedWiki, page
from tests.lab.api import Api
from tests.lab.seeding import seeded
from tests.lab.truth import Truth

NAMESPACES = (0, 1, 2, 4, 6, 8, 10, 14, 100)
PAGES_EACH = 2
SUMMER, WINTER = 120, 60  # minutes that Paris is ahead of UTC
FOR_EDITORS = frozenset({"mw-editsection", "toc"})


@pytest.fixture(scope="module", params=SERIES)
def wiki(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SkinnedWiki]:
    original = seeded(installation_or_skip(request.param), "fr")
    copy = original.fresh_copy(tmp_path_factory.mktemp("wiki") / "wiki")
    with SkinnedWiki(copy.installation, copy.folder) as started:
        yield started


def some_pages(api: Api) -> Iterator[dict[str, Any]]:
    for namespace in NAMESPACES:
        answer = api.get("query", list="allpages", apnamespace=namespace, aplimit=PAGES_EACH)
        yield from answer["query"]["allpages"]


def said(written: str) -> str:
    """The HTML without what is for editors, and without white space."""
    root = html.fromstring(f"<div>{written}</div>")
    etree.strip_elements(root, etree.Comment, "style", with_tail=False)
    for element in list(root.iter(etree.Element)):
        words = set((element.get("class") or "").split())
        if words & FOR_EDITORS and element.getparent() is not None:
            element.drop_tree()
        elif "mw-parser-output" in words:
            element.drop_tag()
    return re.sub(r"\s+", "", html.tostring(root, encoding="unicode"))


def view_of(reading: PageReading) -> PageView:
    return next(fact for fact in reading.reading.facts if isinstance(fact, PageView))


def mention_of(reading: PageReading, place: Place) -> RevisionMention:
    found = (fact for fact in reading.reading.facts if isinstance(fact, RevisionMention))
    return next(fact for fact in found if fact.place is place)


def test_views_hold_what_the_api_renders(wiki: SkinnedWiki) -> None:
    api = wiki.api()
    for number, told in enumerate(some_pages(api)):
        asked = "text|categories|langlinks|revid"
        parse = api.get("parse", pageid=told["pageid"], prop=asked)["parse"]
        for skin in (SKINS[number % len(SKINS)], SKINS[(number + 2) % len(SKINS)]):
            reading = read_page(page(wiki, title=told["title"], redirect="no", useskin=skin))
            view = view_of(reading)
            assert reading.what.skin == skin
            assert (view.title.namespace_id, view.title.full) == (told["ns"], told["title"])
            assert (view.page_id, view.rev_id, view.is_old) == (told["pageid"], parse["revid"], False)
            assert said(view.html) == said(parse["text"]), (skin, told["title"])
            assert set(view.categories or ()) == {entry["category"].replace("_", " ") for entry in parse["categories"]}
            assert len(view.language_links or ()) == len(parse["langlinks"])
            assert mention_of(reading, Place.VIEW).timestamp is not None


def test_old_views_tell_their_revision(wiki: SkinnedWiki) -> None:
    truth = Truth(wiki.database)
    current = {told.latest for told in truth.pages()}
    shown = [row for row in (told.public() for told in truth.revisions()) if row.rev_id not in current]
    for number, row in enumerate(shown[:: len(shown) // 30]):
        capture = page(wiki, oldid=row.rev_id, useskin=SKINS[number % len(SKINS)])
        if row.text is None:
            continue
        seen = [mention_of(read_page(capture, Known(offset=offset)), Place.OLD_VIEW) for offset in (SUMMER, WINTER)]
        assert {mention.rev_id for mention in seen} == {row.rev_id}
        assert row.timestamp[:16] in {mention.timestamp.iso[:16] for mention in seen if mention.timestamp}
        assert {mention.timestamp.exactness for mention in seen if mention.timestamp} == {Exactness.MINUTE}
        assert (seen[0].user.name if seen[0].user else None) == row.user
        assert (Hidden.USER in seen[0].hidden) == (row.user is None)
        assert seen[0].comment == (row.comment or None)  # an empty one is not told from one that is not shown
