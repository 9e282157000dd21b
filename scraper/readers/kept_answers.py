"""Answers of a wiki's API and its exports that were kept: whatever they answer to, read by the readers of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from scraper import languages
from scraper.model import Capture, Fact, PageMention, Place, RevisionMention, Via
from scraper.problems import Problem
from scraper.readers import parts
from scraper.readers.answers import Answer, Unreadable, read_answer
from scraper.readers.api_files import read_files
from scraper.readers.api_log import read_log_events
from scraper.readers.api_pages import page_as_it_stands, read_protected_titles
from scraper.readers.api_parse import read_rendering
from scraper.readers.api_revisions import FLAGS, read_revisions
from scraper.readers.api_site import read_messages, read_siteinfo
from scraper.readers.api_users import read_users
from scraper.readers.api_xml import json_of_xml, json_shown
from scraper.readers.export import read_export
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.page import ParsedPage
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

Reader = Callable[[Answer, TitleParser, str], Reading]
REVISION_LISTS = {"recentchanges": Place.RECENT_CHANGES, "usercontribs": Place.CONTRIBUTIONS}
EDITS = {"edit", "new"}  # of recent changes; lines of logs may name a revision that they are not about
FOUND_BESIDE = ("allpages", "backlinks", "embeddedin", "imageusage", "categorymembers", "search")  # lists of pages


def read_kept_answer(capture: Capture, known: Known) -> Reading:
    """Facts of an answer in JSON or XML, of any version. What breaks off or breaks the API's shapes is a problem."""
    body = json_of_xml(capture.body) if capture.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else capture.body
    answer = read_answer(replace(capture, body=body)) if body else Unreadable("no answer of an API")
    if not isinstance(answer, Answer):
        return Reading()
    titles = known.titles or TitleParser(languages.of(known.language).namespaces(known.site_name or "Project"))
    readings = [_guarded(reader, answer, titles, capture.url) for reader in READERS]
    if answer.misshapen:
        told = Problem("answer-unreadable", capture.url, "left out: " + "; ".join(answer.misshapen))
        readings.append(Reading(problems=(told,)))
    facts = (fact for reading in readings for fact in reading.facts)
    return Reading(tuple(facts), tuple(problem for reading in readings for problem in reading.problems))


def read_kept_export(capture: Capture, known: Known) -> Reading:
    """Pages and revisions of an answer of Special:Export."""
    export = read_export(capture, known.titles.namespaces.values() if known.titles else ())
    return Reading.of(export.facts) if export else Reading()


def read_shown_answer(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The same of an answer that was shown to people, as HTML (``xmlfm``, ``jsonfm``)."""
    shown = page.body.find(".//pre")
    body = json_shown("".join(shown.itertext())) if shown is not None else None
    return read_kept_answer(replace(page.capture, body=body), known) if body else Reading()


def _guarded(reader: Reader, answer: Answer, titles: TitleParser, url: str) -> Reading:
    try:
        return reader(answer, titles, url)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return Reading(problems=(Problem("answer-unreadable", url, f"{reader.__name__}: {error!r}"),))


def _site(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_siteinfo(answer, url.partition("?")[0]) if "general" in answer.query else Reading()


def _revisions(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_revisions(answer, titles)


def _log_events(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_log_events(answer, titles)


def _protected_titles(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_protected_titles(answer, titles)


def _messages(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_messages(answer)


def _users(answer: Answer, titles: TitleParser, url: str) -> Reading:
    return read_users(answer)


def _rendering(answer: Answer, titles: TitleParser, url: str) -> Reading:
    """Only where the answer says of which page and revision it is (both from 1.20 on)."""
    parse = answer.data.get("parse", {})
    if not parse.get("pageid") or not parse.get("revid") or not parse.keys() >= {"title", "text"}:
        return Reading()
    title = titles.parse(parse["title"])
    rendering = read_rendering(answer, parse["pageid"], None)
    mention = PageMention(parse["pageid"], title, Via.API)
    return Reading() if isinstance(rendering, Unreadable) else Reading((mention, rendering))


def _mentions(answer: Answer, titles: TitleParser, url: str) -> Reading:
    """Lists of changes name revisions, other lists and ``prop=info`` pages."""
    return Reading((*_pages(answer, titles), *_changes(answer, titles)))


def _pages(answer: Answer, titles: TitleParser) -> Iterator[Fact]:
    for name in ("pages", *FOUND_BESIDE):
        for item in answer.query.get(name, ()):
            page_id, title = item.get("pageid"), parts.title(item, titles)
            if page_id and title and not item.get("missing"):
                yield page_as_it_stands(item, titles) if "touched" in item else PageMention(page_id, title, Via.API)
                yield from _latest(item, page_id)


def _latest(item: Mapping[str, Any], page_id: int) -> Iterator[RevisionMention]:
    if item.get("lastrevid"):
        size = parts.number(item.get("length"))
        yield RevisionMention(item["lastrevid"], None, Place.API, Via.API, page_id, size=size, is_latest=True)


def _changes(answer: Answer, titles: TitleParser) -> Iterator[RevisionMention]:
    for name, place in REVISION_LISTS.items():
        for item in answer.query.get(name, ()):
            title = parts.title(item, titles)
            if item.get("revid") and (title or item.get("pageid")) and item.get("type", "edit") in EDITS:
                yield RevisionMention(
                    rev_id=item["revid"],
                    title=title,
                    place=place,
                    via=Via.API,
                    page_id=item.get("pageid") or None,
                    parent_id=parts.number(item.get("old_revid", item.get("parentid"))),
                    timestamp=parts.timestamp(item.get("timestamp")),
                    user=parts.user(item),
                    comment=parts.comment(item),
                    is_minor=item["minor"] is not False if "minor" in item else None,
                    size=parts.number(item.get("newlen", item.get("size"))),
                    hidden=parts.hidden(item, FLAGS),
                )


READERS: tuple[Reader, ...] = (
    _site,
    _mentions,
    _revisions,
    _rendering,
    read_files,
    _log_events,
    _protected_titles,
    _users,
    _messages,
)
