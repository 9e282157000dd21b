"""Parameters of log events, from what dumps have of them to what the API says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.readers.dump_log_params import read_params
from scraper.readers.dump_php import unserialise
from scraper.readers.dump_siteinfo import default_namespaces
from scraper.titles import TitleParser

TITLES = TitleParser(default_namespaces())


@pytest.mark.parametrize(
    ("log_type", "stored", "params"),
    [
        ("delete", "", {}),
        (
            "move",
            'a:2:{s:9:"4::target";s:11:"Talk:Taille";s:10:"5::noredir";s:1:"1";}',
            {"target_ns": 1, "target_title": "Talk:Taille", "suppressredirect": True},
        ),
        ("move", "Taille", {"target_ns": 0, "target_title": "Taille", "suppressredirect": False}),
        ("rights", "\nsysop", {"0": "", "1": "sysop"}),
        (
            "rights",
            'a:2:{s:12:"4::oldgroups";a:0:{}s:12:"5::newgroups";a:1:{i:0;s:5:"sysop";}}',
            {"oldgroups": [], "newgroups": ["sysop"], "oldmetadata": [], "newmetadata": []},
        ),
        ("newusers", 'a:1:{s:9:"4::userid";i:7;}', {"userid": 7}),
        ("merge", 'a:1:{s:13:"5::mergepoint";s:14:"20200102030405";}', {"mergepoint": "2020-01-02T03:04:05Z"}),
        ("x", 'a:1:{s:13:"5::mergepoint";s:4:"soon";}', {"mergepoint": "soon"}),
        (
            "x",
            'a:2:{s:10:"4:number:n";s:2:"12";s:4:"é";d:0.5;}',
            {"raw": 'a:2:{s:10:"4:number:n";s:2:"12";s:4:"é";d:0.5;}'},
        ),
        ("x", 'a:2:{s:10:"4:number:n";s:2:"12";s:2:"é";d:0.5;}', {"n": "12", "é": 0.5}),
        ("x", 'a:1:{i:0;O:8:"stdClass":0:{}}', {"raw": 'a:1:{i:0;O:8:"stdClass":0:{}}'}),
        ("x", "a:1:{a:0:{}N;}", {"raw": "a:1:{a:0:{}N;}"}),
        ("x", "a:9999999:{", {"raw": "a:9999999:{"}),
        ("x", "a:1:{i:0;" * 5_000, {"raw": "a:1:{i:0;" * 5_000}),
    ],
)
def test_params(log_type: str, stored: str, params: dict[str, Any]) -> None:
    assert read_params(stored, log_type, TITLES) == params


def serialised(value: Any) -> str:
    """As PHP would write it."""
    if value is None:
        return "N;"
    if isinstance(value, bool):
        return f"b:{value:d};"
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    items = enumerate(value) if isinstance(value, list) else value.items()
    return f"a:{len(value)}:{{{''.join(serialised(key) + serialised(item) for key, item in items)}}}"


KEYS = st.text(st.characters(codec="utf-8"), max_size=8).map(lambda text: f"k{text}")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, min_size=1, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_what_php_writes_is_read(value: Any) -> None:
    assert unserialise(serialised(value)) == value


@given(st.text(alphabet='asidbN:;{}"0123456789-.E', max_size=40))
def test_anything_else_is_refused_not_a_crash(text: str) -> None:
    try:
        unserialise(text)
    except ValueError as error:
        assert str(error)
