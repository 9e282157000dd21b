"""Large answers go to disk as they come: Scrapy's own handler holds a whole answer in memory, twice at its end."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import BODY
from twisted.web._newclient import Request as TxRequest
from twisted.web.client import Response as TxResponse
from twisted.web.iweb import IResponse

from scraper.sources.live.landing import PART, SLOWEST, WHOLE, Landing

LARGEST_HEAD = 2**20  # bytes of an answer's status and headers; servers themselves take some kilobytes at most
INTO = "wikicompost_into"  # in a request's meta: the Landing that its answer is written to


def fields_of(headers: Headers) -> dict[str, str]:
    """By lower-case name; repeated ones joined."""
    return {name.decode("latin-1").lower(): b", ".join(values).decode("latin-1") for name, values in headers.items()}


class Storing(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, but that answers to requests with INTO have an empty body."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory

    async def download_request(self, request: Request) -> Response:
        """An answer that is stored has to come at more than a crawl, each time-out anew, but not as a whole in time."""
        if INTO not in request.meta:
            return await super().download_request(request)
        agent = _StoringAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Bounded:  # noqa: N802 (Twisted's name)
        return _Bounded(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _Bounded(_LenientHTTP11ClientProtocol):
    """Gives a connection up whose answer does not come to its body: Twisted keeps headers without end."""

    transport: Any
    _head = 0  # bytes

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(data)
        if self._head > LARGEST_HEAD:
            self.transport.abortConnection()
        else:
            super().dataReceived(data)  # type: ignore[no-untyped-call]


class _StoringAgent(_ScrapyAgent):
    """For one request."""

    def _cb_bodyready(self, txresponse: TxResponse, request: Request) -> Any:
        if txresponse.code not in (WHOLE, PART):
            return super()._cb_bodyready(txresponse, request)
        landing: Landing = request.meta[INTO]
        landing.begin(txresponse.code, fields_of(self._headers_from_twisted_response(txresponse)))
        stored = _Stored(txresponse, landing, _Pace(self._timeout_cl, request.meta["download_timeout"]))
        return super()._cb_bodyready(stored, request)  # type: ignore[arg-type]  # it looks like one


class _Pace:
    """Puts the end of the time-out off as long as enough comes: a byte now and then holds a harvest up for good."""

    def __init__(self, timeout: Any, seconds: float) -> None:
        self._timeout = timeout  # Twisted's delayed call
        self._seconds = seconds
        self._wanted = 0.0  # bytes

    def note(self, size: int) -> None:
        """So many bytes came; the first ones begin a time-out of their own."""
        self._wanted -= size
        if self._wanted <= 0 and self._timeout.active():
            self._timeout.reset(self._seconds)
            self._wanted = SLOWEST * self._seconds


class _Stored:
    """An answer whose body its reader gets nothing of."""

    def __init__(self, response: Any, landing: Landing, pace: _Pace) -> None:
        self._response = response
        self._landing = landing
        self._pace = pace

    def __getattr__(self, name: str) -> Any:
        return getattr(self._response, name)

    def deliverBody(self, reader: Protocol) -> None:  # noqa: N802 (Twisted's name)
        self._response.deliverBody(_Storer(reader, self._landing, self._pace))


class _Storer(Protocol):
    transport: Any

    def __init__(self, reader: Any, landing: Landing, pace: _Pace) -> None:
        self._reader = reader
        self._landing = landing
        self._pace = pace

    def connectionMade(self) -> None:  # noqa: N802 (Twisted's name)
        self._reader.makeConnection(self.transport)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        self._pace.note(len(data))
        if not self._landing.write(data):
            self.transport.loseConnection()

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 (Twisted's name)
        self._reader.connectionLost(reason)
