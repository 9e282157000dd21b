"""Whatever a page, a feed or an answer has become on its way, reading it raises nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.readers.html import Known, read_page

from .fragments import capture, page
from .test_diffs import EXACT, sides
from .test_edit_forms import form
from .test_files_and_titles import LIST_OF_1_8, TABLE
from .test_histories import OF_1_8
from .test_kept_data import AS_XML, CHANGES_RSS, HISTORY_ATOM, RAW, URL

NAMES = {"wgCurRevisionId": 7, "wgArticleId": 3}
SPECIAL = {"wgNamespaceNumber": -1}
SPECIALS = ("Log", "Recentchanges", "Contributions", "Listfiles", "Listusers", "Allpages", "Newpages")
BODIES = (
    *(page(content, **NAMES) for content in (OF_1_8, sides(EXACT), form())),
    *(page(content, title="File:Tas.png", wgNamespaceNumber=6) for content in (TABLE, LIST_OF_1_8)),
    *(
        page(f"<h4>1 May 2010</h4>{OF_1_8}{TABLE}", f"Special:{name}", wgCanonicalSpecialPageName=name, **SPECIAL)
        for name in SPECIALS
    ),
    *(body.encode() for body in (AS_XML, CHANGES_RSS, HISTORY_ATOM)),
)
JUNK = st.sampled_from(
    [b"", b"\xff", b"\x00", b'href="http://[', b"oldid=99999999999999999999&", b"%00", b"<table>", b"0", b'"']
)


@st.composite
def damaged(draw: Callable[..., Any]) -> bytes:
    body = bytearray(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(0, 40)) + start
        body[start:end] = draw(JUNK)
    return bytes(body)


@settings(max_examples=300)
@given(damaged(), st.sampled_from([URL, RAW, "https://wiki.example/index.php"]))
def test_nothing_is_raised(body: bytes, url: str) -> None:
    read_page(capture(body, url), Known(language="en"))
