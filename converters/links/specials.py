"""Special pages of the wiki that the site has too, under the wiki's own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scraper.model import Site

# Lists that the site has too: their name in MediaWiki's code, which siteinfo calls realname, and in English addresses.
SPECIAL_PAGES = {
    "Allpages": "AllPages",
    "Categories": "Categories",
    "Listfiles": "ListFiles",
    "Recentchanges": "RecentChanges",
    "Log": "Log",
    "Statistics": "Statistics",
    "LinkSearch": "LinkSearch",
    "CategoryTree": "CategoryTree",
}


@dataclass(frozen=True, slots=True)
class SpecialPages:
    """The wiki's own names of the lists that the site has too: name in MediaWiki's code → title, any title → name,
    in small letters and as the wiki spells it."""

    titles: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)


def special_pages(site: Site) -> SpecialPages:
    """From ``siteinfo``'s ``specialpagealiases``; the English names where it has none."""
    aliases = {entry["realname"].lower(): entry["aliases"] for entry in site.siteinfo.get("specialpagealiases", ())}
    prefixes = _special_prefixes(site.siteinfo)
    titles, spellings = {}, {}
    for name, english in SPECIAL_PAGES.items():
        known = [*aliases.get(name.lower(), ()), english, name]
        titles[name] = f"{prefixes[0]}:{known[0]}".replace("_", " ")
        for alias in known:
            spellings.update({f"{prefix}:{alias}".replace("_", " "): name for prefix in prefixes})
    names = {title.casefold(): name for title, name in spellings.items()}
    return SpecialPages(titles, names, spellings)


def special_titles_of(site: Site, name: str, english: str) -> list[str]:
    """Every title under which the wiki had a special page; ``name`` is its name in MediaWiki's code."""
    entries = site.siteinfo.get("specialpagealiases", ())
    aliases = next((entry["aliases"] for entry in entries if entry["realname"].lower() == name.lower()), ())
    names = dict.fromkeys((*aliases, english, name))
    return [f"{prefix}:{alias}".replace(" ", "_") for prefix in _special_prefixes(site.siteinfo) for alias in names]


def _special_prefixes(siteinfo: Mapping[str, Any]) -> list[str]:
    namespaces = siteinfo.get("namespaces") or {}
    own = namespaces.get("-1", {}) if isinstance(namespaces, Mapping) else {}
    return list(dict.fromkeys([own.get("name") or own.get("*") or "Special", "Special"]))
