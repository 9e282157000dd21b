"""Commands that understand and publish: parse, export, serve, render; and what ``archive`` does after a harvest.

What does the work is imported where it is called: it takes half a second, and harvest and status need none of it.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import click

from scraper.archive import Archive
from scraper.problems import Problem

BASE_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(?:/[\w.~-]+)*", re.ASCII)
FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))


class Screen(Protocol):
    """Where progress is shown; the command line gives one."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """``done`` of ``total`` things of this stage are finished."""

    def note(self, text: str) -> None:
        """Something a person should read once."""


@dataclass(frozen=True, slots=True)
class SiteWishes:
    """What was asked of the site on the command line."""

    banner: str
    successor: str
    history: str
    base_url: str
    portable: bool
    datasette: str
    keeper: str
    database: str


def _web_address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter("it must begin with http:// or https://")
    return value


def _datasette_address(context: click.Context, option: click.Parameter, value: str) -> str:
    address = value if value.startswith("/") and not value.startswith("//") else _web_address(context, option, value)
    return address and address.rstrip("/") + "/"


def _base_address(context: click.Context, option: click.Parameter, value: str) -> str:
    """Plain words only: it is written into the configuration of servers."""
    address = _web_address(context, option, value).rstrip("/")
    if address and not BASE_ADDRESS.fullmatch(address):
        raise click.BadParameter("it may hold a host and folders named with letters, digits and - . _ ~")
    return address


SITE_OPTIONS = (
    click.option(
        "--history",
        default="list",
        show_default=True,
        type=click.Choice(["none", "list", "full"]),
        help="Old versions on the site: none, a list for each page, or each with its differences.",
    ),
    click.option("--banner", default="", help="Your words above every page, instead of ours."),
    click.option(
        "--successor",
        default="",
        metavar="URL",
        callback=_web_address,
        help="Where the community is now; a link on every page.",
    ),
    click.option(
        "--base-url",
        default="",
        metavar="URL",
        callback=_base_address,
        help="Where the site will stand, when not at the wiki's own address; it may be below a folder of a host.",
    ),
    click.option(
        "--portable",
        is_flag=True,
        help="File names for every disk (Windows, macOS, USB sticks), and links that need neither server nor script.",
    ),
    click.option(
        "--datasette",
        default="",
        metavar="URL",
        callback=_datasette_address,
        help="Where Datasette shows the archive (/datasette/ with `serve`): pages lead to their rows.",
    ),
    click.option("--keeper", default="", help="Who keeps this archive and how to reach them; told on its page."),
    click.option(
        "--database",
        default="",
        metavar="URL",
        callback=_web_address,
        help="Where you offer archive.db; a link on the page about the archive.",
    ),
)


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Collect what is wished of the site into one value, ``wishes``: ``None`` with ``--no-site``."""

    @functools.wraps(command)
    def collect(*args: Any, **values: Any) -> Any:
        wishes = SiteWishes(**{field.name: values.pop(field.name) for field in fields(SiteWishes)})
        return command(*args, wishes=None if values.pop("no_site", False) else wishes, **values)

    for option in reversed(SITE_OPTIONS):
        collect = option(collect)
    return collect


def publish(archive: Archive, screen: Screen, wishes: SiteWishes | None) -> None:
    """All that is derived from an archive: records, the site unless nothing is wished of it, Datasette's files."""
    _parse(archive, screen, everything=False)
    if wishes is not None:
        _export_site(archive, screen, wishes)
    _write_datasette(archive)


@click.command()
@FOLDER
@click.option("--changed", is_flag=True, help="Only pages that changed since they were parsed.")
@click.pass_obj
def parse(screen: Screen, folder: Path, changed: bool) -> None:
    """Make all records again from the archive's texts and renderings, off line.

    Example: wikicompost parse data/wiki.example.org
    """
    with Archive.open(folder) as archive:
        _parse(archive, screen, everything=not changed)
        _write_datasette(archive)


@click.group()
def export() -> None:
    """Write an archive in another form."""


@export.command()
@FOLDER
@site_options
@click.pass_obj
def site(screen: Screen, folder: Path, wishes: SiteWishes) -> None:
    """Write the static site: every page with its history, at the wiki's own addresses.

    Example: wikicompost export site data/wiki.example.org --history full
    """
    with Archive.open(folder) as archive:
        _export_site(archive, screen, wishes)


@click.command()
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, help="Port to listen on; 0 for any free one.")
@click.pass_obj
def serve(screen: Screen, folder: Path, host: str, port: int) -> None:
    """Look at an archive: the static site and Datasette on one address.

    Example: wikicompost serve data/wiki.example.org
    """
    from converters.exporters import serve_folder

    with Archive.read(folder):
        pass
    try:
        serve_folder(folder, host, port, click.echo)
    except OSError as error:
        raise click.UsageError(
            f"cannot listen on {host}, port {port}: {error.strerror}. Try another --port."
        ) from error


@click.command()
@click.option("--jsonl", is_flag=True, help="Read questions from standard input, one JSON object a line, in and out.")
@click.option(
    "--archive",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Render a page of this archive.",
)
@click.argument("page", metavar="[TITLE[@REV]]", required=False)
def render(jsonl: bool, folder: Path | None, page: str | None) -> None:
    """Render wikitext to HTML as MediaWiki lays it out: one page of an archive, or questions that measure the renderer.

    Example: wikicompost render --archive data/wiki.example.org 'Main Page@1234'
    """
    if jsonl == bool(folder) or bool(folder) != bool(page):
        raise click.UsageError("give either --jsonl, or --archive DIR and the TITLE of a page")
    if folder is not None:
        html, problems = _rendered(folder, page or "")
        click.echo(html)
        for problem in problems:
            click.echo(f"{problem.where}: {problem.detail}", err=True)
        return
    from converters.wikitext.protocol import serve as answer_lines

    for answer in answer_lines(sys.stdin):
        click.echo(answer)
        sys.stdout.flush()


def _rendered(folder: Path, page: str) -> tuple[str, tuple[Problem, ...]]:
    from converters.entries import NoSuchText, render_page

    title, sign, rev_id = page.rpartition("@")
    is_revision = bool(sign) and rev_id.isdecimal()
    with Archive.read(folder) as archive:
        try:
            return render_page(archive, title if is_revision else page, int(rev_id) if is_revision else None)
        except NoSuchText as error:
            raise click.ClickException(str(error)) from error


def _parse(archive: Archive, screen: Screen, everything: bool) -> None:
    from converters.parse import parse as parse_archive

    report = parse_archive(archive, everything=everything, progress=functools.partial(screen.show, "pages parsed"))
    doors = ", ".join(f"{count:,} by the {door} door" for door, count in report.doors.items())
    screen.note(f"{report.parsed:,} pages parsed{f' ({doors})' if doors else ''}, {report.unchanged:,} unchanged")


def _write_datasette(archive: Archive) -> None:
    from converters.exporters import write_datasette

    write_datasette(archive)


def _export_site(archive: Archive, screen: Screen, wishes: SiteWishes) -> None:
    from converters.exporters import History, SiteOptions, estimate, export_site, weigh

    options = SiteOptions(
        wishes.banner,
        wishes.successor,
        History(wishes.history),
        base_url=wishes.base_url,
        is_portable=wishes.portable,
        datasette=wishes.datasette,
        keeper=wishes.keeper,
        database=wishes.database,
    )
    expected = estimate(archive, options.history)
    size = f"{expected.files:,} files, {expected.megabytes:,.0f} MB"
    screen.note(f"The site will hold about {size}, beside the wiki's own.")
    report = export_site(archive, archive.folder / "site", options=options, progress=screen.show)
    _renew_problems(archive, report.problems)
    screen.note(f"site: {report.written:,} files written, {report.unchanged:,} unchanged, {report.removed:,} removed")
    weight = weigh(report.folder)
    whole = f"{weight.files:,} files, {weight.size / 1e6:,.1f} MB"
    screen.note(f"{whole}; a page {weight.page / 1e3:.1f} kB, style and script {weight.shared / 1e3:.1f} kB")
    if not report.is_original:
        screen.note(f"The wiki's addresses hold a ?, so pages stand below /{report.layout}/ instead.")


def _renew_problems(archive: Archive, problems: list[Problem]) -> None:
    with archive.transaction():
        archive.connection.execute("DELETE FROM problems WHERE stage = 'export'")
        for problem in problems:
            archive.report(problem, stage="export")


COMMANDS = (parse, export, serve, render)
