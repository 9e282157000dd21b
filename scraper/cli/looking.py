"""Commands that only look at an archive: status, problems, verify, revision."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from scraper.archive import Archive
from scraper.cli.screen import Screen
from scraper.problems import Severity

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
SHORT = 1
RUNNING = "running"
OUTCOMES = {RUNNING: "NOT ENDED: run the same command again, it goes on where it was", "refused": "of another wiki"}


@click.command()
@FOLDER
def status(folder: Path) -> None:
    """What this archive holds, from which wiki, how complete it is.

    Exit status 1 when anything is short, or the last harvest did not come to its end.

    Example: wikicompost status data/wiki.example.org
    """
    with Archive.read(folder) as archive:
        for line in status_lines(archive):
            click.echo(line)
        if not is_whole(archive):
            sys.exit(SHORT)


def status_lines(archive: Archive) -> Iterator[str]:
    """The wiki, the last harvest, and the coverage ledger with what is short."""
    site = archive.site()
    if site is not None:
        address = f" ({site.base_url})" if site.base_url else ""
        yield f"{site.name}{address}, {site.generator}, language {site.language}"
    last = archive.harvests.last()
    if last is None:
        yield "Nothing was ever harvested into this archive."
    else:
        ended = f"ended {last['ended_at']}, " if last["ended_at"] else ""
        yield (
            f"last harvest: {last['kind']} of {last['source']}, began {last['started_at']}, {ended}"
            f"{OUTCOMES.get(last['outcome'], last['outcome'])}, {last['requests']:,} requests, {last['bytes']:,} bytes"
        )
    yield from _ledger(archive.connection)
    problems = archive.connection.execute(
        "SELECT severity, count(*) FROM problems GROUP BY severity ORDER BY severity DESC"
    )
    for severity, count in problems:
        every = "" if severity == Severity.SHORT else " --all"
        yield f"{count:,} problems of severity {severity}: `wikicompost problems {archive.folder}{every}` lists them"
    if is_whole(archive):
        yield "Nothing is missing."


def is_whole(archive: Archive) -> bool:
    """The last harvest came to its end, and nothing is short."""
    last = archive.harvests.last()
    return last is not None and last["outcome"] != RUNNING and archive.is_complete()


def _ledger(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT kind, sum(expected), sum(held), sum(hidden), is_binding, origin FROM coverage"
        " WHERE is_binding OR expected IS NOT NULL GROUP BY kind, is_binding, origin ORDER BY is_binding DESC, kind"
    )
    for kind, expected, held, hidden, is_binding, origin in rows:
        line = f"{kind}: {held:,}" if expected is None else f"{kind}: {held:,} of {expected:,}"
        if hidden:
            line += f", {hidden:,} hidden by the wiki"
        if expected is not None and is_binding and held + hidden < expected:
            line += f", {expected - held - hidden:,} SHORT"
        yield f"{line} (by {origin})"


@click.command()
@FOLDER
@click.option("--all", "show_all", is_flag=True, help="Also defects of the wiki itself, which nothing can mend.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def problems(folder: Path, show_all: bool, as_json: bool) -> None:
    """What is missing or damaged, and what to do about it.

    Example: wikicompost problems data/wiki.example.org
    """
    with Archive.read(folder) as archive:
        rows = archive.connection.execute(
            "SELECT code, subject, detail, advice FROM problems"
            " WHERE severity = 'short' OR ? ORDER BY code, problem_id",
            (show_all,),
        )
        is_short = False
        for code, subject, detail, advice in rows:
            is_short = True
            if as_json:
                click.echo(json.dumps({"code": code, "subject": subject, "detail": detail, "advice": advice}))
            else:
                click.echo(f"{code}: {subject}: {detail}. {advice}")
        if not is_short and not as_json:
            click.echo("No problems." if is_whole(archive) else "No problems yet: the last harvest has not ended.")


@click.command()
@FOLDER
@click.pass_obj
def verify(screen: Screen, folder: Path) -> None:
    """Re-read the whole archive off line: every text, every file, every number.

    Exit status 1 when anything is damaged or short.

    Example: wikicompost verify data/wiki.example.org
    """
    with Archive.read(folder) as archive:
        found = archive.verify(screen.show)
    for damage in found.damages:
        click.echo(f"{damage.code}: {damage.where}: {damage.detail}. {damage.advice}")
    words = "complete" if found.is_complete else f"NOT complete: `wikicompost status {folder}` says what is short"
    click.echo(f"{found.texts:,} texts and {found.blobs:,} files read, {len(found.damages):,} damaged; {words}.")
    if not found.is_complete:
        sys.exit(SHORT)


@click.command()
@FOLDER
@click.argument("rev_id", type=int)
def revision(folder: Path, rev_id: int) -> None:
    """The text of one revision, on standard output, byte for byte.

    Example: wikicompost revision data/wiki.example.org 1234 > page.wiki
    """
    with Archive.read(folder) as archive:
        try:
            text = archive.revision_text(rev_id)
        except KeyError:
            raise click.UsageError(f"there is no revision {rev_id} in {folder}") from None
    if text is None:
        click.echo(f"wikicompost: the text of revision {rev_id} is hidden or missing in {folder}", err=True)
        sys.exit(SHORT)
    sys.stdout.buffer.write(text)


COMMANDS = (status, problems, verify, revision)
