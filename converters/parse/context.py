"""What the processes that read pages know of the wiki around them."""

from __future__ import annotations

from dataclasses import dataclass

from converters.document.wiki import Wiki
from converters.titleset import TitleSet
from scraper.model import Namespace, Site, Title
from scraper.titles import TitleParser


@dataclass(frozen=True, slots=True)
class Context:
    """What every worker must know of the wiki. ``titles`` are those of its living pages, ``None`` when unknown."""

    site: Site
    namespaces: tuple[Namespace, ...]
    titles: TitleSet | None = None

    def wiki(self) -> Wiki:
        """The wiki as the doors see it."""
        return Wiki(self.site, TitleParser(self.namespaces, self.site.language))

    def exists(self, title: Title) -> bool:
        """Whether the wiki has a page of that title; all are taken to exist where nobody knows."""
        return self.titles is None or title.full in self.titles
