"""Special pages: under which names the wiki had them, and where the site leads instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from converters.language import language
from scraper.model import Site


class SpecialPage(NamedTuple):
    """A line of ``special_pages.tsv``."""

    name: str
    english: tuple[str, ...]
    leads_to: str


@cache
def special_pages() -> tuple[SpecialPage, ...]:
    """All that MediaWiki has by itself."""
    lines = files(__package__).joinpath("special_pages.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(SpecialPage(name, tuple(english.split()), leads_to) for name, english, leads_to in rows)


def names_by_target(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Where it leads → every name that leads there: the wiki's own and the English ones, without namespace.

    What an extension had is ``gone``.
    """
    leads_to = {page.name.casefold(): page.leads_to for page in special_pages()}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, aliases in _named(site):
        found[leads_to.get(name.casefold(), "gone")].update(dict.fromkeys(aliases))
    return {key: tuple(names) for key, names in found.items()}


def _named(site: Site) -> Iterator[tuple[str, Iterable[str]]]:
    """Name in MediaWiki's code and names of the wiki; the latter from its language where the wiki told none."""
    told = [(str(entry["realname"]), entry["aliases"]) for entry in site.siteinfo.get("specialpagealiases") or ()]
    yield from told or language(site.language).special_pages.items()
    for page in special_pages():
        yield page.name, (page.name, *page.english)
