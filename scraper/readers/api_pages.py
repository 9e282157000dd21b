"""prop=info with pageprops, and list=protectedtitles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scraper.model import Page, PageMention, ProtectedTitle, Via
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading
from scraper.titles import TitleParser


def read_pages(answer: Answer, titles: TitleParser) -> Reading:
    """Pages as they stand now, those first that a generator found."""
    found = answer.query.get("pages", ())
    pages = [page for page in found if page.get("pageid") and not page.get("missing")]
    missing = tuple(page["pageid"] for page in found if page.get("pageid") and page.get("missing"))
    return Reading(tuple(page_as_it_stands(page, titles) for page in pages), missing=missing)


def read_page_names(answer: Answer, titles: TitleParser) -> list[PageMention]:
    """list=allpages: ids and titles."""
    found = answer.query.get("allpages", ())
    return [PageMention(item["pageid"], titles.split(item["title"], item["ns"]), Via.API) for item in found]


def read_protected_titles(answer: Answer, titles: TitleParser) -> Reading:
    """Titles that may not be created."""
    found = answer.query.get("protectedtitles", ())
    return Reading.of(_protected_title(item, titles) for item in found if "title" in item)


def page_as_it_stands(page: Mapping[str, Any], titles: TitleParser) -> Page:
    """One page as prop=info tells of it."""
    return Page(
        page_id=page["pageid"],
        title=titles.split(page["title"], page["ns"]),
        latest_rev_id=page.get("lastrevid") or None,
        size=parts.number(page.get("length")),
        content_model=page.get("contentmodel"),
        language=page.get("pagelanguage"),
        is_redirect=page.get("redirect", False) is not False,
        touched_at=parts.timestamp(page.get("touched")),
        protection=tuple(page.get("protection", ())),
        properties={key: str(value) for key, value in page.get("pageprops", {}).items()},
        via=Via.API,
    )


def _protected_title(item: Mapping[str, Any], titles: TitleParser) -> ProtectedTitle:
    return ProtectedTitle(
        title=titles.split(item["title"], item["ns"]),
        level=str(item.get("level", "")),
        expiry=str(item.get("expiry", "")),
        timestamp=parts.timestamp(item.get("timestamp")),
        user=parts.user(item),
        comment=parts.comment(item),
        via=Via.API,
    )
