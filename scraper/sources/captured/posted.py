"""Questions that were asked by POST: a WARC file has their forms in records of their own, beside the answers.

Tools for captures put a posted form behind the address, so that each question has an address of its own; so do we.
"""

from __future__ import annotations

from collections import OrderedDict

from scraper.sources.captured.addresses import parts_of

MOST_WAITING = 1000  # forms whose answer has not come yet
LONGEST_FORM = 2**20  # bytes
MOST_BYTES = 8 * LONGEST_FORM  # of all forms that wait
FORM = "application/x-www-form-urlencoded"


class Posted:
    """Forms by the id of the record that asked, and by the id of the answer that the asking record names."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def ask(self, record_ids: list[str | None], form: bytes) -> None:
        """A form was posted, in the record of this id or for the answer of this id."""
        for record_id in record_ids:
            if record_id:
                self._take(record_id)
                self._forms[record_id] = form
                self._size += len(form)
        while len(self._forms) > MOST_WAITING or self._size > MOST_BYTES:
            self._take(next(iter(self._forms)))

    def address(self, url: str, record_ids: list[str | None]) -> str:
        """The address with the form that belongs to it."""
        form = next((self._take(known) for known in record_ids if known and known in self._forms), b"")
        if not form:
            return url
        return f"{url}{'&' if parts_of(url).query else '?'}{form.decode('utf-8', 'replace')}"

    def _take(self, record_id: str) -> bytes:
        form = self._forms.pop(record_id, b"")
        self._size -= len(form)
        return form
