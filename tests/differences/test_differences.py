"""Differences between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from converters.differences import Hunk, Line, compare

LINES = st.lists(st.text(alphabet="ab c\u3042", max_size=6), max_size=12)
EVERYTHING = 1000


def sides(hunks: list[Hunk]) -> tuple[list[str], list[str]]:
    """The lines of both sides."""
    rows = [row for hunk in hunks for row in hunk.rows]
    return [shown(row.old) for row in rows if row.old is not None], [
        shown(row.new) for row in rows if row.new is not None
    ]


def shown(line: Line) -> str:
    return "".join(run.text for run in line)


def marked(hunks: list[Hunk]) -> list[tuple[str, str]]:
    """Each changed row, what is changed in brackets."""
    rows = [row for hunk in hunks for row in hunk.rows if not row.is_equal]
    return [(in_brackets(row.old), in_brackets(row.new)) for row in rows]


def in_brackets(line: Line | None) -> str:
    return "".join(f"[{run.text}]" if run.is_changed else run.text for run in line or ())


@given(LINES, LINES)
def test_both_texts_can_be_told_from_their_difference(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    hunks = compare(before, after, EVERYTHING)
    if before == after:
        assert hunks == []
    else:
        found = tuple("\n".join(side) for side in sides(hunks))
        assert found == (before, after)


@given(LINES, LINES)
def test_hunks_say_where_their_lines_stand(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    for hunk in compare(before, after):
        here, there = sides([hunk])
        assert before.split("\n")[hunk.old_start - 1 :][: len(here)] == here
        assert after.split("\n")[hunk.new_start - 1 :][: len(there)] == there


def test_words_are_compared_inside_a_line() -> None:
    assert marked(compare("Un chat dort.", "Un chien dort.")) == [("Un [chat] dort.", "Un [chien] dort.")]


def test_a_line_is_found_again_behind_a_new_one() -> None:
    changes = marked(compare("Le jardin est ouvert.", "Ordre du jour\nLe jardin est fermé."))
    assert changes == [("", "[Ordre du jour]"), ("Le jardin est [ouvert].", "Le jardin est [fermé].")]


def test_lines_without_anything_in_common_are_not_compared() -> None:
    assert marked(compare("Tomates", "Un autre sujet")) == [("[Tomates]", ""), ("", "[Un autre sujet]")]


def test_only_the_surroundings_are_shown() -> None:
    text = [f"ligne {n}" for n in range(100)]
    (hunk,) = compare("\n".join(text), "\n".join([*text[:50], "neuve", *text[50:]]))
    assert (hunk.old_start, hunk.new_start, len(hunk.rows)) == (49, 49, 5)


def test_huge_texts_are_one_change() -> None:
    old, new = "a\n" * 30_000, "b\n" * 30_000
    (hunk,) = compare(old + "x", new + "y")
    assert len(hunk.rows) == 60_002
