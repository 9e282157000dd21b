"""What is known and collected while one page is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from converters.document.lookups import Lookups
from converters.document.page import Annotation, Category, LanguageLink
from converters.document.wiki import Wiki
from converters.wikitext.markers import END, TAG_MARK, Markers
from converters.wikitext.references.stack import NoteStack
from converters.wikitext.strip import TagHook
from converters.wikitext.variants import Converter
from converters.wikitext.words import Words
from scraper.model import Title
from scraper.problems import Problem


@dataclass(frozen=True, slots=True)
class Frame:
    """One level of transclusion: the parameters of the call, and which templates are open around it."""

    arguments: Mapping[str, str] | None = None
    open_titles: tuple[str, ...] = ()
    depth: int = 0

    def deeper(self) -> Frame:
        return Frame(self.arguments, self.open_titles, self.depth + 1)


class Parser(Protocol):
    """The passes in order; what extension tags and templates call to have their own content read.

    ``tags`` are the names of the extension tags that the wiki has.
    """

    tags: frozenset[str]

    def inline(self, text: str, frame: Frame) -> str:
        """HTML of a text without paragraphs and lists."""

    def half(self, text: str, frame: Frame) -> str:
        """The same with what is finished still put aside."""

    def blocks(self, half: str) -> str:
        """HTML of what ``half`` gives, with paragraphs and lists."""

    def flow(self, text: str, frame: Frame) -> str:
        """HTML of a text with paragraphs and lists."""

    def preprocess(self, text: str, frame: Frame) -> str:
        """The text with its calls replaced, as it would be in a template."""

    def transclude(self, name: str, arguments: dict[str, str], frame: Frame) -> str | None:
        """A template with arguments that are read already; ``None`` where there is none of that name."""

    def call_function(self, word: str, arguments: list[str], frame: Frame) -> str | None:
        """A parser function with arguments that are read already; ``None`` where there is none."""

    def hook(self, frame: Frame) -> TagHook:
        """What renders the extension tags of a text."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One extension tag of the text, not rendered yet: it may stand where nothing is expanded.

    ``content`` is ``None`` for a tag that closes itself.
    """

    name: str
    attributes: dict[str, str]
    content: str | None


@dataclass(slots=True)
class Page:
    """One page being read, and what was collected so far; ``scripts`` is the Lua of its modules, once it runs."""

    title: Title
    wiki: Wiki
    words: Words
    lookups: Lookups
    markers: Markers = field(default_factory=Markers)
    categories: dict[Title, Category] = field(default_factory=dict)
    language_links: list[LanguageLink] = field(default_factory=list)
    annotations: dict[Annotation, None] = field(default_factory=dict)
    styles: dict[str, None] = field(default_factory=dict)
    # The length of its wikitext in bytes.
    size: int = 0
    notes: NoteStack = field(default_factory=NoteStack)
    external_count: int = 0
    display_title: str | None = None
    default_sort_key: str = ""
    calls: int = 0
    expanded_size: int = 0
    arguments_size: int = 0
    rendered_tags: int = 0
    problems: dict[str, Problem] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)
    scripts: object = None
    converter: Converter | None = None
    has_contents_box: bool = False
    # __NOCONTENTCONVERT__: the page stays as it is written, whatever variant of its language is asked for.
    keeps_words: bool = False
    # Something was asked that only the revision's time or number answers, and nobody told them.
    lacks_revision: bool = False

    def put_aside(self, name: str, attributes: dict[str, str], content: str | None) -> str:
        """Keep an extension tag for later; gives the marker that stands for it."""
        self.tags.append(Tag(name, attributes, content))
        return f"{TAG_MARK}{len(self.tags) - 1}{END}"

    def report(self, detail: str, code: str = "markup-broken") -> None:
        """Something of this page could not be understood; each kind of trouble is told once."""
        self.problems.setdefault(detail, Problem(code, f"wikitext of {self.title.full}", detail))
