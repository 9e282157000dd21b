"""What a written site weighs: for whoever must find room for it, and for whoever reads it over a thin line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from converters.links import ABOUT

PAGE = ".html"
SHARED = ("site.css", "site.js")


@dataclass(frozen=True, slots=True)
class Weight:
    """Files and bytes in all, bytes of an average page, and of the style and script that every page loads."""

    files: int
    size: int
    page: int
    shared: int


def weigh(site: Path) -> Weight:
    """Of all that stands in a site's folder, the wiki's files included."""
    files = pages = size = pages_size = 0
    for name, bytes_ in _sizes(site):
        files, size = files + 1, size + bytes_
        if name.endswith(PAGE):
            pages, pages_size = pages + 1, pages_size + bytes_
    shared = sum((site / ABOUT / name).stat().st_size for name in SHARED)
    return Weight(files, size, pages_size // max(pages, 1), shared)


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield name, os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - of many files, quickly
