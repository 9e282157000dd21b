"""Small dumps written by hand, one for each schema and oddity (``cases/*.xml``), and what they say (``*.txt``)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.dump.reading import CASES, as_text, read

ALL = sorted(CASES.glob("*.xml"))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.stem)
def test_says_what_is_expected(case: Path) -> None:
    """``ACCEPT=1`` writes what is said now; read the difference before you commit it."""
    expected = case.with_suffix(".txt")
    said = as_text(read(case.read_bytes()))
    if os.environ.get("ACCEPT"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.stem)
@pytest.mark.parametrize("size", [200, 1000])
def test_does_not_depend_on_chunks(case: Path, size: int) -> None:
    data = case.read_bytes()
    assert as_text(read(data, size)) == as_text(read(data))


def test_every_schema_has_a_case() -> None:
    schemas = {case.stem for case in ALL if case.stem.startswith("schema-")}
    assert schemas == {f"schema-0.{number}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11)}
