"""What a page says, whichever door it came through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from converters.document.tree import Element
from scraper.model import Title
from scraper.problems import Problem

# The content models of pages, of data, and of Lua modules; other scripts and style sheets have others.
WIKITEXT = "wikitext"
JSON = "json"
MODULE = "Scribunto"


class Door(StrEnum):
    """Which reader made the document: of the wiki's own HTML, of the wikitext, or of text without markup."""

    RENDERED = "rendered"
    WIKITEXT = "wikitext"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Category:
    """A category the page is in.

    ``sort_key`` is the key the page asks for, empty where it asks for none. ``is_hidden`` is known only from
    the wiki's own rendering: the wikitext of one page does not say it.
    """

    title: Title
    sort_key: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same subject in another language's wiki: interwiki prefix, title over there, full URL."""

    prefix: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A value that the page states for a property of Semantic MediaWiki, as it is written.

    ``subobject`` names the part of the page that has it; empty for the page itself.
    """

    property: str
    value: str
    subobject: str = ""


@dataclass(frozen=True, slots=True)
class RedirectTarget:
    """Where a redirect leads; ``fragment`` without ``#``, empty for the top of the page."""

    title: Title
    fragment: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PageDocument:
    """One page as a tree in our vocabulary (:mod:`converters.document.vocabulary`), and what a tree cannot hold.

    ``display_title`` is HTML as the wiki writes it, ``None`` where it is the title itself; it has passed the
    sanitiser like the tree. ``styles`` are style sheets that templates bring along, safe and for this document only.
    ``problems`` lists what could not be understood: those parts stand in the tree as plain text. ``lacks_revision``:
    something on the page depends on the time or the number of its revision, and these were not told.
    """

    root: Element
    title: Title
    door: Door
    display_title: str | None = None
    categories: tuple[Category, ...] = ()
    language_links: tuple[LanguageLink, ...] = ()
    redirect_to: RedirectTarget | None = None
    annotations: tuple[Annotation, ...] = ()
    styles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lacks_revision: bool = False
