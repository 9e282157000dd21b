"""Is what comes from another source of the wiki that the archive holds, or of another one?"""

from __future__ import annotations

import sqlite3
from urllib.parse import urlsplit

from scraper.archive.errors import OtherWiki
from scraper.archive.harvests import Harvests
from scraper.archive.merging import may_be_same
from scraper.archive.reading import read_site
from scraper.model import Exactness, Site, Timestamp

COMPARED = 2_000  # revisions that both know
CONTRADICTIONS = 3  # of a few revisions, one or two may have been imported anew or misread
HELD = "SELECT timestamp, exactness FROM revisions WHERE rev_id = ? AND timestamp IS NOT NULL"
ADVICE = "Give another folder with --to, or --force if it is the same wiki all the same."


class Acquaintance:
    """Compares what a harvest tells with what earlier ones told. ``is_forced`` takes strangers, too."""

    def __init__(self, connection: sqlite3.Connection, harvests: Harvests) -> None:
        self._connection = connection
        self._harvests = harvests
        self.is_forced = False
        self._harvest_id: int | None = None
        self._compared: set[int] = set()
        self._contradictions = 0

    def meet(self, site: Site) -> None:
        """What the source says of its wiki. Raises OtherWiki."""
        held = read_site(self._connection)
        if held is not None and not self.is_forced and are_strangers(site, held):
            raise OtherWiki(
                f"this is of {site.name} ({site.base_url}), the archive of {held.name} ({held.base_url}). {ADVICE}"
            )

    def compare(self, rev_id: int, timestamp: Timestamp | None) -> None:
        """A revision that the source tells of. Raises OtherWiki once too many were saved at quite another time."""
        if not self._is_wanted(rev_id) or timestamp is None:
            return
        held = self._connection.execute(HELD, (rev_id,)).fetchone()
        self._compared.add(rev_id)
        if held is None or may_be_same((held[0], Exactness(held[1])), (timestamp.iso, Exactness.UNKNOWN_ZONE)):
            return
        self._contradictions += 1
        if self._contradictions >= CONTRADICTIONS and 2 * self._contradictions > len(self._compared):
            raise OtherWiki(
                f"revision {rev_id} is of {timestamp.iso} here, and of {held[0]} in the archive; so it is with"
                f" {self._contradictions} of {len(self._compared)} that both have: this is another wiki. {ADVICE}"
            )

    def _is_wanted(self, rev_id: int) -> bool:
        """Only from the second harvest on, each revision once, and not all of them."""
        harvest_id = self._harvests.running_id
        if harvest_id != self._harvest_id:
            self._harvest_id, self._contradictions = harvest_id, 0
            self._compared.clear()
        is_one_more = rev_id not in self._compared and len(self._compared) < COMPARED
        return is_one_more and not self.is_forced and self._harvests.has_ended_before()


def are_strangers(one: Site, other: Site) -> bool:
    """Wikis move, and are renamed: only both together tell two wikis apart."""
    hosts = {urlsplit(site.base_url).hostname for site in (one, other)}
    return bool(one.name and other.name) and one.name != other.name and len(hosts - {None}) == 2
