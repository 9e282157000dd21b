"""Pages of many versions, skins and mirrors: ``cases/*.txt``.

A case is an address, ``%%%``, a page, ``%%%``, and what is read from it: parts of the context and of the view,
``mention: PLACE ID TIME EXACTNESS USER COMMENT`` (``-`` for who is hidden), ``listed`` titles, and the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from scraper.model import Capture, Hidden, PageView, Place, RevisionMention, TitleMention, Via
from scraper.readers.html import Known, PageReading, read_page
from scraper.readers.html.addresses import AddressRules
from tests.html.wikis import NOW

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def settings(text: str) -> dict[str, str]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def read(text: str) -> PageReading:
    head, page, _ = text.split("\n%%%\n")
    told = settings(head)
    known = Known(rules=AddressRules(is_mirror=told.get("mirror") == "yes"))
    return read_page(Capture(told["address"], 200, {}, page.encode(), NOW, Via.HTML), known)


def view_of(reading: PageReading) -> PageView | None:
    return next((fact for fact in reading.reading.facts if isinstance(fact, PageView)), None)


def mention(reading: PageReading) -> str:
    places = (Place.VIEW, Place.OLD_VIEW)
    found = (fact for fact in reading.reading.facts if isinstance(fact, RevisionMention) and fact.place in places)
    for fact in found:
        time = f"{fact.timestamp.iso} {fact.timestamp.exactness}" if fact.timestamp else ""
        user = "-" if Hidden.USER in fact.hidden else fact.user.name if fact.user else ""
        return " ".join(part for part in (fact.place, str(fact.rev_id), time, user, fact.comment) if part)
    return ""


def listed(reading: PageReading) -> str:
    found = (fact for fact in reading.reading.facts if isinstance(fact, TitleMention) and fact.place is Place.LIST)
    return ", ".join(fact.title.full for fact in found)


def observed(reading: PageReading) -> Mapping[str, str]:
    context = reading.what
    names = ("title", "namespace_id", "page_id", "rev_id", "current_rev_id", "version", "skin", "site_name", "dbname",
             "redirected_from", "special")  # fmt: skip
    parts = {name: str(getattr(context, name) or "") for name in names}
    parts |= {"kind": context.kind, "cached_at": context.cached_at.iso if context.cached_at else ""}
    parts |= {"mention": mention(reading), "listed": listed(reading)}
    view = view_of(reading)
    return parts if view is None else parts | observed_view(view)


def observed_view(view: PageView) -> Mapping[str, str]:
    return {
        "display_title": view.display_title or "",
        "categories": ", ".join(view.categories or ()),
        "language_links": ", ".join(view.language_links or ()),
        "is_redirect": "yes" if view.is_redirect else "",
        "is_old": "yes" if view.is_old else "",
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    reading = read(text)
    told, mark, content = text.split("\n%%%\n")[2].partition("content:\n")
    expected = settings(told)
    seen = observed(reading)
    assert {name: seen.get(name, "") for name in expected} == expected
    view = view_of(reading)
    assert (view is not None) == bool(mark)
    assert view is None or inside(view.html) == content.strip()


def inside(html: str) -> str:
    """The content without the box that the parser puts it in since 1.30."""
    return html.removeprefix('<div class="mw-parser-output">').removesuffix("</div>").strip() if (
        html.startswith('<div class="mw-parser-output">')
    ) else html  # fmt: skip
