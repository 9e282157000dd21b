"""Drawings of wikis: what runs or asks for something elsewhere is none, and a browser agrees."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from converters.exporters.site.drawings import is_drawing
from tests.site.weeds import DRAWING, DRAWINGS, RUN

HARMLESS = {
    "inside": '<use href="#a"/><path style="fill:url(#b)" mask="url( \'#c\' )"/><a href="https://jardin.example/"/>',
    "picture": '<image xlink:href="data:image/png;base64,AAAA" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
    "program": '<i:layer xmlns:i="http://www.inkscape.org/" i:path="C:\\@import" i:onload="x"/>',
    "moving": '<circle r="9"><animate attributeName="r" values="1;9"/></circle>',
    "spelled": "<text>on&#233; @import url(http://jardin.example/)</text>",
}
MORE = {
    "link": '<a href="java&#10;script:x"><text>x</text></a>',
    "set": '<a><set attributeName="xlink:href" to="javascript:x"/></a>',
    "foreign": "<foreignObject/>",
    "object": '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>',
    "fetched": "<path style='fill:u\\72l(//evil.example/x)'/>",
    "mask": '<path mask="url(https://evil.example/x.svg#a)"/>',
    "used": '<use href="data:image/svg+xml;base64,AAAA#x"/>',
    "broken": "<g>",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_drawing_is_one(name: str, tmp_path: Path) -> None:
    assert is_drawing(_written(tmp_path, DRAWING.format(HARMLESS[name]).encode()))


@pytest.mark.parametrize("name", DRAWINGS | MORE)
def test_what_is_more_is_none(name: str, tmp_path: Path) -> None:
    content = DRAWINGS.get(name) or DRAWING.format(MORE[name]).encode()
    assert not is_drawing(_written(tmp_path, content))


def test_definitions_and_sheets_make_it_more(tmp_path: Path) -> None:
    definition = '<!DOCTYPE svg [<!ENTITY x "y">]>' + DRAWING.format("&x;")
    sheet = '<?xml-stylesheet href="https://evil.example/x.css"?>' + DRAWING.format("")
    told = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    assert not is_drawing(_written(tmp_path, definition.encode()))
    assert not is_drawing(_written(tmp_path, sheet.encode()))
    assert is_drawing(_written(tmp_path, (told + DRAWING.format("")).encode()))


def test_the_bait_is_taken_by_a_browser(page: Page, tmp_path: Path) -> None:
    """Else those above would be no drawings for nothing."""
    owned = []
    for name, content in DRAWINGS.items():
        if RUN[:9].encode() in content.replace(b"\0", b""):
            path = _written(tmp_path, content)
            page.goto(path.as_uri())
            owned.append((name, page.evaluate("document.documentElement.dataset.owned === '1'")))
    assert owned == [(name, True) for name, _ in owned]
    assert len(owned) > 4


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "drawing.svg"
    path.write_bytes(content)
    return path
