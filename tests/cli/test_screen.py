"""What a person reads while a harvest runs."""

from __future__ import annotations

import json
import re

import pytest

from scraper.cli.screen import Screen, duration, progress_line


def test_a_line_says_how_far_how_fast_and_how_long() -> None:
    line = progress_line("revisions", 1200, 8162, 160.2, 2)
    assert line == "revisions: 1,200 of 8,162 (14 %), 160/s, 43 s left, 2 problems"
    assert progress_line("pages", 0, None, 0.0, 0) == "pages: 0"
    assert progress_line("pages", 7, 5, 0.0, 1) == "pages: 7, 1 problem"


def test_durations_in_the_unit_a_person_would_use() -> None:
    assert [duration(seconds) for seconds in (5, 600, 12000)] == ["5 s", "10 min", "3 h 20 min"]


def test_without_a_terminal_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().show("revisions", 3, 3)
    out, err = capsys.readouterr()
    assert out == "" and re.match(r"revisions: 3 of 3 \(100 %\)", err) and "\x1b" not in err


def test_quiet_is_quiet_and_json_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(is_quiet=True).show("revisions", 3, 3)
    assert capsys.readouterr().err == ""
    Screen(is_json=True, count_problems=lambda: 4).show("revisions", 3, 9)
    assert json.loads(capsys.readouterr().err)["problems"] == 4
