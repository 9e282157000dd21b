"""Long texts are not taken apart into all their words or lines at once."""

from __future__ import annotations

import tracemalloc

import pytest

from converters.document import plain
from converters.document.text import LONG, one_spaced
from converters.records.outline import outline, tidy
from scraper.model import Title

# Twenty times as much as is read at once; its words as a list take fifteen times its size.
TIMES = 20 * LONG // 4
MOST = 8


@pytest.mark.parametrize("text", ["mot " * TIMES, "mot\n" * TIMES, "= a\n" * TIMES], ids=lambda text: repr(text[:4]))
def test_a_long_text_takes_little_more_than_itself(text: str) -> None:
    root = plain.read(text, Title(0, "Essai")).root
    tracemalloc.start()
    found = outline(root)
    shown = found.slice(0, len(found.pieces))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST * len(text)
    assert shown == text.strip()


@pytest.mark.parametrize("text", ["a  b", " a\t\tb ", "a \u00a0b\r\n", "a b"])
def test_spaces_are_one_wherever_a_long_text_is_cut(text: str) -> None:
    assert one_spaced(text) == "a b"
    for length in (LONG - 3, LONG - 1, LONG, 3 * LONG):
        assert one_spaced(" " * length + text) == one_spaced(text + " " * length) == "a b"
        assert tidy(f"{text}\n" + "\n" * length + text) == "a b\na b"
