"""How asking a wiki can fail, in our own words: Scrapy's and Twisted's exceptions end at :func:`translate`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scraper.model import Capture
from scraper.sources.source import UnusableSource


class Fault(StrEnum):
    """What kind of failure it was; the words are for a person."""

    NAME = "there is no such host"
    REFUSED = "the server refuses connections"
    TLS = "the connection cannot be made secure"
    TIMEOUT = "no answer in time"
    CUT = "the connection broke off"
    SERVER = "the server failed"
    BUSY = "the server asks to wait"
    UNREADABLE = "the answer cannot be read"
    BROKEN = "the wiki failed inside"
    LARGE = "the answer is too large"
    REDIRECTS = "it redirects in a circle"


API_CLOSED = "api-closed"  # the code of what is refused because the wiki's API is closed
BAD_ADDRESS = "bad-address"  # what the wiki wants us to fetch is not of the web, or not for it to ask
REDIRECTED = "redirected"  # what must not be carried elsewhere; the text is the place that the answer named

# Faults of the way to the wiki, not of one question.
UNREACHABLE = {Fault.NAME, Fault.REFUSED, Fault.TLS}
LASTING = {Fault.NAME, Fault.LARGE}  # asking again at once is in vain


@dataclass(frozen=True, slots=True)
class Unanswered(Exception):
    """A question that stayed without a good answer, after all tries."""

    fault: Fault
    detail: str

    def __str__(self) -> str:
        return f"{self.fault} ({self.detail})" if self.detail else str(self.fault)


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """The wiki answered, and said no: ``code`` is the API's own word, or ``http-404``."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class WikiLost(UnusableSource):
    """The wiki stopped answering altogether. What was fetched is kept; running again goes on from there."""


class Frozen(UnusableSource):
    """There are a MediaWiki's pages, and no wiki behind them: a frozen copy. ``page`` is the one that was given."""

    def __init__(self, message: str, page: Capture) -> None:
        super().__init__(message)
        self.page = page


class LoginNeeded(UnusableSource):
    """The wiki shows nothing to strangers."""


class LeadsInside(Exception):
    """Raised among the downloader's exceptions: a wiki on the public web led into the network that we stand in."""


class ForbiddenByRobots(UnusableSource):
    """The wiki's robots.txt forbids what we would have to ask."""


# Scrapy's names for what can happen (scrapy.exceptions), and Twisted's where Scrapy hands them on.
FAULTS: dict[str, Fault] = {
    "CannotResolveHostError": Fault.NAME,
    "DownloadConnectionRefusedError": Fault.REFUSED,
    "ConnectError": Fault.REFUSED,
    "DownloadTimeoutError": Fault.TIMEOUT,
    "TCPTimedOutError": Fault.TIMEOUT,
    "DownloadCancelledError": Fault.LARGE,
    "IgnoreRequest": Fault.REDIRECTS,
}


def translate(error: Exception) -> Unanswered | Refused | ForbiddenByRobots:
    """Any exception of the downloader as our own."""
    if isinstance(error, LeadsInside):
        return Refused(BAD_ADDRESS, str(error))
    if type(error).__name__ == "IgnoreRequest" and "robots" in str(error):
        return ForbiddenByRobots(
            "The wiki's robots.txt forbids robots to read it. Ask those who keep it; "
            "if that is you, use --ignore-robots."
        )
    names = [kind.__name__ for kind in type(error).__mro__]
    fault = next((FAULTS[name] for name in names if name in FAULTS), Fault.CUT)
    if fault is Fault.REDIRECTS and "DOWNLOAD_MAXSIZE" in str(error):  # found out while it was unpacked
        fault = Fault.LARGE
    if fault is Fault.CUT and "SSL" in repr(error):
        fault = Fault.TLS
    return Unanswered(fault, " ".join(str(error).split())[:200] or names[0])
