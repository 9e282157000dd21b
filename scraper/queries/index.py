"""Addresses below ``index.php``: the older doors of a wiki, where the API has none or fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from scraper.model import Timestamp, Title


def raw_text(index_url: str, title: Title, rev_id: int) -> str:
    """The bare text of one revision.

    The title stands first and something else last: MediaWiki refuses addresses that end like a file's name.
    """
    return f"{index_url}?{urlencode({'title': title.dbkey, 'oldid': rev_id, 'action': 'raw'})}"


def export(index_url: str, title: Title) -> str:
    """Special:Export of a page's current revision, to see whether that door is open."""
    return f"{index_url}?{urlencode({'title': 'Special:Export', 'pages': title.full, 'curonly': '1'})}"


def export_of_second(index_url: str, title: Title, timestamp: Timestamp) -> tuple[str, dict[str, str]]:
    """Special:Export of a page's revisions saved in one second (and a few after it): address and form, for POST."""
    before = datetime.fromisoformat(timestamp.iso) - timedelta(seconds=1)
    form = {"pages": title.full, "offset": before.strftime("%Y-%m-%dT%H:%M:%SZ"), "limit": "5", "dir": "asc"}
    return f"{index_url}?{urlencode({'title': 'Special:Export', 'action': 'submit'})}", form


def current_text(index_url: str, title: Title) -> str:
    """The bare text of a page as it stands."""
    return f"{index_url}?{urlencode({'title': title.dbkey, 'action': 'raw'})}"
