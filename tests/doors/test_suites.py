"""MediaWiki's own parser tests and real pages, where they are beside the project: what fails is listed, with a reason.

A page that passes has every visible word of MediaWiki's, in its order; of ``known-failures.txt`` lines only go.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from converters.wikitext import serve

PARSERTESTS = Path(__file__).parents[3] / "shared" / "parsertests"
KNOWN = Path(__file__).with_name("known-failures.txt")
SUITES = ("core", "cite", "poem", "media", "real-fr", "real-en", "real-aa")
LEVELS = ("strict", "structure", "text")
NONE = "none"

pytestmark = pytest.mark.skipif(not PARSERTESTS.exists(), reason="no ../shared/parsertests: no suite was tried")


def known_failures(suite: str) -> dict[str, str]:
    """Test → the strictest level that it reaches. Each line has a suite, a test, a level and a reason."""
    lines = [line.split(maxsplit=3) for line in KNOWN.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {test: level for owner, test, level, _reason in lines if owner == suite}


def answers(header: str, questions: list[str]) -> dict[str, str]:
    return {answer["id"]: answer["html"] for answer in map(json.loads, serve([header, *questions]))}


def read_suite(suite: str) -> tuple[str, list[str]]:
    """The header, and the tests."""
    header, *lines = (PARSERTESTS / "suites" / f"{suite}.jsonl").read_text("utf-8").splitlines()
    return header, lines


def reached(expected: str, given: str) -> str:
    """The strictest level at which both are equal."""
    sys.path.insert(0, str(PARSERTESTS))
    try:
        from ptests.compare import compare
    finally:
        sys.path.remove(str(PARSERTESTS))
    found: dict[str, Any] = compare(expected, given)
    return next((level for level in LEVELS if found[level]), NONE)


@pytest.mark.parametrize("suite", SUITES)
def test_failures_are_those_that_are_known(suite: str) -> None:
    header, lines = read_suite(suite)
    given = answers(header, lines)
    levels = {test["id"]: reached(test["expected_html"], given[test["id"]]) for test in map(json.loads, lines)}
    failures = {test: level for test, level in levels.items() if level != LEVELS[0]}
    assert failures == known_failures(suite)


@pytest.mark.parametrize("suite", SUITES)
def test_rendering_twice_gives_the_same(suite: str) -> None:
    header, lines = read_suite(suite)
    assert answers(header, lines) == answers(header, lines[::-1])
