"""Both doors for those who read an archive: no page holds them up, and what defeats a door is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from converters import rendered
from converters.document import JSON, MODULE, WIKITEXT, Lookups, PageDocument, data, plain
from converters.document.limit import PAGE_SECONDS, in_time
from converters.document.wiki import Wiki
from scraper import languages
from scraper.model import Rendering, Title
from scraper.problems import Problem


class Doors:
    """Reads pages of one wiki; in ``problems`` stand those that a door could not read within ``seconds``."""

    def __init__(self, wiki: Wiki, seconds: float = PAGE_SECONDS) -> None:
        self.problems: dict[Problem, None] = {}
        self._wiki = wiki
        self._seconds = seconds

    def source(
        self, text: str, content_model: str, title: Title, lookups: Callable[[], Lookups]
    ) -> PageDocument | None:
        """The document of a page's source; ``None`` for what is to be shown as it is: scripts, and data that is no
        table. ``lookups`` are asked for where the text needs them.
        """
        if content_model in (WIKITEXT, MODULE):
            return self.wikitext(text, title, lookups(), is_module=content_model == MODULE)
        return data.read(text, title, self._empty_words) if content_model == JSON else None

    def wikitext(self, text: str, title: Title, lookups: Lookups, is_module: bool = False) -> PageDocument:
        """The document of a wikitext, or of a module and the wikitext about it; of one that defeats the door, its
        source."""
        # Where every page was rendered by the wiki, nobody waits for the parser to be loaded.
        from converters import wikitext

        def fall_back(reason: str) -> PageDocument:
            problem = wikitext.hostile(title, reason)
            self.problems[problem] = None
            return plain.read(text, title, has_headings=False, problems=(problem,))

        read = wikitext.read_module if is_module else wikitext.read
        return in_time(lambda: read(text, title, self._wiki, lookups), fall_back, self._seconds)

    @cached_property
    def _empty_words(self) -> data.EmptyWords:
        spoken = languages.of(self._wiki.site.language)
        return data.EmptyWords(*(spoken.wordings(f"content-json-empty-{kind}")[0] for kind in ("object", "array")))

    def rendering(self, rendering: Rendering, title: Title) -> PageDocument:
        """The document of the wiki's own HTML; of one that defeats the door, its words."""

        def fall_back(reason: str) -> PageDocument:
            document = rendered.read_words(rendering, title, reason)
            self.problems.update(dict.fromkeys(document.problems))
            return document

        return in_time(lambda: rendered.read(rendering, title, self._wiki), fall_back, self._seconds)
