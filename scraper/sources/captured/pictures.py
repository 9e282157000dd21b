"""Which thumbnails of a copy on line are worth asking: those of files whose own bytes it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from scraper.archive import Task
from scraper.problems import Problem
from scraper.sources.captured.containers import captures_at
from scraper.sources.captured.originals import original_of, thumbnail_of

Shown = tuple[str, int, Task]  # a file's name, and one of its thumbnails: its width, and the task of asking for it


def stand_ins(tasks: Iterable[Task], captured: Path) -> list[list[Task]]:
    """For each file that was not captured the thumbnails that pages show, the widest first."""
    held = _captured_files(captured)
    shown = [found for task in tasks if (found := _shown(task)) is not None and found[0] not in held]
    by_file = groupby(sorted(shown, key=lambda one: (one[0], -one[1])), key=lambda one: one[0])
    return [[task for _, _, task in group] for _, group in by_file]


def _shown(task: Task) -> Shown | None:
    thumbnail = thumbnail_of(task.params["url"])
    return None if thumbnail is None else (thumbnail.name, thumbnail.width, task)


def _captured_files(path: Path) -> frozenset[str]:
    items = (item for container in captures_at(path) for item in container.items())
    fetched = (original_of(item.url) for item in items if not isinstance(item, Problem) and item.status == 200)
    return frozenset(original.name for original in fetched if original is not None and not original.archive_name)
