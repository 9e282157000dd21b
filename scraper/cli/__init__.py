"""The command ``wikicompost``: the one place where harvest and understanding meet."""

from __future__ import annotations

import errno
import sqlite3
import sys

import click

from converters.cli import COMMANDS as CONVERTER_COMMANDS
from scraper.archive import ArchiveError
from scraper.cli.harvesting import COMMANDS as HARVEST_COMMANDS
from scraper.cli.looking import COMMANDS as LOOK_COMMANDS
from scraper.cli.screen import with_screen
from scraper.sources import UnusableSource

UNUSABLE = 2
MAKE_ROOM, OTHERS = "Make room", "Choose a folder that is yours"
OF_SQLITE = {
    sqlite3.SQLITE_FULL: MAKE_ROOM,
    sqlite3.SQLITE_IOERR: "Look after the disk",
    sqlite3.SQLITE_READONLY: OTHERS,
    sqlite3.SQLITE_CANTOPEN: OTHERS,
}
OF_THE_SYSTEM = {
    errno.ENOSPC: MAKE_ROOM,
    errno.EDQUOT: MAKE_ROOM,
    errno.EACCES: OTHERS,
    errno.EPERM: OTHERS,
    errno.EROFS: OTHERS,
    errno.ENOTDIR: OTHERS,
}
INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


class OneLineErrors(click.Group):
    """Errors that a person can do something about are one line and exit status 2, never a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (ArchiveError, UnusableSource) as error:
            click.echo(f"wikicompost: {error}", err=True)
            sys.exit(UNUSABLE)
        except (OSError, sqlite3.OperationalError) as error:
            click.echo(f"wikicompost: {_of_the_disk(error)}. Then run the same command again.", err=True)
            sys.exit(UNUSABLE)
        except KeyboardInterrupt:
            click.echo("wikicompost: interrupted. Run the same command again: it goes on where it was.", err=True)
            sys.exit(INTERRUPTED)


def _of_the_disk(error: OSError | sqlite3.OperationalError) -> str:
    """What is wrong with the place where we write, and what to do. Raises what is about something else again.

    SQLite's codes: https://www.sqlite.org/rescode.html; the lower byte is the kind.
    """
    if isinstance(error, sqlite3.OperationalError):
        advice = OF_SQLITE.get(error.sqlite_errorcode & 0xFF)
    else:
        advice = OF_THE_SYSTEM.get(error.errno or 0)
    if advice is None:
        raise error
    return f"the archive cannot be written here: {error}. {advice}"


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wikicompost")
def main() -> None:
    """Turn any MediaWiki into an archive that lasts: one SQLite file and one static site.

    Run `wikicompost archive https://wiki.example.org` once to migrate a wiki, and again to refresh.

    Exit status of what fetches and verifies: 0 complete; 1 done, but something is short or fails verification;
    2 wrong usage or unusable source.
    """


for command in (*HARVEST_COMMANDS, *CONVERTER_COMMANDS, *LOOK_COMMANDS):
    main.add_command(with_screen(command))
