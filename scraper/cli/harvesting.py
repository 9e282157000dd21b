"""Commands that fetch: archive (the main job), harvest, retry, probe."""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from converters.cli import SiteWishes, publish, site_options
from scraper.archive import Archive, discard_blank
from scraper.cli.looking import FOLDER, SHORT, status_lines
from scraper.cli.sample import sample_dump
from scraper.cli.screen import Screen
from scraper.sources import Credentials, HarvestOptions, Source, UnusableSource, probe_lines, recognise

DATA = Path("data")

OPTIONS = (
    click.option("--no-files", is_flag=True, help="Do not fetch the bytes of files."),
    click.option("--no-renderings", is_flag=True, help="Do not fetch the wiki's own HTML of pages."),
    click.option(
        "--concurrency", default=1, show_default=True, type=click.IntRange(1, 32), help="Requests at the same time."
    ),
    click.option("--delay", type=click.FloatRange(0), help="Seconds between requests; 0 if the wiki is your own."),
    click.option("--timeout", default=60.0, show_default=True, help="Seconds to wait for an answer."),
    click.option("--ignore-robots", is_flag=True, help="Ask even what robots.txt forbids: for your own wiki."),
    click.option("--contact", default="", envvar="WIKICOMPOST_CONTACT", help="Your address, for the wiki's owners."),
    click.option("--user", help="Log in as this bot account (Name@bot); the password comes from the environment."),
    click.option("--password", envvar="WIKICOMPOST_PASSWORD", help="Bot password; better in WIKICOMPOST_PASSWORD."),
    click.option("--cookies", type=click.Path(path_type=Path, exists=True), help="Cookies file (Netscape format)."),
    click.option("--road", default="", help="Try this road to a living wiki first; `probe` names them."),
    click.option("--sweep", is_flag=True, help="On a refresh, compare every page even if nothing seems changed."),
)


def harvest_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Collect the options of a harvest into one value, ``options``."""

    @functools.wraps(command)
    def collect(*args: Any, **values: Any) -> Any:
        credentials = Credentials(values.pop("user"), values.pop("password"), values.pop("cookies"))
        options = HarvestOptions(
            with_files=not values.pop("no_files"),
            with_renderings=not values.pop("no_renderings"),
            credentials=credentials,
            **{name: values.pop(name) for name in _PLAIN},
        )
        return command(*args, options=options, **values)

    for option in reversed(OPTIONS):
        collect = option(collect)
    return collect


_PLAIN = ("concurrency", "delay", "timeout", "ignore_robots", "contact", "sweep", "road")
TO = click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Folder of the archive.")


@click.command()
@click.argument("source", required=False)
@TO
@click.option("--no-site", is_flag=True, help="Do not write the static site.")
@site_options
@harvest_options
@click.pass_obj
def archive(
    screen: Screen, source: str | None, to: Path | None, wishes: SiteWishes | None, options: HarvestOptions
) -> None:
    """Harvest SOURCE, make records, write the site and Datasette's files. Run it again to refresh.

    SOURCE is any address of a living MediaWiki, or an XML dump (plain, .bz2, .gz, .xz, .zst, .7z, - for standard
    input). Without SOURCE, the sample wiki that comes with wikicompost.

    Example: wikicompost archive https://wiki.example.org --contact me@example.org
    """
    given = source or str(sample_dump())
    folder = to or (DATA / ("sample-archive" if source is None else recognise(given).folder_name(given)))
    _harvest(given, folder, options, screen)
    with Archive.open(folder) as opened:
        publish(opened, screen, wishes)
    if wishes is not None:
        screen.note(f"The site is in {folder / 'site'}. Look at it, and at the tables: wikicompost serve {folder}")
    _close(folder)


@click.command()
@click.argument("source")
@TO
@harvest_options
@click.pass_obj
def harvest(screen: Screen, source: str, to: Path | None, options: HarvestOptions) -> None:
    """Only fetch: bring SOURCE into archive.db, without records and site.

    Example: wikicompost harvest https://wiki.example.org --to data/mine
    """
    folder = to or DATA / recognise(source).folder_name(source)
    _harvest(source, folder, options, screen)
    _close(folder)


@click.command()
@FOLDER
@harvest_options
@click.pass_obj
def retry(screen: Screen, folder: Path, options: HarvestOptions) -> None:
    """Fetch again what is missing or damaged, and nothing else.

    Example: wikicompost retry data/wiki.example.org
    """
    with Archive.read(folder) as opened:
        last = opened.harvests.last()
    if last is None:
        raise UnusableSource(f"nothing was ever harvested into {folder}. Run `wikicompost archive` first.")
    options = dataclasses.replace(options, only_retry=True)
    _harvest(last["source"], folder, options, screen)
    _close(folder)


@click.command()
@click.argument("source")
@harvest_options
def probe(source: str, options: HarvestOptions) -> None:
    """Look at a wiki and say what is there, how it would be harvested, and what would be missing.

    SOURCE is any address of the wiki: main page, an article, api.php, index.php.

    Example: wikicompost probe https://wiki.example.org/wiki/Main_Page
    """
    for line in probe_lines(source, options):
        click.echo(line)


def _harvest(given: str, folder: Path, options: HarvestOptions, screen: Screen) -> None:
    source: Source = recognise(given)
    try:
        with Archive.open(folder, create=True) as opened:
            screen.count_problems = functools.partial(_count_problems, opened)
            source.harvest(given, opened, options, screen)
            screen.count_problems = int
            opened.settle()
    except UnusableSource:
        discard_blank(folder)
        raise


def _count_problems(opened: Archive) -> int:
    query = "SELECT count(*) FROM problems WHERE severity = 'short'"
    return int(opened.connection.execute(query).fetchone()[0])


def _close(folder: Path) -> None:
    """Say what the archive holds now; exit status 1 when it is short."""
    with Archive.read(folder) as opened:
        for line in status_lines(opened):
            click.echo(line)
        is_complete = opened.is_complete()
    if not is_complete:
        click.echo(f"The archive in {folder} is SHORT: `wikicompost problems {folder}` says of what.", err=True)
        sys.exit(SHORT)


COMMANDS = (archive, probe, harvest, retry)
