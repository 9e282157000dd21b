"""Expressions for addresses: they find every form of a title, and hold nothing that speaks to a server."""

from __future__ import annotations

import re
from urllib.parse import quote

from hypothesis import example, given, settings
from hypothesis import strategies as st

from converters.exporters.site.servers.sent import LONGEST, as_sent, one_of, target

# Of what cannot stand in a title, line breaks and the like would be the most dangerous.
TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=255)
DANGEROUS = re.compile(r"[\"`{}<>#\x00-\x20\x7f]")


@settings(deadline=None)
@given(TITLES, st.text(EITHER := "!'()*,;@&=+$:/", max_size=14))
@example('x"; } server { return 200 owned; } $uri', "")
@example("(?i)[a-z]{2,}^$|\\", "$")
def test_a_title_is_found_however_it_is_encoded(title: str, unencoded: str) -> None:
    pattern = re.compile(as_sent(title))
    names = {quote(title, safe=unencoded), quote(title.replace(" ", "_"), safe="")}
    if len(as_sent(title).encode()) < LONGEST:
        assert all(pattern.fullmatch(name) for name in names)


@settings(deadline=None)
@given(TITLES)
@example("\u2028\u00a0\u0085")
def test_no_title_speaks_to_a_server(title: str) -> None:
    assert not DANGEROUS.search(as_sent(title))
    assert not DANGEROUS.search(target(title))
    assert "$" not in target(title)


@settings(deadline=None)
@given(st.lists(TITLES, min_size=1, max_size=30))
def test_each_of_many_is_found_by_one_short_expression(titles: list[str]) -> None:
    found = list(one_of(titles))
    assert all(len(expression.encode()) < 4_096 for expression in found)
    for title in titles:
        assert any(re.fullmatch(expression, target(title.replace(" ", "_"))) for expression in found)
