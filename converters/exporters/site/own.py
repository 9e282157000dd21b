"""Links by which pages lead to the wiki's own scripts and special pages: to versions, histories, contributions.

They go by the same rules as the servers, so that such a link stays in the site even where no server could be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from converters.entries import Entries
from converters.exporters.site.servers import GONE, LEFT_OUT, OldAddresses
from converters.exporters.site.servers.rule import Rule
from converters.exporters.site.servers.rules import rules
from converters.links import (
    ABOUT,
    CONTRIBUTIONS,
    DIFFERENCE,
    HISTORY,
    INFO,
    MEDIA,
    PAGE,
    RANDOM,
    REVISION,
    SEARCH,
    Addresses,
)

# Pages of the site's own to which special pages lead, whatever they were asked.
OUR_OWN = frozenset({GONE.strip("/"), LEFT_OUT.strip("/"), ABOUT, RANDOM, SEARCH})

GROUP = re.compile(r"\$(\d)")
# Of pages and versions; SQLite holds no number of 20 digits.
NUMBER = re.compile(r"\d{1,18}", re.A)
MOST_HOPS = 20
KEPT = 10_000


class OwnLinks:
    """Where the site has what an address of the wiki asked for. ``server`` is the wiki's, with its scheme.

    ``has_file`` tells whether the bytes of a file are here, by its name without namespace.
    """

    def __init__(
        self, server: str, old: OldAddresses, addresses: Addresses, entries: Entries, has_file: Callable[[str], bool]
    ) -> None:
        self._host = _host(server)
        found = rules(old)
        self._rules = (*found.always, *found.missing)
        self._addresses = addresses
        self._entries = entries
        self._has_file = has_file
        self._pages = old.pages
        self._before_name = len(old.file_prefix) + 1
        self._special = {prefix.casefold() for prefix in old.special_prefixes}
        self.followed = lru_cache(maxsize=KEPT)(self._followed)

    def at(self, href: str) -> str | None:
        """The address below the site, ``None`` for other hosts and for what the site does not have."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if not self._host or parts.scheme not in ("http", "https", "") or _host(href) != self._host:
            return None
        return self.followed(parts.path + (f"?{parts.query}" if parts.query else ""))

    def at_title(self, title: str) -> str | None:
        """The same for the title of a special page; ``None`` for other titles."""
        if title.partition(":")[0].casefold() not in self._special:
            return None
        return self.followed(self._pages + title.replace(" ", "_"))

    def _followed(self, address: str) -> str | None:
        for _ in range(MOST_HOPS):
            path, _, query = address.partition("?")
            place = unquote(path).strip("/")
            if place in OUR_OWN or (not query and self._has(place)):
                return place
            if place.startswith(f"{CONTRIBUTIONS}/") and self._entries.has_written(name := _name(place)):
                return self._addresses.contributions_of(name)
            if place.startswith(f"{PAGE}/"):
                return self._page(place.rpartition("/")[2])
            if place.startswith(f"{MEDIA}/") and self._addresses.has(page := self._page_of(place)):
                name = place.removeprefix(f"{MEDIA}/")[self._before_name :].replace("_", " ")
                return place if self._has_file(name) else page
            following = self._step(address)
            if following is None:
                # What no rule asks about says how a page is to look: printable=yes, useskin=.
                return place if self._has(place) else None
            address = following
        return None

    def _step(self, address: str) -> str | None:
        for rule in self._rules:
            if found := _compiled(rule).search(address):
                return GROUP.sub(lambda group, found=found: found[int(group[1])] or "", rule.target)  # type: ignore[misc]
        return None

    def _has(self, place: str) -> bool:
        view, _, rest = place.partition("/")
        if view in (REVISION, DIFFERENCE):
            rev_id = rest.removesuffix("/current")
            return NUMBER.fullmatch(rev_id) is not None and self._entries.has_version(int(rev_id))
        if view in (HISTORY, INFO):
            return self._addresses.is_page(self._page_of(place))
        return place == CONTRIBUTIONS or self._addresses.has(place)

    def _page_of(self, place: str) -> str:
        """The page beside which its history stands, or what else the site tells of it."""
        return "/".join((*self._addresses.layout.prefix, place.partition("/")[2]))

    def _page(self, page_id: str) -> str | None:
        try:
            return self._addresses.of_page(int(page_id)) if NUMBER.fullmatch(page_id) else None
        except KeyError:
            return None


def _name(place: str) -> str:
    """Whose contributions are asked for."""
    return place.partition("/")[2].replace("_", " ")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


# Once asked for: many wikis have hundreds of rules, and few links that come to the last of them.
@cache
def _compiled(rule: Rule) -> re.Pattern[str]:
    return re.compile(rule.pattern, re.I if rule.ignores_case else 0)
