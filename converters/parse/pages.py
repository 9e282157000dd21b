"""One page on its way to records: what it is read from, and what comes of it. Pure, so that any process can do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from converters import rendered, wikitext
from converters.document import WIKITEXT, Door, Lookups, PageDocument, plain
from converters.document.wiki import Wiki
from converters.records import Reading, Row, outline, records
from converters.wikitext.excess import excess
from converters.wikitext.semantics import has_semantics
from converters.wikitext.source import TemplateCall, is_suspect, read_source
from scraper.model import Rendering, Title
from scraper.problems import Problem

Exists = Callable[[Title], bool]


def always(_title: Title) -> bool:
    """Nobody knows which pages there are: every link leads to one."""
    return True


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page as the archive has it: its text (``None`` where there is none) and, of the same revision, its rendering.

    ``rev_id`` is ``None`` where there is only a rendering that does not say what it shows.
    ``templates`` are the texts that the wikitext door may transclude, by full title. ``hostility`` says why the page
    cannot be parsed, once that is known; it is then read as plain text. ``moment`` is when the revision was saved.
    """

    page_id: int
    rev_id: int | None
    title: Title
    content_model: str
    text: str | None
    rendering: Rendering | None = None
    templates: Mapping[str, str] = field(default_factory=dict)
    hostility: str = ""
    moment: datetime | None = None

    @property
    def door(self) -> Door:
        """The best door that can be used."""
        if self.hostility:
            return Door.PLAIN
        if self.rendering is not None:
            return Door.RENDERED
        return Door.WIKITEXT if self.content_model == WIKITEXT else Door.PLAIN

    @property
    def size(self) -> int:
        """Characters to read."""
        return len(self.text or "") + len(self.rendering.html if self.rendering else "")


@dataclass(frozen=True, slots=True)
class PageRecords:
    """What was made of a page: rows as the tables keep them, and what could not be understood."""

    page_id: int
    rev_id: int | None
    door: Door
    rows: dict[str, list[Row]]
    problems: tuple[Problem, ...] = ()


def read_records(page: PageSource, wiki: Wiki, exists: Exists = always) -> PageRecords:
    """All records of one page. Raises TooManyRecords."""
    document = read_document(page, wiki, exists)
    if page.door == Door.RENDERED and page.content_model == WIKITEXT and page.text and has_semantics(wiki):
        document = replace(document, annotations=_read_wikitext(page, wiki, exists).annotations)
    calls, troubles = ((), []) if document.door == Door.PLAIN else _template_calls(page, page.text or "")
    reading = Reading(document, outline(document.root), wiki, calls, _own_anchors(page))
    rows = records(reading, page.page_id, page.rev_id)
    problems = [replace(problem, page_id=page.page_id, rev_id=page.rev_id) for problem in document.problems]
    problems += (_problem("markup-broken", page, trouble) for trouble in troubles)
    if page.hostility:
        problems.append(hostile(page, page.hostility))
    return PageRecords(page.page_id, page.rev_id, document.door, rows, tuple(problems))


def hostile(page: PageSource, reason: str) -> Problem:
    """What the archive says of a page that defeated the parser."""
    return _problem("markup-hostile", page, reason)


def read_document(page: PageSource, wiki: Wiki, exists: Exists = always) -> PageDocument:
    """The page's document through its door; ``exists`` tells which other pages there are."""
    if page.door == Door.RENDERED and page.rendering is not None:
        return rendered.read(page.rendering, page.title, wiki)
    if page.door == Door.WIKITEXT:
        return _read_wikitext(page, wiki, exists)
    return plain.read(page.text or "", page.title, has_headings=page.content_model == WIKITEXT)


def _read_wikitext(page: PageSource, wiki: Wiki, exists: Exists) -> PageDocument:
    lookups = Lookups(lambda title: page.templates.get(title.full), exists, moment=page.moment, rev_id=page.rev_id)
    return wikitext.read(page.text or "", page.title, wiki, lookups)


def _template_calls(page: PageSource, text: str) -> tuple[tuple[TemplateCall, ...], list[str]]:
    """The calls, and why there are none where they could not be read."""
    if page.content_model != WIKITEXT:
        return (), []
    too_much = excess(text)
    if too_much:
        return (), [too_much]
    if is_suspect(text):
        return (), ["too many brackets are left open: template calls were not read"]
    try:
        return read_source(text).calls, []
    except ValueError as error:
        return (), [str(error)]
    except RecursionError:
        return (), ["braces are nested too deeply: template calls were not read"]


def _own_anchors(page: PageSource) -> list[str] | None:
    """Anchors of the headings that stand in the wikitext itself: action=parse numbers those of templates ``T-1``."""
    if page.door != Door.RENDERED or page.rendering is None or not page.rendering.sections:
        return None
    sections = page.rendering.sections
    return [str(section.get("anchor")) for section in sections if str(section.get("index", "")).isdecimal()]


def _problem(code: str, page: PageSource, detail: str) -> Problem:
    where = page.title.full if page.rev_id is None else f"revision {page.rev_id} of {page.title.full}"
    return Problem(code, where, detail, page.page_id, page.rev_id)
