"""The plug-in's own pieces."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from converters.exporters.datasette.plugins import cells, texts
from scraper.archive import Archive
from tests.site.garden import Garden


def test_all_texts_are_what_the_archive_reads(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive")
    for number in range(40):
        garden.write(
            "Journal", text="".join(f"Jour {day} : arrosage et paillage.\n" for day in range(number)), html="x"
        )
    garden.settle()
    with Archive.read(garden.folder) as archive:
        for (rev_id,) in archive.connection.execute("SELECT rev_id FROM revisions").fetchall():
            text = texts.revision_text(archive.connection, rev_id)
            assert text is not None
            assert text.encode() == archive.revision_text(rev_id)
        bases = archive.connection.execute("SELECT count(*) FROM texts WHERE base_id IS NOT NULL").fetchone()[0]
    assert bases > 30


def test_a_damaged_text_is_said_to_be(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive")
    garden.write("Journal", text="a" * 500, html="x")
    with Archive.open(garden.folder) as archive:
        archive.connection.execute("PRAGMA foreign_keys = OFF")
        archive.connection.execute("UPDATE texts SET base_id = 999, position = 3")
        assert "damaged" in str(texts.revision_text(archive.connection, 1))
        archive.connection.execute("UPDATE texts SET base_id = NULL, size = size + 1")
        with pytest.raises(ValueError, match="damaged"):
            texts.revision_text(archive.connection, 1)


def test_the_file_needs_neither_wikicompost_nor_zstd(tmp_path: Path) -> None:
    copy = tmp_path / "plug_in.py"
    copy.write_text(Path(texts.__file__).read_text("utf-8"), "utf-8")
    code = (
        "import sys, sqlite3; sys.modules.update(dict.fromkeys(['backports', 'compression', 'scraper', 'converters']));"
        "import plug_in; print(plug_in.text_of(sqlite3.connect(':memory:'), 1))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "pip install backports.zstd" in said.stdout


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("un \x02mot\x03 <b>", "un <mark>mot</mark> &lt;b&gt;"),
        ("\x02ouvert", "<mark>ouvert</mark>"),
        ("fermé\x03 \x02\x02deux\x03\x03", "fermé <mark>deux</mark>"),
    ],
)
def test_marks_are_always_paired(value: str, expected: str) -> None:
    assert str(cells.marked(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('["<b>"]', "<li>&lt;b&gt;</li>"),
        ('{"<b>": "<i>"}', "<div><b>&lt;b&gt;</b> &lt;i&gt;</div>"),
        ('[{"a": "<b>"}]', "&lt;b&gt;"),
        ("[]", "–"),
    ],
)
def test_json_cells_are_escaped_lists(value: str, expected: str) -> None:
    cell = cells.json_cell(value)
    assert cell is not None
    assert expected in cell
    assert "<i>" not in cell
    assert "<b><" not in cell


def test_what_is_no_json_stays() -> None:
    assert cells.json_cell("{{broken") is None


def test_a_difference_marks_its_lines() -> None:
    shown = cells.text_cell("@@ -1 +1 @@\n-<b>\n+terre", "diff")
    assert shown is not None
    assert ">-&lt;b&gt;</del>" in shown
    assert ">+terre</ins>" in shown


@pytest.mark.parametrize(("share", "width"), [(0, "0.0%"), (12.34, "12.3%"), (400, "100.0%"), (-1, "0.0%")])
def test_bars_keep_to_their_box(share: float, width: str) -> None:
    assert f'width="{width}"' in cells.bar(share)


def test_what_changed_between_two_texts(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "archive")
    for text in ("un\ndeux", "un\ntrois", "x\n" * (texts.MOST_LINES + 1)):
        garden.write("Journal", text=text, html="x")
    garden.settle()
    with Archive.read(garden.folder) as archive:
        changed = texts.diff_text(archive.connection, 1, 2)
        assert changed is not None
        assert changed.splitlines()[2:] == ["@@ -1,2 +1,2 @@", " un", "-deux", "+trois"]
        assert texts.diff_text(archive.connection, 1, 1) == ""
        assert texts.diff_text(archive.connection, 1, 99) is None
        assert "longer than 3,000 lines" in str(texts.diff_text(archive.connection, 2, 3))


def test_units() -> None:
    assert [cells.in_units(size) for size in (0, 999, 1500, 2_500_000)] == ["0 B", "999 B", "1.5 kB", "2.5 MB"]
