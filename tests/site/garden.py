"""A small wiki saved fact by fact: two friendly pages of everything the site shows, and a hostile corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from converters.parse import parse
from scraper.archive import Archive
from scraper.model import (
    Fact,
    FileVersion,
    Hidden,
    Message,
    Namespace,
    Page,
    PageGone,
    Rendering,
    Revision,
    Sha1,
    Site,
    Timestamp,
    Title,
    UserName,
    Via,
)

NAMESPACES = {
    -1: ("Spécial", "Special"),
    0: ("", ""),
    1: ("Discussion", "Talk"),
    2: ("Utilisateur", "User"),
    3: ("Discussion utilisateur", "User talk"),
    6: ("Fichier", "File"),
    7: ("Discussion fichier", "File talk"),
    8: ("MediaWiki", "MediaWiki"),
    14: ("Catégorie", "Category"),
    15: ("Discussion catégorie", "Category talk"),
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def title(full: str) -> Title:
    """A full title of this wiki, nothing corrected."""
    for number, (name, _) in NAMESPACES.items():
        if name and full.startswith(name + ":"):
            return Title(number, full[len(name) + 1 :], name)
    return Title(0, full)


@dataclass
class Garden:
    """An archive being filled; ids are given in order."""

    folder: Path
    site_values: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    revisions: int = 0

    def __post_init__(self) -> None:
        with Archive.open(self.folder, create=True) as archive, archive.transaction():
            for fact in self._beginnings():
                archive.save(fact)
            harvest = archive.harvests.begin("https://jardin.example/", "api", {}, Timestamp("2020-06-01T08:00:00Z"))
            archive.harvests.end(harvest, True, Timestamp("2020-06-01T08:05:00Z"))

    def save(self, *facts: Fact) -> None:
        with Archive.open(self.folder) as archive, archive.transaction():
            for fact in facts:
                archive.save(fact)

    def write(self, full: str, html: str = "<p>Terre.</p>", **said: Any) -> int:
        """A new version of a page, with its rendering; ``said`` replaces fields of the revision. The page's id."""
        page_id = self.pages.setdefault(full, self.revisions + 1)
        self.save(*self._version(page_id, title(full), html, said))
        return page_id

    def lose(self, full: str) -> None:
        self.save(PageGone(self.pages.pop(full), Timestamp("2020-05-01T00:00:00Z")))

    def upload(self, name: str, content: bytes, moment: str = "2019-03-01T10:00:00Z", old: bool = False) -> None:
        """A version of a file, and its bytes; somebody without account and page has uploaded old ones."""
        user = UserName("2001:DB8::1", 0) if old else UserName("Odile", 3)
        version = FileVersion(
            name, Timestamp(moment), user, "photo", len(content), 1, 1, "image/png", "BITMAP", 8,
            Sha1.of(content), None, f"20190301100000!{name}" if old else None, Via.API,
        )  # fmt: skip
        with Archive.open(self.folder) as archive, archive.transaction():
            archive.save(version)
            blob_id = archive.blobs.save(content, name)
            archive.connection.execute(
                "UPDATE file_versions SET blob_id = ? WHERE timestamp = ? AND file_id ="
                " (SELECT file_id FROM files WHERE name = ?)",
                (blob_id, moment, name),
            )

    def settle(self) -> None:
        """Current texts and records, as after a harvest."""
        with Archive.open(self.folder) as archive:
            archive.settle()
            parse(archive)

    def _version(self, page_id: int, page: Title, html: str, said: dict[str, Any]) -> Iterator[Fact]:
        self.revisions += 1
        categories = tuple({"category": name, "sortkey": ""} for name in said.pop("categories", ()))
        shown = {"display_title": None, "language_links": ()} | said.pop("shown", {})
        source = said.pop("text", html)
        text = None if source is None else source.encode()
        is_redirect = said.pop("is_redirect", False)
        fields: dict[str, Any] = {
            "parent_id": 0,
            "timestamp": Timestamp(f"2019-01-{1 + self.revisions // 24 % 28:02}T{self.revisions % 24:02}:00:00Z"),
            "user": UserName("Odile", 3),
            "comment": "/* Semis */ au [[Potager|jardin]]",
            "is_minor": False,
            "size": len(text or b""),
            "sha1": Sha1.of(text) if text is not None else None,
            "content_model": "wikitext",
            "content_format": "text/x-wiki",
            "text": text,
            "via": Via.API,
        } | said
        rev_id = self.revisions
        yield Page(
            page_id, page, rev_id, len(text or b""), fields["content_model"], "fr", is_redirect, None, (), {}, Via.API
        )
        yield Revision(rev_id, page_id, **fields)
        if fields["text"] is not None and fields["content_model"] == "wikitext":
            yield Rendering(
                page_id, rev_id, html, shown["display_title"], categories, (), tuple(shown["language_links"]), Via.API
            )

    def _beginnings(self) -> Iterable[Fact]:
        values = {
            "name": "Jardin partagé",
            "base_url": "https://jardin.example/wiki/Accueil",
            "generator": "MediaWiki 1.39.7",
            "language": "fr",
            "main_page": "Accueil",
            "server": "https://jardin.example",
            "article_path": "/wiki/$1",
            "script_path": "/w",
            "case": "first-letter",
            "timezone": "Europe/Paris",
            "license_name": "CC BY-SA 4.0",
            "license_url": "https://creativecommons.org/licenses/by-sa/4.0/",
            "siteinfo": {
                "general": {"articlepath": "/wiki/$1", "server": "https://jardin.example", "rtl": False},
                "namespaces": {str(number): {"id": number, "name": name} for number, (name, _) in NAMESPACES.items()},
                "specialpagealiases": [{"realname": "Allpages", "aliases": ["Toutes_les_pages", "ToutesLesPages"]}],
            },
            "via": Via.API,
        } | self.site_values
        yield Site(**values)
        for number, (name, canonical) in NAMESPACES.items():
            yield Namespace(number, name, canonical, is_content=number == 0)
        yield Message("talk", "Palabre")
        yield Message("history_short", "{{int:x}}")


def link(full: str, text: str = "", missing: bool = False) -> str:
    """A link as MediaWiki renders it."""
    place = quote(full.replace(" ", "_"), safe="/:")
    href = f"/w/index.php?title={place}&amp;action=edit&amp;redlink=1" if missing else f"/wiki/{place}"
    css = ' class="new"' if missing else ""
    return f'<a href="{href}"{css} title="{full}">{text or full}</a>'


def plant(folder: Path) -> Garden:
    """A friendly wiki with a page of every kind."""
    garden = Garden(folder)
    headings = "".join(f"<h2><span class='mw-headline' id='{name}'>{name}</span></h2>" for name in ("Semis", "B", "C"))
    garden.write(
        "Accueil",
        f"<p>Voir le {link('Potager')}, {link('Serre', missing=True)} et {link('Tomates')}."
        f" <a rel='nofollow' class='external text' href='https://agenda.example/'>Agenda</a></p>{headings}"
        "<h3><span class='mw-headline' id='D'>D</span></h3>",
        categories=["Lieux"],
    )
    garden.write("Potager", f"<p>{link('Accueil')}</p>", categories=["Lieux", "Légumes"], comment="")
    garden.write(
        "Potager", f"<p>{link('Accueil')} et {link('Compost')}</p>", categories=["Lieux", "Légumes"], parent_id=2
    )
    garden.write(
        "Compost", "<p>Feuilles.</p>", user=None, comment=None, hidden=frozenset({Hidden.USER, Hidden.COMMENT})
    )
    redirect = f'<div class="redirectMsg"><ul class="redirectText"><li>{link("Potager")}</li></ul></div>'
    garden.write(
        "Tomates", redirect, text="#REDIRECTION [[Potager]]", is_redirect=True, tags=("mw-new-redirect", "relu")
    )
    garden.write("Discussion:Potager", "<p>Palabres.</p>", user=UserName("2001:DB8::1", 0))
    garden.write("Utilisateur:Odile", "<p>Jardinière.</p>")
    garden.write("Catégorie:Lieux", "<p>Où l'on va.</p>", categories=["Tout"])
    garden.write("Fichier:Radis.png", "<p>Un radis.</p>", categories=["Légumes"])
    garden.write("MediaWiki:Common.css", "", text="body { color: red }", content_model="css")
    garden.write("Abri", "<p>Démoli.</p>")
    garden.lose("Abri")
    image = '<img src="/w/images/a/ab/Radis.png" width="10" height="10" alt="">'
    garden.write("Radis", f'<p><a href="/wiki/Fichier:Radis.png" class="image">{image}</a></p>')
    garden.upload("Radis.png", PNG)
    garden.upload("Radis.png", PNG + b"\0", "2018-03-01T10:00:00Z", old=True)
    garden.settle()
    return garden
