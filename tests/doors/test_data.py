"""Pages of data: the tables that MediaWiki 1.43 draws of the same JSON (``action=parse`` with its content model)."""

from __future__ import annotations

import pytest

from converters.document import data, inner_html, validate
from scraper.model import Title

EMPTY = data.EmptyWords("Objet vide", "Tableau vide")
TITLE = Title(8, "Semis.json", "MediaWiki")


def drawn(text: str) -> str | None:
    document = data.read(text, TITLE, EMPTY)
    if document is None:
        return None
    assert list(validate(document.root)) == []
    return inner_html(document.root).replace('<table class="mw-json"><tbody>', "[").replace("</tbody></table>", "]")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ('{"semis": 3}', '[<tr><th><span>semis</span></th><td class="mw-json-value">3</td></tr>]'),
        (
            '{"a": {}}',
            '[<tr><th><span>a</span></th><td>[<tr><td class="mw-json-empty">Objet vide</td></tr>]</td></tr>]',
        ),
        ("[]", '[<tr><td>[<tr><td class="mw-json-empty">Tableau vide</td></tr>]</td></tr>]'),
        (
            '["<b>&", null]',
            '[<tr><td>[<tr><td class="mw-json-value">"&lt;b&gt;&amp;"</td></tr>'
            '<tr><td class="mw-json-value">null</td></tr>]</td></tr>]',
        ),
        ('{"a": 1, "b": true, "a": 2.5}', '[<tr><th><span>a</span></th><td class="mw-json-value">2.5</td></tr>'
         '<tr><th><span>b</span></th><td class="mw-json-value">true</td></tr>]'),
        ('"\\u0000"', '<table class="mw-json mw-json-single-value"><tbody><tr><td>"\ufffd"</td></tr>]'),
    ],
)  # fmt: skip
def test_tables(text: str, table: str) -> None:
    assert drawn(text) == table


@pytest.mark.parametrize(
    "text",
    ["", "{", "NaN", "[1, -Infinity]", "[" * 100_000, "[" * 40 + "]" * 40, f"[{'0,' * 20_000}0]", f'"{"x" * 600_000}"'],
)
def test_what_is_no_table_for_readers(text: str) -> None:
    assert drawn(text) is None


def test_numbers_are_shown_as_they_are_written() -> None:
    digits = "9" * 5000
    assert digits in (drawn(f"[{digits}]") or "")
