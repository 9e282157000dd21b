"""From the name of a file in a copy to the address it had: a hint, for what the page does not tell itself.

wget and HTTrack put a host's files into a folder named by it (``+`` for ``:`` with ``--restrict-file-names=windows``);
the Wayback Machine's addresses are ``web/<time>id_/<address>``, and the downloaders made for it put each capture into
a folder named by its time. What a name says of title and action is read where addresses are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from scraper.model import Timestamp

WAYBACK = re.compile(r"(?:^|/)(?:web/)?(?P<time>\d{14})(?:[a-z]{2}_)?/(?P<scheme>https?):?/{1,2}(?P<rest>.+)")
TIME_FOLDER = re.compile(r"(?P<before>.*?)(?:^|/)(?P<time>(?:19|20)\d{12})(?:[a-z]{2}_)?/(?P<rest>.+)")
HOST = re.compile(r"(?:(?:[a-z0-9-]+\.)+[a-z]{2,}|localhost|\d+\.\d+\.\d+\.\d+)(?:[+:]\d+)?", re.IGNORECASE)
NO_HOST = re.compile(r".*\.(?:html?|php5?|png|jpe?g|gif|svg|pdf)", re.IGNORECASE)
DEEPEST_HOST = 3  # folders; tools put hosts at the top of what they write, or a little below
SAFE = "%/:?&=+@!$'()*,;~"  # characters of an address that stand for themselves


@dataclass(frozen=True, slots=True)
class Hint:
    """``url`` has no host where the copy does not name it; ``taken_at`` is ``None`` where no name tells the time."""

    url: str
    taken_at: Timestamp | None = None


def hint_of(path: str) -> Hint:
    """What the path of a file in a copy, with ``/`` between its parts, tells of its address."""
    path = path.removesuffix(".orig")
    if found := WAYBACK.search(path):
        return Hint(_quoted(f"{found['scheme']}://{found['rest']}"), _moment(found["time"]))
    if found := TIME_FOLDER.fullmatch(path):
        parts = [part for part in (found["before"].strip("/"), found["rest"]) if part]
        return Hint(_quoted(_with_host("/".join(parts))), _moment(found["time"]))
    return Hint(_quoted(_with_host(path)))


def _with_host(path: str) -> str:
    """A folder near the top that is named like a host is one."""
    parts = path.split("/")
    for number, part in enumerate(parts[:-1][:DEEPEST_HOST]):
        if HOST.fullmatch(part) and not NO_HOST.fullmatch(part):
            return f"http://{part.replace('+', ':')}/{'/'.join(parts[number + 1 :])}"
    return f"/{path}"


def _quoted(address: str) -> str:
    return quote(address, safe=SAFE)


def _moment(digits: str) -> Timestamp | None:
    """``None`` for digits that are no moment."""
    month, day, hour = int(digits[4:6]), int(digits[6:8]), int(digits[8:10])
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24):
        return None
    return Timestamp.from_mediawiki(digits)
