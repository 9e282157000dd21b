"""The lines of text of a document."""

from __future__ import annotations

from converters.document import article
from converters.document.text import visible_text


def test_preformatted_text_has_lines_where_it_breaks_not_where_it_is_marked() -> None:
    assert visible_text(article("<pre><span>a</span>.<b>b</b> c\n\n<i>d</i></pre>e")) == "a.b c\nd\ne"
