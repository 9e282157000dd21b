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
from scraper.archive import Archive, OtherWiki, discard_blank
from scraper.cli.looking import FOLDER, SHORT, is_whole, status_lines
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
    click.option(
        "--http-auth",
        metavar="NAME:PASSWORD",
        envvar="WIKICOMPOST_HTTP_AUTH",
        help="For a server that asks before the wiki does; better in WIKICOMPOST_HTTP_AUTH.",
    ),
    click.option("--road", default="", help="Try this road to a living wiki first; `probe` names them."),
    click.option("--sweep", is_flag=True, help="On a refresh, compare every page even if nothing seems changed."),
    click.option("--keep-captures", is_flag=True, help="Keep the answers of a living wiki as WARC, in captures/."),
    click.option("--force", is_flag=True, help="Take sources into one archive that do not look like the same wiki."),
)


def harvest_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Collect the options of a harvest into one value, ``options``."""

    @functools.wraps(command)
    def collect(*args: Any, **values: Any) -> Any:
        credentials = Credentials(**{name: values.pop(name) for name in _SECRET})
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


_SECRET = ("user", "password", "cookies", "http_auth")
_PLAIN = ("concurrency", "delay", "timeout", "ignore_robots", "contact", "sweep", "road", "keep_captures", "force")
TO = click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Folder of the archive.")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@TO
@click.option("--no-site", is_flag=True, help="Do not write the static site.")
@site_options
@harvest_options
@click.pass_obj
def archive(
    screen: Screen, sources: tuple[str, ...], to: Path | None, wishes: SiteWishes | None, options: HarvestOptions
) -> None:
    """Harvest SOURCE, make records, write the site and Datasette's files. Run it again to refresh.

    SOURCE is any address of a MediaWiki, living or frozen; an XML dump (plain, .bz2, .gz, .xz, .zst, .7z, - for
    standard input); a folder of saved pages, a .zip or .tar of one; web captures (.warc, .wacz). Several sources of one
    wiki go into one archive, in their order. Without SOURCE, the sample wiki that comes with wikicompost.

    Example: wikicompost archive https://wiki.example.org --contact me@example.org
    """
    given = sources or (str(sample_dump()),)
    folder = to or DATA / (folder_of(given) if sources else "sample-archive")
    harvest_all(given, folder, options, screen)
    with Archive.open(folder) as opened:
        publish(opened, screen, wishes)
    if wishes is not None:
        screen.note(f"The site is in {folder / 'site'}. Look at it, and at the tables: wikicompost serve {folder}")
    _close(folder)


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@TO
@harvest_options
@click.pass_obj
def harvest(screen: Screen, sources: tuple[str, ...], to: Path | None, options: HarvestOptions) -> None:
    """Only fetch: bring SOURCE into archive.db, without records and site.

    Example: wikicompost harvest https://wiki.example.org --to data/mine
    """
    folder = to or DATA / folder_of(sources)
    harvest_all(sources, folder, options, screen)
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
    harvest_all((last["source"],), folder, options, screen)
    _close(folder)


@click.command()
@click.argument("source")
@harvest_options
def probe(source: str, options: HarvestOptions) -> None:
    """Look at a wiki and say what is there, how it would be harvested, and what would be missing.

    SOURCE is any address of the wiki (main page, an article, api.php, index.php), a dump, a frozen copy or captures.

    Example: wikicompost probe https://wiki.example.org/wiki/Main_Page
    """
    for line in probe_lines(source, options):
        click.echo(line)


def folder_of(sources: tuple[str, ...]) -> str:
    """The archive's name where nobody gave one: several sources need one. Raises UnusableSource."""
    if len(sources) > 1:
        raise UnusableSource("several sources make one archive: say with --to in which folder.")
    return recognise(sources[0]).folder_name(sources[0])


def harvest_all(given: tuple[str, ...], folder: Path, options: HarvestOptions, screen: Screen) -> None:
    """One source after the other, into one archive. Raises UnusableSource, before anything is done where it can."""
    sources = [(recognise(one), one) for one in given]
    if sum(source.name == "live" for source, _ in sources) > 1:
        raise UnusableSource(
            "only one of the sources can be an address: give each its own command, with the same --to."
        )
    try:
        with Archive.open(folder, create=True) as opened:
            if options.force:
                opened.take_strangers()
            for source, one in sources:
                _harvest(source, one, opened, options, screen)
    except (UnusableSource, KeyboardInterrupt):
        discard_blank(folder)
        raise


def _harvest(source: Source, given: str, opened: Archive, options: HarvestOptions, screen: Screen) -> None:
    screen.count_problems = functools.partial(_count_problems, opened)
    if options.force:
        opened.take_strangers()
    try:
        source.harvest(given, opened, options, screen)
    except OtherWiki:
        with opened.transaction():
            opened.harvests.abandon()
        raise
    screen.count_problems = int
    opened.settle()


def _count_problems(opened: Archive) -> int:
    query = "SELECT count(*) FROM problems WHERE severity = 'short'"
    return int(opened.connection.execute(query).fetchone()[0])


def _close(folder: Path) -> None:
    """Say what the archive holds now; exit status 1 when it is short."""
    with Archive.read(folder) as opened:
        for line in status_lines(opened):
            click.echo(line)
        is_complete = is_whole(opened)
    if not is_complete:
        click.echo(f"The archive in {folder} is SHORT: `wikicompost problems {folder}` says of what.", err=True)
        sys.exit(SHORT)


COMMANDS = (archive, probe, harvest, retry)
