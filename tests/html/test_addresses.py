"""Addresses in the forms of MediaWiki and of mirrors: ``addresses.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.readers.html.addresses import AddressRules, read_address, split_wayback

LINES = (Path(__file__).parent / "addresses.txt").read_text(encoding="utf-8").splitlines()
CASES = [[part.strip() for part in line.split("|")] for line in LINES if not line.startswith("#")]


def rules(told: str) -> AddressRules:
    paths = tuple(word for word in told.split() if "$1" in word)
    return AddressRules(paths, is_mirror="mirror" in told.split())


@pytest.mark.parametrize("case", [case for case in CASES if len(case) > 2], ids=lambda case: str(case[0]))
def test_addresses(case: list[str]) -> None:
    url, title, action, oldid, others, told = case
    found = read_address(url, rules(told))
    assert found is not None
    parameters = " ".join(f"{name}={value}" for name, value in found.parameters.items())
    assert (found.title, found.action, str(found.rev_id or ""), parameters) == (title, action, oldid, others)


@pytest.mark.parametrize("case", [case for case in CASES if len(case) == 2], ids=lambda case: str(case[0]))
def test_what_is_no_page(case: list[str]) -> None:
    assert read_address(case[0]) is None


def test_the_wayback_machine_tells_when() -> None:
    taken_at, url = split_wayback("https://web.archive.org/web/20170824060300if_/http://jardin.example/wiki/Cabane")
    assert (taken_at.iso if taken_at else "", url) == ("2017-08-24T06:03:00Z", "http://jardin.example/wiki/Cabane")


@given(st.text())
def test_nothing_makes_it_fail(text: str) -> None:
    for known in (AddressRules(), AddressRules(("/$1",), is_mirror=True)):
        read_address(text, known)
