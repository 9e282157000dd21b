"""What only a page's wikitext can tell: its template calls, and its own headings to say where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import Title


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """One ``{{…}}`` that calls a template, in reading order.

    ``heading`` is how many of the source's headings stand before it; ``parent`` the index of the call in whose
    parameter it stands. ``parameters`` are names (1, 2, … where the call gives none) and values as wikitext.
    """

    title: Title
    heading: int
    parent: int | None
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """``headings`` as plain text, in order."""

    headings: tuple[str, ...] = ()
    calls: tuple[TemplateCall, ...] = ()
