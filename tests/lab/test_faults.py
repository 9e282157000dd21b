"""The proxy in front of a wiki passes good answers untouched, and fails exactly as told."""

from __future__ import annotations

import json
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from urllib.parse import urlsplit

import pytest

from tests.lab.faults import BOM, NOTICE, PASSING, Chance, Fault, FaultProxy, Request
from tests.lab.wiki import RealWiki

QUESTION = "/w/api.php?action=query&meta=siteinfo&format=json&formatversion=2"


def ask(url: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", QUESTION)
    response = connection.getresponse()
    headers, content = dict(response.getheaders()), response.read()
    connection.close()
    return response.status, headers, content


def ask_with(wiki: RealWiki, fault: Fault) -> tuple[int, dict[str, str], bytes]:
    with FaultProxy(wiki.url, choose=lambda request: fault, hold=0.01) as proxy:
        return ask(proxy.url)


def test_good_answers_come_with_the_addresses_of_the_proxy(seeded_wiki: RealWiki) -> None:
    with FaultProxy(seeded_wiki.url) as proxy:
        status, headers, content = ask(proxy.url)
        general = json.loads(content)["query"]["general"]
        assert (status, general["server"]) == (200, proxy.url)
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert proxy.counts == {"good": 1}
        assert proxy.requests[0].parameters["meta"] == "siteinfo"


@pytest.mark.parametrize(
    ("fault", "status", "wait"),
    [
        (Fault.SERVER_ERROR, 500, None),
        (Fault.UNAVAILABLE, 503, "0"),
        (Fault.UNAVAILABLE_FOR_A_SECOND, 503, "1"),
        (Fault.TOO_MANY_REQUESTS, 429, "1"),
        (Fault.MAXLAG, 200, "1"),
        (Fault.HTML, 200, None),
        (Fault.REDIRECT, 302, None),
        (Fault.REDIRECT_HOST, 302, None),
    ],
)
def test_answers_instead_of_the_wiki(seeded_wiki: RealWiki, fault: Fault, status: int, wait: str | None) -> None:
    found, headers, content = ask_with(seeded_wiki, fault)
    assert (found, headers.get("Retry-After")) == (status, wait)
    assert (b'"maxlag"' in content) == (fault is Fault.MAXLAG)
    assert ("Location" in headers) == (status == 302)


@pytest.mark.parametrize(("fault", "junk"), [(Fault.BOM, BOM), (Fault.NOTICE, NOTICE), (Fault.CHARSET, b"")])
def test_spoils_the_answer_of_the_wiki(seeded_wiki: RealWiki, fault: Fault, junk: bytes) -> None:
    status, headers, content = ask_with(seeded_wiki, fault)
    assert status == 200
    assert content.startswith(junk + b'{"batchcomplete"')
    assert ("iso-8859-1" in headers["Content-Type"]) == (fault is Fault.CHARSET)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.CUT, IncompleteRead),
        (Fault.CLOSED, RemoteDisconnected),
        (Fault.TIMEOUT, RemoteDisconnected),
    ],
)
def test_breaks_the_connection(seeded_wiki: RealWiki, fault: Fault, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask_with(seeded_wiki, fault)


def test_chance_is_the_same_for_the_same_seed() -> None:
    requests = [Request(number, "GET", "/", {}, {}) for number in range(2000)]
    fates = [Chance(0.1, seed=7)(request) for request in requests]
    assert fates == [Chance(0.1, seed=7)(request) for request in requests]
    assert fates != [Chance(0.1, seed=8)(request) for request in requests]
    assert set(fates) == {None, *PASSING}
    assert 150 < sum(fate is not None for fate in fates) < 250
