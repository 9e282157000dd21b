"""When to ask again, and for how much at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.sources.live.batch import Batch
from scraper.sources.live.failures import Fault, ForbiddenByRobots, translate
from scraper.sources.live.patience import retry_after

PRESENT = datetime(2020, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Wed, 01 Jan 2020 12:00:30 GMT", 30.0),
        ("Wed, 01 Jan 2020 11:00:00 GMT", 0.0),
        ("soon", None),
        ("Wed, 01 Jan 2020 12:00:30 +9999999999999", None),
        ("", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, PRESENT) == seconds


def test_batches_shrink_at_once_and_grow_slowly() -> None:
    batch = Batch(50, "max")
    sizes = [batch.size]
    for _ in range(6):
        batch.shrink()
        sizes.append(batch.size)
    assert sizes == ["max", "25", "12", "6", "3", "1", "1"]
    assert batch.is_smallest
    for _ in range(4):
        batch.succeed()
    assert batch.size == "2"
    batch.restore()
    assert batch.size == "max"


class CannotResolveHostError(Exception):
    """As Scrapy names it."""


class IgnoreRequest(Exception):
    """As Scrapy names it."""


def test_foreign_errors_become_our_own() -> None:
    failure = translate(CannotResolveHostError("nowhere"))
    assert failure.fault is Fault.NAME  # type: ignore[union-attr]
    assert isinstance(translate(IgnoreRequest("Forbidden by robots.txt")), ForbiddenByRobots)
    assert translate(IgnoreRequest("max redirections reached")).fault is Fault.REDIRECTS  # type: ignore[union-attr]
    assert translate(RuntimeError("?")).fault is Fault.CUT  # type: ignore[union-attr]
