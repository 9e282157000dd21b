"""Ask a real MediaWiki 1.39 for the HTML of every case, and write it into the case files.

python -m tests.doors.accept
"""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path

from tests.doors.cases import Case, all_cases, language_cases, write_cases
from tests.doors.wikis import PAGES, PICTURES, SITEINFO
from tests.lab.database import add_interwiki
from tests.lab.installation import find_installation
from tests.lab.pictures import picture
from tests.lab.wiki import Character, RealWiki

MAGIC_LINKS = {"ISBN": True, "PMID": True, "RFC": True}
CHARACTER = Character(settings={"wgPFEnableStringFunctions": True, "wgEnableMagicLinks": MAGIC_LINKS})


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wiki = RealWiki.install(find_installation("1.39"), Path(folder), CHARACTER)
        for entry in SITEINFO["interwikimap"]:
            add_interwiki(wiki.database, entry["prefix"], entry["url"])
        with wiki:
            visitor = wiki.api("Admin")
            for title, text in PAGES.items():
                visitor.do("edit", title=title, text=text)
            for name, words in PICTURES.items():
                visitor.send("upload", {"file": (name, picture(words))}, filename=name, ignorewarnings=1)
            accept(wiki, all_cases())
    for language, cases in groupby(language_cases(), key=lambda case: case.path.stem.partition("-")[0]):
        with tempfile.TemporaryDirectory() as folder:
            wiki = RealWiki.install(find_installation("1.39"), Path(folder), Character(language=language))
            with wiki:
                accept(wiki, list(cases))


def accept(wiki: RealWiki, cases: list[Case]) -> None:
    """Write the HTML of some cases into their files."""
    for path, of_file in groupby(cases, key=lambda case: case.path):
        write_cases(path, [Case(path, case.name, case.wikitext, rendered(wiki, case)) for case in of_file])


def rendered(wiki: RealWiki, case: Case) -> str:
    """What ``action=parse`` gives, with the lab's own address made the invented wiki's."""
    options = {"variant": case.path.stem} if "-" in case.path.stem else {}
    answer = wiki.api().post(
        "parse",
        text=case.wikitext,
        title="Essai",
        contentmodel="wikitext",
        disablelimitreport=1,
        disableeditsection=1,
        **options,
    )
    html: str = answer["parse"]["text"]
    return html.replace(wiki.url, "http://wiki.example.org")


if __name__ == "__main__":
    main()
