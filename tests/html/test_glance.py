"""A first look at a page says what a closer one says, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.model import Capture, Via
from scraper.readers.html import Kind
from scraper.readers.html.glance import glance
from tests.html.test_cases import CASES, read
from tests.html.wikis import NOW

SAME = ("title", "namespace_id", "language", "version", "server", "article_path", "script_path")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_agrees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    what = glance(Capture("/x", 200, {}, text.split("\n%%%\n")[1].encode(), NOW, Via.HTML))
    if what is None:
        return
    closer = read(text).what
    assert {name: getattr(what, name) for name in SAME} == {name: getattr(closer, name) for name in SAME}
    assert (what.kind is Kind.VIEW) == (closer.kind is Kind.VIEW)


def test_most_pages_need_no_closer_look() -> None:
    page = (
        b'<html><head><script>var wgPageName = "Semis", wgNamespaceNumber = 0, wgAction = "view", wgArticleId = 7;'
        b"</script></head><body>%s</body></html>"
    )
    looks = [glance(Capture("/x", 200, {}, page % body, NOW, Via.HTML)) for body in (b"", b"<p id='mw-revision-info'>")]
    assert [look and (look.kind, look.title) for look in looks] == [(Kind.VIEW, "Semis"), None]
