"""Links of pages to the wiki's own scripts and special pages stay in the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from converters.exporters import History, SiteOptions, export_site
from converters.links import safe_segment
from scraper.archive import Archive
from scraper.model import UserName
from tests.site.conftest import served
from tests.site.crawl import crawl
from tests.site.garden import Garden, link

SCRIPT = "/w/index.php"
LEADS = {
    f"{SCRIPT}?title=Potager&amp;curid=1&amp;diff=2&amp;oldid=1": "../../difference/2/",
    f"{SCRIPT}?title=Potager&amp;curid=1&amp;action=history": "../../history/Potager/",
    f"{SCRIPT}?title=Potager&amp;oldid=1": "../../revision/1/",
    f"{SCRIPT}?curid=1": "../Potager/",
    f"{SCRIPT}?title=Potager&amp;printable=yes": "../Potager/",
    "https://jardin.example/wiki/Potager?useskin=vector": "../Potager/",
    "https://jardin.example/wiki/potager": "../Potager/",
    "https://jardin.example/w/index.php?title=Potager&amp;action=edit": "../../archive/gone/",
    f"{SCRIPT}?title=Potager&amp;oldid=99": "https://jardin.example/w/index.php?title=Potager&oldid=99",
    "https://autre.example/wiki/Potager": "https://autre.example/wiki/Potager",
    # Numbers that no database holds, and that Python does not read.
    **{
        f"{SCRIPT}?{asked}={digits}": f"https://jardin.example/w/index.php?{asked}={digits}"
        for asked in ("curid", "oldid", "diff")
        for digits in ("9" * 20, "9" * 5000)
    },
}


SPECIAL = {
    "Spécial:Contributions/Odile": "../../contributions/Odile/",
    "Spécial:Contributions/J. D.": f"../../contributions/{safe_segment('J._D.')}/",
    "Spécial:Contributions/Personne": None,
    "Spécial:Version": "../../archive/",
    "Spécial:Search/tas": "../../archive/search/",
    "Spécial:Préférences": "../../archive/gone/",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    garden = Garden(tmp_path_factory.mktemp("own") / "archive")
    garden.write("Potager", "<p>Terre.</p>")
    garden.write("Potager", "<p>Terre noire.</p>", parent_id=1)
    links = "".join(f'<p><a class="external text" href="{href}">{href}</a></p>' for href in LEADS)
    special = "".join(link(title) for title in SPECIAL)
    garden.write("Accueil", links + special, user=UserName("J. D.", 4))
    garden.settle()
    with Archive.read(garden.folder) as archive:
        export_site(archive, garden.folder / "site", options=SiteOptions(history=History.FULL))
    return garden.folder / "site"


def test_addresses_of_the_wiki_lead_into_the_site(site: Path) -> None:
    page = html.fromstring((site / "wiki/Accueil/index.html").read_text("utf-8"))
    found = {a.text_content(): a.get("href") for a in page.xpath("//article//p/a[text()]")}
    assert found == {href.replace("&amp;", "&"): place for href, place in LEADS.items()}


def test_special_pages_lead_to_what_the_site_has(site: Path) -> None:
    page = html.fromstring((site / "wiki/Accueil/index.html").read_text("utf-8"))
    links = {a.text_content(): a.get("href") for a in page.xpath("//article//a") if a.text_content() in SPECIAL}
    assert links == SPECIAL


def test_none_of_them_is_dead(site: Path) -> None:
    with served(site) as base:
        assert crawl(base)[1] == []
