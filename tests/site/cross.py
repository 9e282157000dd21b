"""Do all old addresses of real wikis answer? By hand, for every version, language, layout and server:

``python -m tests.site.cross [--share N] [1.39-fr-short …]`` takes some minutes for each; without names it takes them
all. With ``--share 3`` each of three servers is asked for another third of the addresses: all are asked, each of one.
"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from converters.exporters import History, SiteOptions, export_site
from converters.parse import parse
from scraper.archive import Archive
from tests.harvest.running import harvest
from tests.lab.installation import find_installation
from tests.lab.seeding import NAMES, seeded
from tests.lab.wiki import Character, Layout, RealWiki
from tests.site.asking import failures, oracle
from tests.site.living import linked_addresses
from tests.site.servers import SERVERS

LAYOUTS = {
    "short": Layout(),
    "query": Layout("/index.php?title=$1", ""),
    "pathinfo": Layout("/index.php/$1", ""),
    "root": Layout("/$1", "/w"),
}
SERIES, LANGUAGES = ("1.39", "1.43"), ("fr", "en")


class Outcome(NamedTuple):
    """Of one server: how many addresses were asked, and which lead elsewhere than they must."""

    server: str
    linked: int
    asked: int
    failed: list[str]


def outcomes(
    wiki: RealWiki, folder: Path, servers: Iterable[str], links: bool = True, share: int = 1
) -> Iterator[Outcome]:
    """Harvest a running wiki into a folder, write its site, and ask each server for every form of its addresses.

    ``links``: and for all that the wiki's own pages link to. ``share``: each server is asked for one of so many, the
    next one for others.
    """
    harvest(wiki.url + wiki.character.layout.script_path + "/index.php", folder / "archive")
    site = folder / "archive" / "site"
    with Archive.open(folder / "archive") as archive:
        parse(archive)
        export_site(archive, site, options=SiteOptions(history=History.FULL))
        known = oracle(wiki.database, archive.titles(), wiki.character.layout, site)
    linked = linked_addresses(wiki) if links else {}
    addresses = list(dict.fromkeys((*linked, *known.forms())))
    for number, server in enumerate(servers):
        (folder / server).mkdir()
        asked = addresses[number % share :: share]
        with SERVERS[server](site, folder / server) as base:
            failed = failures(base, known, asked)
        yield Outcome(server, len(linked), len(asked), failed)


def main(names: list[str], share: int) -> None:
    for name in names or map("-".join, product(SERIES, LANGUAGES, LAYOUTS)):
        series, language, layout = name.split("-")
        original = seeded(find_installation(series), language)
        # Servers read as a user of their own, who may not enter folders that are ours alone.
        with tempfile.TemporaryDirectory() as place:
            Path(place).chmod(0o755)
            character = Character(NAMES[language], language, LAYOUTS[layout])
            with original.fresh_copy(Path(place) / "wiki", character) as wiki:
                for outcome in outcomes(wiki, Path(place), SERVERS, share=share):
                    print(f"{name} {outcome.server}: {outcome.linked} linked, {outcome.asked} asked", flush=True)
                    print("".join(f"  {failure}\n" for failure in outcome.failed), end="", flush=True)


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--share", type=int, default=1)
    told = parser.parse_args()
    main(told.names, told.share)
