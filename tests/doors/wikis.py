"""A small invented French wiki for the doors: its siteinfo, its pages, and what may be asked about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from converters.document import Lookups
from converters.document.wiki import Wiki
from scraper.model import Namespace, Rendering, Site, Title, Via
from scraper.titles import TitleParser

PAGES = {
    "Essai": "La page des cas.",
    "Jardin": "Le '''jardin''' partagé.",
    "Composteur": "Un bac.",
    "Modèle:Salut": "Bonjour {{{1|tout le monde}}}{{#if:}} !",
    "Modèle:Bonjour": "Bonjour {{{1|tout le monde}}} !",
    "Modèle:Fiche": '{| class="fiche"\n! Nom\n| {{{nom}}}\n|-\n! Lieu\n| {{{lieu|inconnu}}}\n|}',
    "Modèle:Liste": "* un\n* {{{1}}}",
    "Modèle:Partie": "avant <onlyinclude>dedans</onlyinclude> après",
    "Modèle:Renvoi": "#REDIRECTION [[Modèle:Bonjour]]",
    "Modèle:Appel": "{{#invoke:Essai|parent|dedans}}",
    "Module:Essai": (Path(__file__).parent / "cases" / "essai.lua").read_text("utf-8"),
    "Modèle:Double": "<noinclude>Mode d'emploi</noinclude><includeonly>{{Bonjour|{{{1}}}}}</includeonly>",
}
# Files of the wiki, as the laboratory draws them.
PICTURES = {"Tas.png": "400x300 green", "Petit.png": "40x30 brown"}
NAMESPACES = {
    -2: ("Média", "Media"), -1: ("Spécial", "Special"), 0: ("", ""), 1: ("Discussion", "Talk"),
    2: ("Utilisateur", "User"), 3: ("Discussion utilisateur", "User talk"), 4: ("Wiki des essais", "Project"),
    6: ("Fichier", "File"), 7: ("Discussion fichier", "File talk"), 8: ("MediaWiki", "MediaWiki"),
    10: ("Modèle", "Template"), 11: ("Discussion modèle", "Template talk"),
    12: ("Aide", "Help"), 14: ("Catégorie", "Category"), 828: ("Module", "Module"),
}  # fmt: skip
SITEINFO: dict[str, Any] = {
    "general": {"linktrail": "/^([a-zàâçéèêîôûäëïöüùÇÉÂÊÎÔÛÄËÏÖÜÀÈÙ]+)(.*)$/sDu"},
    "namespaces": {"0": {"subpages": True}},
    "interwikimap": [
        {"prefix": "wikipedia", "url": "https://en.wikipedia.org/wiki/$1", "local": True},
        {"prefix": "de", "url": "https://de.example.org/wiki/$1", "language": "Deutsch"},
    ],
}


def french_wiki(**changes: Any) -> Wiki:
    """The wiki; ``changes`` are other fields of its Site."""
    facts: dict[str, Any] = {
        "name": "Wiki des essais",
        "base_url": "http://wiki.example.org/wiki/Accueil",
        "generator": "MediaWiki 1.39.17",
        "language": "fr",
        "main_page": "Accueil",
        "server": "http://wiki.example.org",
        "article_path": "/wiki/$1",
        "script_path": "/w",
        "case": "first-letter",
        "timezone": "Europe/Paris",
        "license_name": "",
        "license_url": "",
        "siteinfo": SITEINFO,
        "via": Via.API,
    }
    titles = TitleParser(
        Namespace(number, name, canonical, aliases=("Image",) if number == 6 else ())
        for number, (name, canonical) in NAMESPACES.items()
    )
    return Wiki(Site(**{**facts, **changes}), titles)


def template(title: Title) -> str | None:
    return PAGES.get(title.full)


def exists(title: Title) -> bool:
    return title.full in PAGES or title.namespace_id < 0 or has_file(title)


def has_file(title: Title) -> bool:
    return title.namespace_id == 6 and title.name in PICTURES


def file_size(title: Title) -> tuple[int, int] | None:
    if not has_file(title):
        return None
    width, _, height = PICTURES[title.name].split()[0].partition("x")
    return int(width), int(height)


# As the wiki where the expectations were made: these pages and files, and links instead of template boxes.
LOOKUPS = Lookups(template, exists, has_file, file_size, shows_boxes=False)


def rendering(html: str) -> Rendering:
    return Rendering(7, 70, html, None, (), (), (), Via.API)
