"""Each case file: the page's records are those that it lists."""

from __future__ import annotations

import pytest

from tests.records.cases import FOLDER, lines_of, read_case

CASES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_records_are_those_of_the_case(path):
    case = read_case(path)
    rows = case.records()
    for expected in case.expectations:
        assert lines_of(rows[expected.table], expected.table, expected.columns) == expected.lines
