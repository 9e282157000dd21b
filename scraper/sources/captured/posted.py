"""Questions that were asked by POST: a WARC file has their forms in records of their own, beside the answers.

Tools for captures put a posted form behind the address, so that each question has an address of its own; so do we.
"""

from __future__ import annotations

from collections import OrderedDict

from scraper.sources.captured.addresses import parts_of

MOST_WAITING = 1000  # forms whose answer has not come yet
LONGEST_FORM = 2**20  # bytes
FORM = "application/x-www-form-urlencoded"


class Posted:
    """Forms by the id of the record that asked, and by the id of the answer that the asking record names."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, str] = OrderedDict()

    def ask(self, record_ids: list[str | None], form: bytes) -> None:
        """A form was posted, in the record of this id or for the answer of this id."""
        for record_id in record_ids:
            if record_id:
                self._forms[record_id] = form.decode("utf-8", "replace")
        while len(self._forms) > MOST_WAITING:
            self._forms.popitem(last=False)

    def address(self, url: str, record_ids: list[str | None]) -> str:
        """The address with the form that belongs to it."""
        form = next((self._forms.pop(known) for known in record_ids if known and known in self._forms), "")
        if not form:
            return url
        return f"{url}{'&' if parts_of(url).query else '?'}{form}"
