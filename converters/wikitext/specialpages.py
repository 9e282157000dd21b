"""Special pages by all their names (SpecialPageFactory::resolveAlias): links show the one of the wiki's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from converters.document.wiki import Wiki
from converters.language import language
from scraper.model import Title

SPECIAL = -1
# The subclasses of IncludableSpecialPage in MediaWiki 1.39, and those that say so themselves.
INCLUDABLE = frozenset({
    "allpages", "apihelp", "contributions", "listfiles", "listusers", "newimages", "newpages", "prefixindex",
    "recentchanges", "recentchangeslinked", "wantedpages", "whatlinkshere",
})  # fmt: skip


def local_title(title: Title, wiki: Wiki) -> Title:
    """The title of a special page with the first name that the wiki's language has for it; others as they are."""
    if title.namespace_id != SPECIAL:
        return title
    name, slash, rest = title.name.partition("/")
    canonical = _canonical(wiki).get(name.replace(" ", "_").lower())
    return Title(SPECIAL, local_name(canonical, wiki) + slash + rest, title.prefix) if canonical else title


def is_special_page(title: Title, wiki: Wiki) -> bool:
    """Whether there is a special page of that name."""
    return title.name.partition("/")[0].replace(" ", "_").lower() in _canonical(wiki)


def is_includable(title: Title, wiki: Wiki) -> bool:
    """Whether a special page can stand in another page, as a template does."""
    name = title.name.partition("/")[0].replace(" ", "_").lower()
    return _canonical(wiki).get(name, name) in INCLUDABLE


def local_name(canonical: str, wiki: Wiki) -> str:
    """What the wiki's language calls a special page; ``canonical`` is MediaWiki's own name of it, in any case."""
    aliases = _aliases(wiki).get(canonical.lower())
    return (aliases[0] if aliases else canonical).replace("_", " ")


@lru_cache(maxsize=8)
def _canonical(wiki: Wiki) -> Mapping[str, str]:
    """Each name in lower case → MediaWiki's own."""
    names = {alias.lower(): name for name, aliases in _aliases(wiki).items() for alias in reversed(aliases)}
    return names | {name: name for name in _aliases(wiki)}


@lru_cache(maxsize=8)
def _aliases(wiki: Wiki) -> Mapping[str, tuple[str, ...]]:
    """MediaWiki's own name in lower case → all names: as the wiki tells, else as its language has them."""
    told = wiki.siteinfo.get("specialpagealiases")
    if told:
        return {entry["realname"].lower(): tuple(entry["aliases"]) for entry in told if entry.get("aliases")}
    known = language(wiki.site.language).special_pages
    return {name.lower(): tuple(aliases) for name, aliases in known.items()}
