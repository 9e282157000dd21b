"""A question to a wiki as a value: it can be compared, written down and asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

LONGEST_ADDRESS = 6000  # servers refuse longer ones with 414; 8 kB is a common limit


@dataclass(frozen=True, slots=True)
class Query:
    """A question to ``api.php``.

    ``limit`` names the parameter that holds the batch's size, ``None`` where the question has one answer.
    One that ``is_secret`` never stands in an address.
    """

    name: str
    params: Mapping[str, str]
    limit: str | None = None
    is_secret: bool = False

    def going_on(self, continuation: Mapping[str, str] | None) -> Query:
        """The same list from where an earlier answer ended."""
        return self.having(continuation or {})

    def sized(self, size: str) -> Query:
        """The same question with batches of ``size``, a number or ``max``: the most that the wiki gives."""
        return self if self.limit is None else self.having({self.limit: size})

    def having(self, params: Mapping[str, str]) -> Query:
        """The same question with these parameters added or changed."""
        return replace(self, params={**self.params, **params})

    def body(self) -> str:
        """Its parameters as a query string or form."""
        return urlencode(self.params)

    def address(self, api_url: str) -> str:
        """The whole address for a GET."""
        mark = "&" if urlsplit(api_url).query else "?"
        return f"{api_url}{mark}{self.body()}"

    def needs_post(self, api_url: str) -> bool:
        """Too long for a GET, or a secret."""
        return self.is_secret or len(self.address(api_url)) > LONGEST_ADDRESS
