"""Whose answers they are: crawls go to other hosts as well, and what those say of pages is not the wiki's.

A wiki may have stood at several hosts. Those are its own whose pages or answers bear its name, or name one of its
hosts as their server; what they are compared with is what most of the pages say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from scraper.model import Namespace, Site, Via
from scraper.problems import Problem
from scraper.sources.captured.addresses import parts_of

FOREIGN = "capture-foreign"
TOLD = ("language", "user_language", "site_name", "article_path", "script_path", "server", "main_page", "version")


@dataclass(slots=True)
class Told:
    """What the answers of one host tell of their wiki, or those of several; ``data`` are answers that are no HTML."""

    pages: int = 0
    data: int = 0
    said: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in TOLD})
    prefixes: dict[int, Counter[str]] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)
    small_initials: Counter[bool] = field(default_factory=Counter)
    file_hosts: set[str] = field(default_factory=set)  # from which its pages show their files
    siteinfo: list[Site | Namespace] = field(default_factory=list)
    told_by: Via | None = None

    def add(self, other: Told) -> None:
        """What another host tells."""
        self.pages += other.pages
        self.data += other.data
        self.origins.update(other.origins)
        self.small_initials.update(other.small_initials)
        self.file_hosts |= other.file_hosts
        for name, counter in other.said.items():
            self.said[name].update(counter)
        for number, names in other.prefixes.items():
            self.prefixes.setdefault(number, Counter()).update(names)
        if other.siteinfo and (not self.siteinfo or (self.told_by, other.told_by) == (Via.EXPORT, Via.API)):
            self.siteinfo, self.told_by = other.siteinfo, other.told_by

    def most(self, name: str) -> str:
        """What most pages say, of those that say anything."""
        said = ((text, count) for text, count in self.said[name].most_common(2) if text)
        return next((text for text, _ in said), "")

    def name(self) -> str:
        """The wiki's."""
        return self.most("site_name") or next((site.name for site in self._sites()), "")

    def hosts(self) -> set[str]:
        """Where the wiki says that it is."""
        servers = {self.most("server"), *(site.server for site in self._sites())}
        return {host_of(server) for server in servers} - {""}

    def _sites(self) -> Iterable[Site]:
        return (fact for fact in self.siteinfo if isinstance(fact, Site))


def host_of(url: str) -> str:
    """The host that an address names, the same with and without ``www.``; empty for what is no address."""
    return (parts_of(url).hostname or "").removeprefix("www.")


def is_of(url: str, hosts: Set[str]) -> bool:
    """Whether an address is of one of these hosts; of no hosts in particular all are."""
    return not hosts or host_of(url) in hosts


def foreign(url: str) -> Problem:
    """What a host tells of pages or files that is none of the wiki's own."""
    return Problem(FOREIGN, host_of(url), f"one of its answers is {url}")


def own_hosts(told: Mapping[str, Told], held: Site | None = None) -> frozenset[str]:
    """The wiki's own of these; ``held`` is the wiki as the archive knows it from elsewhere."""
    if not told:
        return frozenset()
    first = max(told, key=lambda host: (told[host].pages, told[host].data))
    own, names = {first} | told[first].hosts(), {told[first].name()}
    if held is not None:
        own |= {host_of(held.server), host_of(held.base_url)} - {""}
        names.add(held.name)
    names.discard("")
    return frozenset(own | {host for host, its in told.items() if its.name() in names or its.hosts() & own})
