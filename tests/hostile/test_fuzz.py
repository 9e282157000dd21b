"""A few seconds of the fuzzer; ``make fuzz`` goes on."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.hostile.fuzz import check, texts
from tests.hostile.inert import faults


@pytest.mark.parametrize("seed", range(4))
def test_random_texts_end_inert(seed: int) -> None:
    failed = [(text, wrong) for text in islice(texts(seed), 15) if (wrong := check(text))]
    assert failed == []


# What it found once.
@pytest.mark.parametrize(
    "text",
    [
        "{{#tag:math|\\text{<img src=x>}}} <math>\\text{<b a=c>}</math>",
        '<a href="&#1;x">a</a> <a href="/wiki/A#%01">b</a> <img src="/w/images/a/ab/&#1;.png">',
        "<p {{a}} {{{b|}}} x>mot",
        "{{\ud800|a}} [[\ud800]] &#0;",
        *("<div>" * depth + "<table><tr></p><table>" for depth in (252, 253, 254)),
    ],
)
def test_what_failed_once_holds(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>", "<p onclick=x>", '<a href="java\nscript:x">', "<img srcset=x>", "<!-- x -->",
        '<p style="background:url(x)">', "<svg><p>", '<a name="x">', "<a href='data:text/html,x'>",
    ],
)  # fmt: skip
def test_what_could_run_is_seen(html: str) -> None:
    assert faults(html)
