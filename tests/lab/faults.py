"""A proxy in front of a real wiki that fails as real servers do, or merely counts.

Good answers pass unchanged, byte for byte; the Host header passes too, so that the wiki's absolute links
come back to the proxy.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

HOP_BY_HOP = {"connection", "content-length", "date", "host", "keep-alive", "server", "transfer-encoding"}
TEXT = re.compile("text/html|application/json")
BOM = b"\xef\xbb\xbf"
NOTICE = b"<br />\n<b>Notice</b>:  Undefined index: user in <b>/srv/w/includes/User.php</b> on line <b>7</b><br />\n"
ODD: tuple[Any, ...] = (None, -7, 2**70, 1.5, "x", "a\0b", "\ud800", True, [], {}, [7], {"a": 7}, {"1": {}})
DEEPER = 0.9  # how often a value in an object or a list is taken, and not the whole
HTML = b"<!DOCTYPE html><title>Maintenance</title><h1>Back soon</h1>"


class Fault(StrEnum):
    """What the proxy does instead of passing the wiki's answer on."""

    SERVER_ERROR = "500"
    UNAVAILABLE = "503, Retry-After: 0"
    UNAVAILABLE_FOR_A_SECOND = "503, Retry-After: 1"
    TOO_MANY_REQUESTS = "429"
    MAXLAG = "maxlag error in JSON"
    TIMEOUT = "no answer for a while"
    CUT = "body shorter than its Content-Length"
    HTML = "HTML instead of the answer, status 200"
    NOTICE = "PHP notice before the JSON"
    BOM = "byte order mark before the JSON"
    CHARSET = "wrong charset in Content-Type"
    NOTHING = "an answer of the API that found nothing"
    MISSHAPEN = "values of other types in the JSON"
    COMPRESSED = "compressed without a word of it"
    MISLABELLED = "said to be compressed"
    REDIRECT = "redirect to the same address"
    REDIRECT_HOST = "redirect to the other name of the host"
    CLOSED = "connection closed without an answer"
    FORBIDDEN = "403"
    ABSENT = "404"
    PASSWORD = "401"


LASTING = (Fault.FORBIDDEN, Fault.ABSENT, Fault.PASSWORD, Fault.NOTHING, Fault.MISSHAPEN)
PASSING = tuple(fault for fault in Fault if fault not in LASTING)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the proxy saw it; `parameters` are those of the query and of an urlencoded body."""

    number: int
    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the client; `length` is the Content-Length where it lies."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    length: int | None = None

    @property
    def is_json(self) -> bool:
        """Whether the wiki sent JSON."""
        return any(name.lower() == "content-type" and "json" in value for name, value in self.headers)

    def preceded(self, junk: bytes) -> Answer:
        """The same answer with junk before its JSON; other answers stay whole."""
        return Answer(self.status, self.headers, junk + self.body) if self.is_json else self


Choice = Callable[[Request], Fault | None]


def never(request: Request) -> Fault | None:
    """Choose no fault: the proxy only counts."""
    return None


@dataclass(frozen=True, slots=True)
class Chance:
    """Chooses a fault for this share of the requests; the same seed fails the same request numbers."""

    share: float
    seed: int = 0
    kinds: Sequence[Fault] = PASSING

    def __call__(self, request: Request) -> Fault | None:
        dice = random.Random(f"{self.seed}/{request.number}")
        return dice.choice(self.kinds) if dice.random() < self.share else None


@dataclass
class FaultProxy:
    """Stands in front of the wiki at `upstream` (``http://127.0.0.1:PORT``); a context manager.

    `choose` says which fault a request meets; `hold` is how many seconds a timed-out connection stays open.
    """

    upstream: str
    choose: Choice = never
    hold: float = 3.0
    requests: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` of the proxy."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def counts(self) -> Counter[str]:
        """How many requests met each fault; ``good`` counts those passed on."""
        return Counter(request.fault.value if request.fault else "good" for request in self.requests)

    def note(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Request:
        """Number a request, choose its fate, remember it."""
        parameters = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        if headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            parameters |= parse_qsl(body.decode(), keep_blank_values=True)
        with self.lock:
            request = Request(len(self.requests), method, path, parameters, headers)
            fault = self.choose(request)
            request = Request(request.number, method, path, parameters, headers, fault)
            self.requests.append(request)
        return request

    def __enter__(self) -> Self:
        self.lock = Lock()
        self.closing = Event()
        handler = type("Handler", (_Handler,), {"fault_proxy": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    fault_proxy: FaultProxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = self.fault_proxy.note(self.command, self.path, dict(self.headers), body)
        self.close_connection = True
        answer = self._answer(request, body)
        if answer is not None:
            self._send(answer)

    do_POST = do_HEAD = do_GET  # noqa: N815 (the names that http.server calls)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are remembered, not printed."""

    def _answer(self, request: Request, body: bytes) -> Answer | None:
        fault = request.fault
        if fault is Fault.TIMEOUT:
            self.fault_proxy.closing.wait(self.fault_proxy.hold)
        if fault in (Fault.TIMEOUT, Fault.CLOSED):
            return None
        if fault in INSTEAD:
            return INSTEAD[fault](request)
        return SPOILED.get(fault, _unspoiled)(self._upstream_answer(request, body))

    def _upstream_answer(self, request: Request, body: bytes) -> Answer:
        # Junk before compressed JSON would be another fault than the one asked for.
        plain = request.fault in (Fault.NOTICE, Fault.BOM, Fault.MISSHAPEN)
        headers = {
            name: value
            for name, value in self.headers.items()
            if not (plain and name.lower() == "accept-encoding") and name.lower() != "connection"
        }
        connection = HTTPConnection(urlsplit(self.fault_proxy.upstream).netloc, timeout=120)
        connection.request(request.method, request.path, body or None, headers)
        response = connection.getresponse()
        kept = [pair for pair in response.getheaders() if pair[0].lower() not in HOP_BY_HOP]
        answer = Answer(response.status, kept, response.read())
        connection.close()
        return answer

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        length = len(answer.body) if answer.length is None else answer.length
        self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


def _html(status: int, **headers: str) -> Answer:
    sent = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Answer(status, [("Content-Type", "text/html; charset=utf-8"), *sent], HTML)


def _maxlag(request: Request) -> Answer:
    """As MediaWiki says it to the API; to others as a busy server."""
    if "api.php" not in request.path:
        return _html(503, Retry_After="1")
    error = {"code": "maxlag", "info": "Waiting for db2: 7 seconds lagged.", "lag": 7}
    headers = [("Content-Type", "application/json; charset=utf-8"), ("Retry-After", "1")]
    headers += [("X-Database-Lag", "7"), ("MediaWiki-API-Error", "maxlag")]
    return Answer(200, headers, json.dumps({"error": error, "servedby": "lab"}).encode())


def _other_host(request: Request) -> Answer:
    host = request.headers["Host"]
    name, _, port = host.partition(":")
    other = "localhost" if name == "127.0.0.1" else "127.0.0.1"
    return _html(302, Location=f"http://{other}:{port}{request.path}")


def _unspoiled(answer: Answer) -> Answer:
    return answer


def _cut(answer: Answer) -> Answer:
    return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2], len(answer.body))


def _wrong_charset(answer: Answer) -> Answer:
    headers = [
        (name, value.replace("utf-8", "iso-8859-1") if name.lower() == "content-type" else value)
        for name, value in answer.headers
    ]
    return Answer(answer.status, headers, answer.body)


def _misshapen(answer: Answer) -> Answer:
    """One of its values, told by the answer itself, replaced by one that nobody expects there."""
    if not answer.is_json:
        return answer
    dice = random.Random(answer.body)
    data = json.loads(answer.body)
    place, inside = data, dice.choice([name for name in data if name != "batchcomplete"] or list(data))
    while isinstance(place[inside], dict | list) and place[inside] and dice.random() < DEEPER:
        place = place[inside]
        inside = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
    place[inside] = dice.choice(ODD)
    return Answer(answer.status, answer.headers, json.dumps(data).encode())


INSTEAD: dict[Fault | None, Callable[[Request], Answer]] = {
    Fault.SERVER_ERROR: lambda request: _html(500),
    Fault.UNAVAILABLE: lambda request: _html(503, Retry_After="0"),
    Fault.UNAVAILABLE_FOR_A_SECOND: lambda request: _html(503, Retry_After="1"),
    Fault.TOO_MANY_REQUESTS: lambda request: _html(429, Retry_After="1"),
    Fault.MAXLAG: _maxlag,
    Fault.HTML: lambda request: _html(200),
    Fault.FORBIDDEN: lambda request: _html(403),
    Fault.ABSENT: lambda request: _html(404),
    Fault.NOTHING: lambda request: Answer(200, [("Content-Type", "application/json")], b'{"batchcomplete":true}'),
    Fault.PASSWORD: lambda request: _html(401, WWW_Authenticate='Basic realm="wiki"'),
    Fault.REDIRECT: lambda request: _html(302, Location=f"http://{request.headers['Host']}{request.path}"),
    Fault.REDIRECT_HOST: _other_host,
}


def _compressed(answer: Answer) -> Answer:
    """Files stay as they are: theirs may be compressed for good."""
    is_text = any(name.lower() == "content-type" and TEXT.match(value) for name, value in answer.headers)
    return Answer(answer.status, answer.headers, gzip.compress(answer.body)) if is_text else answer


def _mislabelled(answer: Answer) -> Answer:
    return Answer(answer.status, [*answer.headers, ("Content-Encoding", "gzip")], answer.body)


SPOILED: dict[Fault | None, Callable[[Answer], Answer]] = {
    Fault.CUT: _cut,
    Fault.NOTICE: lambda answer: answer.preceded(NOTICE),
    Fault.BOM: lambda answer: answer.preceded(BOM),
    Fault.CHARSET: _wrong_charset,
    Fault.MISSHAPEN: _misshapen,
    Fault.COMPRESSED: _compressed,
    Fault.MISLABELLED: _mislabelled,
}
