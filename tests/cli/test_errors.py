"""What a person can do something about is one line, never a traceback."""

from __future__ import annotations

import errno
import sqlite3

import click
import pytest
from click.testing import CliRunner

from scraper.cli import INTERRUPTED, UNUSABLE, OneLineErrors


def full() -> sqlite3.OperationalError:
    """As SQLite raises it: a database of one page has no room for a table."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("CREATE TABLE pages (title)")
    return caught.value


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (full(), UNUSABLE, "Make room"),
        (OSError(errno.ENOSPC, "No space left on device"), UNUSABLE, "Make room"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/data"), UNUSABLE, "a folder that is yours"),
        (KeyboardInterrupt(), INTERRUPTED, "goes on where it was"),
    ],
)
def test_one_line(error: BaseException, status: int, words: str) -> None:
    @click.group(cls=OneLineErrors)
    def group() -> None:
        """A command."""

    @group.command()
    def fail() -> None:
        raise error

    result = CliRunner().invoke(group, ["fail"])
    assert (result.exit_code, result.output.count("\n")) == (status, 1)
    assert words in result.output
