"""Both doors for those who read an archive: no page holds them up, and what defeats a door is told."""

from __future__ import annotations

from converters import rendered
from converters.document import Lookups, PageDocument, plain
from converters.document.limit import PAGE_SECONDS, in_time
from converters.document.wiki import Wiki
from scraper.model import Rendering, Title
from scraper.problems import Problem


class Doors:
    """Reads pages of one wiki; in ``problems`` stand those that a door could not read within ``seconds``."""

    def __init__(self, wiki: Wiki, seconds: float = PAGE_SECONDS) -> None:
        self.problems: dict[Problem, None] = {}
        self._wiki = wiki
        self._seconds = seconds

    def wikitext(self, text: str, title: Title, lookups: Lookups) -> PageDocument:
        """The document of a wikitext; of one that defeats the door, its source."""
        # Where every page was rendered by the wiki, nobody waits for the parser to be loaded.
        from converters import wikitext

        def fall_back(reason: str) -> PageDocument:
            problem = wikitext.hostile(title, reason)
            self.problems[problem] = None
            return plain.read(text, title, has_headings=False, problems=(problem,))

        return in_time(lambda: wikitext.read(text, title, self._wiki, lookups), fall_back, self._seconds)

    def rendering(self, rendering: Rendering, title: Title) -> PageDocument:
        """The document of the wiki's own HTML; of one that defeats the door, its words."""

        def fall_back(reason: str) -> PageDocument:
            document = rendered.read_words(rendering, title, reason)
            self.problems.update(dict.fromkeys(document.problems))
            return document

        return in_time(lambda: rendered.read(rendering, title, self._wiki), fall_back, self._seconds)
