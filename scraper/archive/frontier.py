"""What is left to ask: each list that a harvest walks is a task with a cursor, kept beside the facts.

Single things still wanted (a file's bytes, a page's rendering) are no tasks: they are what a query over the facts
finds missing, so they cannot disagree with them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """One list to walk: ``kind`` names the question, ``cursor`` where to go on (``None`` at the beginning)."""

    task_id: int
    kind: str
    params: Mapping[str, Any]
    cursor: Any
    attempts: int


class Frontier:
    """Every change belongs into the transaction of the facts that caused it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, harvest_id: int, kind: str, params: Mapping[str, Any] | None = None) -> None:
        """A new task, unless this harvest has it already."""
        self._connection.execute(
            "INSERT OR IGNORE INTO frontier (harvest_id, kind, params, state) VALUES (?, ?, ?, 'todo')",
            (harvest_id, kind, json.dumps(params or {}, sort_keys=True)),
        )

    def left(self, harvest_id: int) -> list[Task]:
        """What is to do, in the order it was added."""
        rows = self._connection.execute(
            "SELECT task_id, kind, params, cursor, attempts FROM frontier"
            " WHERE harvest_id = ? AND state = 'todo' ORDER BY task_id",
            (harvest_id,),
        )
        return [Task(row[0], row[1], json.loads(row[2]), _loads(row[3]), row[4]) for row in rows]

    def advance(self, task: Task, cursor: Any) -> None:
        """The task goes on from here; its failures are forgiven."""
        self._connection.execute(
            "UPDATE frontier SET cursor = ?, attempts = 0 WHERE task_id = ?", (json.dumps(cursor), task.task_id)
        )

    def finish(self, task: Task) -> None:
        """The list is walked to its end."""
        self._connection.execute("UPDATE frontier SET state = 'done' WHERE task_id = ?", (task.task_id,))

    def drop(self, harvest_id: int, kinds: Iterable[str]) -> None:
        """Tasks of these kinds are not to be done in this harvest: others do their work."""
        self._connection.executemany(
            "DELETE FROM frontier WHERE harvest_id = ? AND kind = ? AND state = 'todo'",
            [(harvest_id, kind) for kind in kinds],
        )

    def miss(self, task: Task) -> int:
        """One more failure in a row; the number of them."""
        return int(
            self._connection.execute(
                "UPDATE frontier SET attempts = attempts + 1 WHERE task_id = ? RETURNING attempts", (task.task_id,)
            ).fetchone()[0]
        )

    def fail(self, task: Task) -> None:
        """Given up in this harvest; ``retry`` takes it up again."""
        self._connection.execute("UPDATE frontier SET state = 'failed' WHERE task_id = ?", (task.task_id,))

    def take_over(self, harvest_id: int) -> None:
        """What earlier harvests gave up belongs to this one; each list begins anew."""
        self._connection.execute(
            "UPDATE OR IGNORE frontier SET state = 'todo', attempts = 0, cursor = NULL, harvest_id = ?"
            " WHERE state = 'failed' AND harvest_id != ?",
            (harvest_id, harvest_id),
        )


def _loads(text: str | None) -> Any:
    return None if text is None else json.loads(text)
