"""Which form of a word goes with a number."""

from __future__ import annotations

import pytest

from scraper.languages.plurals import plural_form
from tests.languages.make_tables import TABLES


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", [1, 0, 1, 1]),
        ("fr", [0, 0, 1, 1]),
        ("ja", [1, 0, 1, 1]),
        ("ar", [0, 1, 2, 3]),
        ("ru", [2, 0, 1, 1]),
    ],
)
def test_the_form_of_0_1_2_and_3(code: str, forms: list[int]) -> None:
    assert [plural_form(code, number) for number in range(4)] == forms


def test_every_rule_of_every_language_is_read() -> None:
    codes = sorted(path.stem for path in TABLES.glob("*.json"))
    assert {plural_form(code, number) for code in codes for number in (0, 1, 2, 5, 11, 21, 100, 1_000_000)} <= set(
        range(6)
    )
