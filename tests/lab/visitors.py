"""Who acts on a wiki: accounts that are logged in once, and addresses without account."""

from __future__ import annotations

import ipaddress

from .api import Answer, Api
from .wiki import SYSOP, RealWiki


class Visitors:
    """The visitors of one running wiki, each with its own session."""

    def __init__(self, wiki: RealWiki) -> None:
        self.wiki = wiki
        self.known: dict[str, Api] = {}

    def named(self, name: str) -> Api:
        """The session of an account, or of an IP address without account."""
        name = name or SYSOP
        if name not in self.known:
            self.known[name] = self.wiki.api(address=name) if is_address(name) else self.wiki.api(name)
        return self.known[name]

    @property
    def sysop(self) -> Api:
        """The administrator's session."""
        return self.named(SYSOP)

    def revision_ids(self, title: str) -> list[int]:
        """Ids of a page's revisions, oldest first."""
        return [row["revid"] for row in self._revisions(title, "revisions", "rv")]

    def deleted_times(self, title: str) -> list[str]:
        """Timestamps of a page's deleted revisions, oldest first."""
        return [row["timestamp"] for row in self._revisions(title, "deletedrevisions", "drv")]

    def file_versions(self, name: str) -> list[Answer]:
        """Versions of a file, newest first, with ``archivename`` for the old ones."""
        ask = {"prop": "imageinfo", "titles": f"File:{name}", "iilimit": "max"}
        answers = self.sysop.pages(**ask, iiprop="archivename|timestamp|sha1")
        return [version for answer in answers for version in answer["pages"][0].get("imageinfo", [])]

    def _revisions(self, title: str, prop: str, prefix: str) -> list[Answer]:
        order: dict[str, str | int] = {
            f"{prefix}dir": "newer",
            f"{prefix}limit": "max",
            f"{prefix}prop": "ids|timestamp",
        }
        answers = self.sysop.pages(prop=prop, titles=title, **order)
        return [row for answer in answers for row in answer["pages"][0].get(prop, [])]


def is_address(name: str) -> bool:
    """Whether a visitor's name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
