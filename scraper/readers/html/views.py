"""Views of pages, current and old: their content, categories, language links, and which revision they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from lxml import html

from scraper.model import (
    Fact,
    PageMention,
    PageProtection,
    PageView,
    Place,
    RevisionMention,
    Timestamp,
    Title,
    TitleMention,
    Via,
)
from scraper.problems import Problem
from scraper.readers.html.banners import without_banners
from scraper.readers.html.comments import comment_of
from scraper.readers.html.content import content_of, is_redirect, shows_new_revision, written
from scraper.readers.html.context import Kind, Known, PageContext
from scraper.readers.html.elements import first_of_class, is_inside, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.links import restore_links
from scraper.readers.html.page import Element, ParsedPage, text_of
from scraper.readers.html.rows import hidden_in, user_in
from scraper.readers.reading import Reading

LAST_MODIFIED_IDS = ("lastmod", "footer-info-lastmod", "f-lastmod", "mw-footer-lastmod")
LAST_MODIFIED_CLASSES = ("last-modified-bar", "lastmod")
EXACTLY_MODIFIED = ("last-modified-bar__text", "modified-enhancement")
SECONDS = re.compile(r"\d{9,10}")  # since 1970
OLD_REVISION_IDS = ("mw-revision-info", "mw-revision-info-current")
FOOTERS = ("footer", "mw_footer", "footer-info")
CATEGORY = 14
RESTRICTED = ("edit", "move", "upload")  # actions of pages that exist ($wgRestrictionTypes)


def read_view(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The view, the revision that it shows, and the page's id; for old views what their header says.

    A difference shows the newer of its revisions below.
    """
    frame = frame_of(page, what, known)
    title = frame.title_in(what.title, what.namespace_id)
    if (
        title is None
        or title.namespace_id < 0
        or (what.kind is Kind.DIFF and not (what.rev_id and shows_new_revision(page)))
    ):
        return Reading()
    content = content_of(page, what)
    if content is None:
        return Reading(problems=(Problem("markup-broken", what.title, "no content found in the page"),))
    content = without_banners(content, known.banners)
    restore_links(content, frame, what, known)
    view = _view(page, what, title, content)
    if not view.rev_id:
        view = replace(view, modified_at=_displayed_at(page, replace(frame, offset=None)))
    return Reading((*_mentions(page, what, title, frame), view))


def _view(page: ParsedPage, what: PageContext, title: Title, content: Element) -> PageView:
    return PageView(
        title=title,
        html=written(content),
        via=Via.HTML,
        page_id=what.page_id,
        rev_id=what.rev_id,
        is_old=what.kind is Kind.OLD_VIEW or (what.kind is Kind.DIFF and what.rev_id != what.current_rev_id),
        is_redirect=is_redirect(content),
        display_title=_display_title(page, title) if what.kind is not Kind.DIFF else None,
        categories=categories_of(page),
        language_links=dict(language_links(page)) or None,
        taken_at=page.capture.taken_at,
    )


def _mentions(page: ParsedPage, what: PageContext, title: Title, frame: Frame) -> Iterator[Fact]:
    if what.page_id:
        yield PageMention(what.page_id, title, Via.HTML)
        if what.kind is Kind.VIEW and "wgRestrictionEdit" in page.variables:
            yield PageProtection(what.page_id, title, _protection(page), Via.HTML)
    origin = frame.title(what.redirected_from) if what.redirected_from else None
    if origin:
        yield TitleMention(origin, Place.VIEW, Via.HTML, is_redirect=True)
    if what.rev_id and what.kind is not Kind.DIFF:
        yield revision_shown(page, what, title, frame)


def _protection(page: ParsedPage) -> tuple[Mapping[str, str], ...]:
    """What only some groups may do (1.9 and later); until when is not told."""
    levels = ((kind, page.variables.get(f"wgRestriction{kind.title()}")) for kind in RESTRICTED)
    return tuple({"type": kind, "level": told[0]} for kind, told in levels if isinstance(told, tuple) and told)


def revision_shown(page: ParsedPage, what: PageContext, title: Title, frame: Frame) -> RevisionMention:
    """The revision as the header of an old view, or the footer of a current one, tells of it."""
    mention = RevisionMention(what.rev_id or 0, title, Place.VIEW, Via.HTML, page_id=what.page_id)
    if what.current_rev_id:
        mention = replace(mention, is_latest=what.current_rev_id == what.rev_id)
    header = _header(page)
    if header is None:
        return replace(mention, timestamp=_exactly_at(page) or _displayed_at(page, frame))
    return replace(
        mention,
        place=Place.OLD_VIEW,
        timestamp=_displayed_at(page, frame),
        user=user_in(header, frame),
        comment=_comment(header, frame),
        hidden=hidden_in(header, frame),
    )


def _header(page: ParsedPage) -> Element | None:
    """What stands above an old view."""
    return next((page.ids[name] for name in OLD_REVISION_IDS if name in page.ids), None)


def _displayed_at(page: ParsedPage, frame: Frame) -> Timestamp | None:
    """When the revision that is shown was saved, as the page displays it: as histories do, in whatever zone."""
    header = _header(page)
    return frame.time_within(last_modified(page) if header is None else _sentence(header))


def _exactly_at(page: ParsedPage) -> Timestamp | None:
    """The same as Minerva tells it (1.27 and later), in UTC."""
    links = (link for name in EXACTLY_MODIFIED for link in page.classes.get(name, ()))
    exact = next((found for link in links if SECONDS.fullmatch(found := link.get("data-timestamp") or "")), None)
    return Timestamp.of(datetime.fromtimestamp(int(exact), UTC)) if exact else None


def last_modified(page: ParsedPage) -> str:
    """The sentence in the footer that says when the page was last changed; skins without it have the whole footer."""
    for name in (*LAST_MODIFIED_IDS, *FOOTERS):
        sentence = page.text(name)
        if sentence:
            return sentence
    boxes = (box for name in LAST_MODIFIED_CLASSES for box in page.classes.get(name, ()))
    return next((text_of(box) for box in boxes), "")


def categories_of(page: ParsedPage) -> Mapping[str, str] | None:
    """Names of the page's categories, without sort keys: from the scripts' variables (1.16 on), else from the box."""
    told = page.variables.get("wgCategories")
    if isinstance(told, tuple):
        return dict.fromkeys(told, "")
    box = page.ids.get("catlinks")
    if box is None:
        return None
    listed = [link for link in box.iter("a") if any(outer.tag in ("li", "span") for outer in link.iterancestors()
              if outer is not box and box in outer.iterancestors())]  # fmt: skip
    return {plain_text(link).strip(): "" for link in listed or list(box.iter("a"))[1:]}


def language_links(page: ParsedPage) -> Iterator[tuple[str, str]]:
    """Language codes and addresses of the same page in other languages."""
    for link in page.classes.get("interlanguage-link", ()):
        yield from _language_link(link)
    box = page.ids.get("p-lang")
    for item in () if box is None else box.iter("li"):
        yield from _language_link(item)


def _language_link(item: Element) -> Iterator[tuple[str, str]]:
    link = item if item.tag == "a" else next(item.iter("a"), None)
    if link is None or not link.get("href"):
        return
    names = (
        name.removeprefix("interwiki-") for name in (item.get("class") or "").split() if name.startswith("interwiki-")
    )
    code = next(names, "") or link.get("hreflang") or link.get("lang") or ""
    if code:
        yield code, link.get("href") or ""


def _display_title(page: ParsedPage, title: Title) -> str | None:
    """The heading as HTML, where it says anything else than the title."""
    heading = page.ids.get("firstHeading")
    if heading is None or (len(heading) == 0 and text_of(heading) == title.full):
        return None
    shown = html.fromstring(html.tostring(heading, encoding="unicode", with_tail=False))
    for wrapper in list(shown.iter("span")):
        if (wrapper.get("class") or "").startswith("mw-page-title-") or not set(wrapper.keys()) - {"dir"}:
            wrapper.drop_tag()
    return None if len(shown) == 0 and text_of(shown) == title.full else written(shown)


def _sentence(header: Element) -> str:
    """The header's own words: dates in a comment, or a user's name that looks like one, are not when it was saved."""
    parts = (
        text
        for element in header.iter()
        if isinstance(element.tag, str) and not is_inside(element, "comment", "mw-userlink", "mw-usertoollinks")
        for text in (element.text or "", *(child.tail or "" for child in element))
    )
    return " ".join(parts)


def _comment(header: Element, frame: Frame) -> str | None:
    """The comment stands in the header from 1.27 on; before, nothing tells whether there was one."""
    return comment_of(header, frame) if first_of_class(header, "comment") is not None else None
