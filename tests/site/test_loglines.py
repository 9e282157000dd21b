"""The lines of logs are MediaWiki's own, word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from lxml import html

from converters.exporters.site.words import Words
from scraper.model import LogEvent, Timestamp, UserName, Via
from tests.site.conftest import export
from tests.site.garden import Garden, title

CASES = Path(__file__).with_name("loglines.txt")
MOMENT = "2019-05-02T10:00:00Z"
ADMIN = UserName("Admin", 1)


class Case(NamedTuple):
    kind: str
    params: dict[str, Any]
    title: str
    line: str


def cases(language: str) -> list[Case]:
    blocks = re.split(r"\n\n+", re.sub(r"^#.*\n", "", CASES.read_text("utf-8"), flags=re.M).strip())
    found = []
    for head, about, line in (block.split("\n") for block in blocks):
        code, kind, params = head.split(" ", 2)
        if code == language:
            found.append(Case(kind, json.loads(params), about, line))
    return found


def event(number: int, kind: str, params: dict[str, Any], about: str) -> LogEvent:
    type_, _, action = kind.partition("/")
    return LogEvent(number, type_, action, Timestamp(MOMENT), ADMIN, title(about), None, "", params, (), Via.API)


def told(
    folder: Path, language: str, events: Iterable[LogEvent], words: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """The lines of a site's book, the oldest first, without their times; ``words`` are the wiki's own."""
    garden = Garden(folder, {"language": language})
    garden.write("Verger")
    for name, text in words.items():
        garden.write(f"MediaWiki:{name}", text=text)
    garden.save(*events)
    garden.settle()
    export(garden)
    page = html.fromstring((folder / "site/wiki/Spécial:Log/2019-05/index.html").read_text("utf-8"))
    lines = [" ".join(line.text_content().split()) for line in page.xpath("//ul[@class='log']/li")]
    moment = Words(language, {}).moment(MOMENT)
    return [line.removeprefix(moment).strip() for line in reversed(lines)]


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_lines_are_the_wikis(language: str, tmp_path: Path) -> None:
    wanted = cases(language)
    events = [event(number, case.kind, case.params, case.title) for number, case in enumerate(wanted, 1)]
    assert told(tmp_path / "archive", language, events) == [case.line for case in wanted]


STRANGE = ([], {}, "<b>", -1, 10**30, 1.5, True, None, [[]], [{}], [{"expiry": {}}], {"pages": [[], {}, 7]})
DURATIONS = {
    "90 minutes": "1 heure et 30 minutes",
    "1 fortnight": "14 jours",
    "25 years": "2 décennies et 5 années",
    "9999 years": "9999 years",
    "next thursday": "next thursday",
    "never": "indéfiniment",
}


def test_a_line_may_hold_anything(tmp_path: Path) -> None:
    kinds = sorted({case.kind for case in cases("fr")})
    names = {name for case in cases("fr") for name in case.params}
    params = [{}, *(dict.fromkeys(names, value) | {"sitewide": False} for value in STRANGE)]
    events = [
        event(number, kind, strange, "Verger")
        for number, (kind, strange) in enumerate(((kind, strange) for kind in kinds for strange in params), 1)
    ]
    lines = told(tmp_path / "archive", "fr", events)
    assert len(lines) == len(events)
    assert all("Admin" in line for line in lines)
    assert not re.search(r"\$\d", " ".join(lines))


def test_what_nobody_told_is_no_invention(tmp_path: Path) -> None:
    kinds = ("block/block", "rights/rights", "protect/protect", "import/upload", "delete/revision", "suppress/block")
    events = [event(number, kind, {}, "Utilisateur:Zoé") for number, kind in enumerate(kinds, 1)]
    assert told(tmp_path / "archive", "fr", events) == [
        "Admin a bloqué Zoé ; durée avant expiration : …",
        "Admin a modifié l’appartenance aux groupes pour Zoé",
        "Admin a protégé Utilisateur:Zoé",
        "Admin a importé Utilisateur:Zoé par téléversement de fichier",
        "Admin a modifié la visibilité des révisions sur la page Utilisateur:Zoé",
        "Admin : suppress/block Utilisateur:Zoé",
    ]


def test_a_wiki_words_its_own_things_on_its_pages(tmp_path: Path) -> None:
    words = {
        "Group-jardinier-member": "maître du jardin",
        "Group-jardinier-member/en": "gardener",
        "Rightsnone": "(simple passant)",
        "Protect-level-jardinier": "{{Modèle}}",
        "Restriction-edit": "Bêcher",
    }
    details = [{"type": "edit", "level": "jardinier", "expiry": "infinite"}]
    events = [
        event(1, "rights/rights", {"oldgroups": [], "newgroups": ["jardinier"]}, "Utilisateur:Zoé"),
        event(2, "protect/protect", {"details": details}, "Verger"),
    ]
    assert told(tmp_path / "archive", "fr", events, words) == [
        "Admin a modifié l’appartenance aux groupes de Zoé, de (simple passant) à maître du jardin",
        "Admin a protégé Verger [Bêcher=Autoriser seulement les utilisateurs ayant le droit « jardinier »] (infini)",
    ]


def test_durations_that_nobody_offers(tmp_path: Path) -> None:
    events = [
        event(number, "block/block", {"duration": duration, "flags": []}, "Utilisateur:Zoé")
        for number, duration in enumerate(DURATIONS, 1)
    ]
    before = "Admin a bloqué Zoé ; durée avant expiration : "
    assert [line.removeprefix(before) for line in told(tmp_path / "archive", "fr", events)] == [*DURATIONS.values()]
