"""How values stand in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from scraper.model import Hidden, Timestamp


def iso(timestamp: Timestamp | None) -> str | None:
    return timestamp.iso if timestamp else None


def exactness(timestamp: Timestamp | None) -> str | None:
    return timestamp.exactness if timestamp else None


def names(hidden: Iterable[Hidden]) -> str:
    return json.dumps(sorted(hidden))


def dumps(value: Any) -> str:
    """JSON as it stands in the archive: readable, and the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
