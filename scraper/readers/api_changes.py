"""list=recentchanges: what was saved last."""

from __future__ import annotations

from scraper.readers import parts
from scraper.readers.answers import Answer


def newest_change(answer: Answer) -> int:
    """The id of the revision saved last, 0 where the list (of some weeks) is empty."""
    found = answer.query.get("recentchanges", ())
    return next((parts.number(item.get("revid")) or 0 for item in found), 0)
