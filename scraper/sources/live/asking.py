"""Asking: from a question to a good answer, with the patience that servers need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from scrapy import FormRequest, Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.archive import now
from scraper.model import Capture, Via
from scraper.problems import Problem
from scraper.queries import Query
from scraper.readers.answers import Answer, Kind, Refusal, Unreadable, read_answer
from scraper.sources.live.bounds import is_web_address, joined
from scraper.sources.live.content_encoding import PLAIN_FROM
from scraper.sources.live.failures import (
    API_CLOSED,
    BAD_ADDRESS,
    LASTING,
    REDIRECTED,
    Fault,
    LoginNeeded,
    Refused,
    Unanswered,
    translate,
)
from scraper.sources.live.landing import SLICE, Landing
from scraper.sources.live.patience import LONGEST_WAIT, Patience, retry_after
from scraper.sources.live.settings import LARGEST_ANSWER
from scraper.sources.live.staying import INSTEAD_OF, LED_BY, host_and_scheme
from scraper.sources.live.storing import INTO, fields_of
from scraper.sources.live.unpacking import unpacked

Outcome = TypeVar("Outcome")
TRIES = 6  # of one question that fails
BUSY_TRIES = 40  # of one question that the wiki asks to put later
BUSY = {429, 503}
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
# What may hold a password goes nowhere but where it was meant to go.
DIRECT = {"dont_redirect": True, "handle_httpstatus_list": list(REDIRECTS)}
TYPE = "content-type"
NO_SUCH_RANGE = "http-416"
LOGIN_QUESTIONS = {"login token", "login"}
TURNS_TO_THE_WIRE = 12  # of the event loop, until a new connection has taken a request


@dataclass(frozen=True, slots=True)
class Asked:
    """A good answer and the capture that it was read from."""

    answer: Answer
    capture: Capture


class Asker:
    """Asks one wiki. ``api_url`` and ``index_url`` are set once they are known; ``""`` is a door that is closed."""

    def __init__(self, crawler: Crawler, patience: Patience, cookies: list[dict[str, Any]]) -> None:
        self._engine = crawler.engine
        self._patience = patience
        self._cookies = cookies  # given to the first question; from there on Scrapy keeps them
        self.api_url = ""
        self.index_url = ""
        self.mislabelling_hosts: dict[str, Problem] = {}  # whose plain answers are said to be compressed
        self.silent_hosts: list[str] = []  # to which the wiki led, and which do not answer
        self.note_shape: Callable[[str, tuple[str, ...]], None] = _ignore  # of each answer: what nobody could read
        self.renew_login: Callable[[], Awaitable[None]] | None = None
        self._not_understood: dict[str, frozenset[str]] = {}  # parameters and values that this wiki does not know

    async def ask(self, query: Query, tries: int = TRIES) -> Asked:
        """The answer to a question. Raises Unanswered after so many tries, Refused, LoginNeeded, ForbiddenByRobots.

        What an old wiki does not understand is left out, then and from there on.
        """
        while True:
            try:
                return await self._ask(query.without(self._not_understood), tries)
            except Refused as refusal:
                found = query.without(self._not_understood).not_understood(refusal.code, refusal.text)
                if found is None:
                    raise
                name, values = found
                self._not_understood[name] = values | self._not_understood.get(name, frozenset())

    async def _ask(self, query: Query, tries: int) -> Asked:
        """Once logged in, the wiki is told to refuse rather than to answer a stranger (``assert=user``): a session that
        ran out is renewed, and nothing is taken for hidden that we may see.
        """
        if not self.api_url:
            raise Refused(API_CLOSED, "its API is closed, or it has none")
        renew = self.renew_login
        if renew is None:
            return await self._persist(lambda: self._ask_once(query), tries)
        asserting = query.having({"assert": "user"})
        try:
            return await self._persist(lambda: self._ask_once(asserting), tries)
        except LoginNeeded:
            self.renew_login = None
            await renew()
            return await self._persist(lambda: self._ask_once(asserting), tries)

    async def get(
        self,
        url: str,
        tries: int = TRIES,
        headers: Mapping[str, str] | None = None,
        via: Via = Via.RAW,
        most: int = LARGEST_ANSWER,
    ) -> Capture:
        """A page, a raw text; of more than ``most`` bytes nothing is taken.

        Raises Unanswered, Refused (``http-404``), ForbiddenByRobots.
        """
        return await self._good(_request(url, headers, {"download_maxsize": most}), via, tries)

    async def get_bytes(self, url: str, headers: Mapping[str, str], size: int | None, tries: int = TRIES) -> Capture:
        """A file, wherever the wiki says it is. Raises as :meth:`get`.

        ``size`` is what the wiki tells of it, in bytes.
        """
        meta = {"download_maxsize": max(size or 0, LARGEST_ANSWER), **self._as_file()}
        return await self._followed(url, lambda there: self._good(_request(there, headers, meta), Via.RAW, tries))

    async def get_file(self, url: str, landing: Landing, tries: int = TRIES) -> Capture:
        """A file, wherever the wiki says it is, into ``landing``: the capture has no body. Raises as :meth:`get`."""
        return await self._followed(url, lambda there: self._landed(there, landing, tries))

    def _as_file(self) -> dict[str, Any]:
        return {LED_BY: self.api_url or self.index_url, **DIRECT}

    async def _landed(self, url: str, landing: Landing, tries: int) -> Capture:
        """What broke off is gone on from; tries in a row that together bring next to nothing more count as failures."""
        failures = farthest = 0
        while isinstance(outcome := await self._land(url, landing), Unanswered):
            failures += 1
            if landing.size >= farthest + SLICE:
                failures, farthest = 0, landing.size
            if landing.refusal:
                raise landing.refusal
            if failures >= tries or outcome.fault in LASTING:
                raise outcome
            self._patience.pause(failures)
        return outcome

    async def _land(self, url: str, landing: Landing) -> Capture | Unanswered:
        """The answer that ended the file, or why there is none yet."""
        is_begun = landing.size > 0
        request = _request(url, landing.headers(), {INTO: landing, "download_maxsize": 0, **self._as_file()})
        try:
            capture = await self._good(request, Via.RAW, 1)
        except Unanswered as failure:
            return failure
        except Refused as refusal:
            if refusal.code != NO_SUCH_RANGE or not is_begun:
                raise
            landing.start_over()
            return Unanswered(Fault.CUT, "it broke off, and the server does not go on from there")
        is_whole = landing.is_whole(capture.status, capture.headers)
        return capture if is_whole else Unanswered(Fault.CUT, "a part is missing")

    async def _followed(self, url: str, ask: Callable[[str], Awaitable[Capture]]) -> Capture:
        for _ in range(MOST_REDIRECTS):
            try:
                capture = await ask(url)
            except Refused as refusal:
                if refusal.code != REDIRECTED:
                    raise
                url = refusal.text
                continue
            if host_and_scheme(capture.url) != host_and_scheme(url) and "html" in capture.headers.get(TYPE, ""):
                raise Unanswered(Fault.NAME, f"nobody answers at {url}, and {capture.url} is a page")
            return capture
        raise Unanswered(Fault.REDIRECTS, url)

    async def post(self, url: str, form: Mapping[str, str]) -> Capture:
        """A page that is asked for by a form. Raises as :meth:`get`, and Refused (``redirected``)."""
        if not is_web_address(url):
            raise Refused(BAD_ADDRESS, url)
        return await self._good(FormRequest(url, formdata=dict(form), meta=DIRECT), Via.EXPORT, TRIES)

    async def fetch(self, request: Request, via: Via = Via.API) -> Capture:
        """One request, one answer of whatever status. Raises Unanswered, ForbiddenByRobots, Refused (no http)."""
        if not is_web_address(request.url):
            raise Refused(BAD_ADDRESS, request.url)
        await self._patience.wait()
        if self._cookies:
            request, self._cookies = request.replace(cookies=self._cookies), []
        try:
            response = await self._engine.download_async(request)
        except Exception as error:
            raise translate(error) from error
        self._tell_of_silence(response)
        self._note_encoding(response)
        is_file = LED_BY in request.meta
        body = response.body if is_file else unpacked(response.body)
        return Capture(response.url, response.status, fields_of(response.headers), body, now(), via)

    def _tell_of_silence(self, response: Response) -> None:
        """Once of each host."""
        silent = response.meta.get(INSTEAD_OF)
        if silent and silent not in self.silent_hosts:
            self.silent_hosts.append(silent)
            self._patience.tell(
                f"The wiki leads to {silent}, where nobody answers: staying at {host_and_scheme(response.url)}."
            )

    def _note_encoding(self, response: Response) -> None:
        """Once of each host."""
        host = response.meta.get(PLAIN_FROM)
        if host and host not in self.mislabelling_hosts:
            detail = f"{response.url} is said to be compressed and is not: it was taken as it is, as others were"
            self.mislabelling_hosts[host] = Problem("encoding-untrue", host, detail)

    async def look(self, url: str, tries: int) -> Capture:
        """A page of whatever status; where the server asks to wait, so many times. Raises as :meth:`fetch`."""
        for waits in range(1, tries):
            capture = await self.fetch(Request(url), Via.HTML)
            seconds = retry_after(capture.headers, datetime.now(UTC))
            if capture.status not in BUSY or (seconds or 0) > LONGEST_WAIT:
                return capture
            self._patience.pause(waits, seconds)
        return await self.fetch(Request(url), Via.HTML)

    async def _good(self, request: Request, via: Via, tries: int) -> Capture:
        async def once() -> Capture:
            capture = await self.fetch(request.replace(), via)
            _raise_for_redirect(capture)
            _raise_for_status(capture)
            return capture

        return await self._persist(once, tries)

    async def _ask_once(self, query: Query) -> Asked:
        capture = await self.fetch(self._request(query))
        _raise_for_redirect(capture)
        match read_answer(capture):
            case Answer() as answer if capture.status < 400:
                self.note_shape(capture.url, answer.misshapen)
                return Asked(answer, capture)
            case Refusal() as refusal:
                _raise_for_refusal(refusal, capture)
            case Unreadable(reason, is_broken):
                _raise_for_status(capture)
                raise Unanswered(Fault.BROKEN if is_broken else Fault.UNREADABLE, reason)
        _raise_for_status(capture)
        raise Unanswered(Fault.UNREADABLE, f"status {capture.status}")

    def _request(self, query: Query) -> Request:
        if not query.needs_post(self.api_url):
            meta = DIRECT if query.name in LOGIN_QUESTIONS else {}
            return _request(query.address(self.api_url), None, meta)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return Request(self.api_url, method="POST", headers=headers, body=query.body(), meta=DIRECT, dont_filter=True)

    async def _persist(self, once: Callable[[], Awaitable[Outcome]], tries: int) -> Outcome:
        failures = waits = 0
        while True:
            try:
                return await once()
            except Busy as busy:
                waits += 1
                if waits >= BUSY_TRIES or (busy.seconds or 0) > LONGEST_WAIT:
                    raise Unanswered(Fault.BUSY, busy.reason) from busy
                self._patience.pause(min(waits, 5), busy.seconds)
            except Unanswered as failure:
                failures += 1
                if failures >= tries or failure.fault in LASTING:
                    raise
                # A wiki that throws does so again and at once; a server that is down wants time.
                self._patience.pause(0 if failure.fault is Fault.BROKEN else failures)


class Busy(Exception):
    """The wiki asks to come back later, in ``seconds`` if it said so."""

    def __init__(self, reason: str, seconds: float | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


def _ignore(url: str, misshapen: tuple[str, ...]) -> None:
    """Nobody keeps what is asked while a wiki is looked for."""


async def let_out() -> None:
    """Give the reactor its turns, so that a question just begun is on its way before we work on the last answer."""
    for _ in range(TURNS_TO_THE_WIRE):
        await asyncio.sleep(0)


def _raise_for_refusal(refusal: Refusal, capture: Capture) -> None:
    if refusal.kind is Kind.LATER:
        raise Busy(f"{refusal.code}: {refusal.text}", retry_after(capture.headers, datetime.now(UTC)))
    if refusal.kind is Kind.LOGIN:
        raise LoginNeeded(
            f"The wiki shows nothing to strangers ({refusal.code}: {refusal.text}). "
            "Log in with --user and --password (a bot password from Special:BotPasswords) or --cookies."
        )
    if refusal.kind is Kind.BROKEN:
        raise Unanswered(Fault.BROKEN, f"{refusal.code}: {refusal.text}")
    raise Refused(refusal.code, refusal.text)


def _request(url: str, headers: Mapping[str, str] | None, meta: Mapping[str, Any]) -> Request:
    if not is_web_address(url):
        raise Refused(BAD_ADDRESS, url)
    try:
        return Request(url, headers=dict(headers or {}), meta=dict(meta), dont_filter=True)
    except ValueError as error:  # halves of characters in a host's name, and other things that nobody can ask for
        raise Refused(BAD_ADDRESS, ascii(url)) from error


def _raise_for_redirect(capture: Capture) -> None:
    """The answer to a question that must not be carried elsewhere, or that cannot be."""
    place = capture.headers.get("location")
    if capture.status in REDIRECTS and place:
        raise Refused(REDIRECTED, joined(capture.url, place) or place)


def _raise_for_status(capture: Capture) -> None:
    if capture.status < 400:
        return
    if capture.status in BUSY:
        raise Busy(f"HTTP status {capture.status}", retry_after(capture.headers, datetime.now(UTC)))
    if capture.status >= 500 or capture.status in {403, 408, 425}:
        raise Unanswered(Fault.SERVER, f"HTTP status {capture.status}")
    raise Refused(f"http-{capture.status}", capture.url)
