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


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>", "<p onclick=x>", '<a href="java\nscript:x">', "<img srcset=x>", "<!-- x -->",
        '<p style="background:url(x)">', "<svg><p>", '<a name="x">', "<a href='data:text/html,x'>",
    ],
)  # fmt: skip
def test_what_could_run_is_seen(html: str) -> None:
    assert faults(html)
