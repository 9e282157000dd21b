"""A question to a wiki as a value: it can be compared, written down and asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

LARGEST = "max"  # as a limit: the most that the wiki gives
LIMIT_OF_OLD = "50"
WORD = re.compile(r"[\w-]+")
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

    def not_understood(self, code: str, text: str) -> tuple[str, frozenset[str]] | None:
        """The parameter, and those of its values, that a wiki gave this error about; ``None`` if about all of it.

        Before 1.13 an unknown value was an error (``unknown_siprop``), before 1.12 so was ``max`` as a limit. Where
        the error does not name the value, the last one is taken: it is the newest.
        """
        if self.params.get(code) == LARGEST:
            return code, frozenset([LARGEST])
        name = code.removeprefix("unknown_")
        values = self.params.get(name, "").split("|")
        unknown = set(WORD.findall(text)) & set(values) or set(values[-1:])
        return (name, frozenset(unknown)) if name != code and unknown < set(values) else None

    def without(self, values: Mapping[str, frozenset[str]]) -> Query:
        """The same question without these values of its parameters."""
        left = {
            name: "|".join(value for value in self.params[name].split("|") if value not in unknown) or LIMIT_OF_OLD
            for name, unknown in values.items()
            if name in self.params
        }
        return self.having(left) if left else self

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
