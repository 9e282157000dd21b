"""Seeded wikis: built once by the scripts of ``content/``, kept in a cache, copied for use."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .installation import Installation, user_cache
from .script import read_script
from .verbs import perform
from .visitors import Visitors
from .wiki import Character, RealWiki

LAB = Path(__file__).parent
SAMPLE = LAB.parents[1] / "data" / "sample"
NAMES = {"fr": "Wiki des essais", "en": "Garden notes"}


def seeded(installation: Installation, language: str) -> RealWiki:
    """The stopped, seeded wiki of a language (fr, en): from the cache, or built there now.

    Never start it: its twins from ``fresh_copy`` are for use. The key of the cache is the hash of
    the lab's code, its content and the sample, with MediaWiki's version.
    """
    folder = user_cache() / "lab" / f"{language}-{installation.version}-{_fingerprint()}"
    if not folder.is_dir():
        _build(installation, language, folder)
    return RealWiki(installation, folder)


def _build(installation: Installation, language: str, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="building-") as place:
        wiki = RealWiki.install(installation, Path(place) / "wiki", Character(NAMES[language], language))
        with wiki:
            _seed(wiki, language)
        # Another session may have been quicker: then its wiki is as good as ours.
        if not folder.is_dir():
            shutil.move(wiki.folder, folder)


def _seed(wiki: RealWiki, language: str) -> None:
    visitors = Visitors(wiki)
    for script in sorted((LAB / "content" / language).glob("*.txt")):
        perform(visitors, read_script(script))
    if language == "fr":
        _import_sample(wiki)
    quieten(wiki)


def _import_sample(wiki: RealWiki) -> None:
    dump = SAMPLE / "wiki.xml"
    if dump.is_file():
        wiki.maintenance("importDump", "--quiet", "--username-prefix=", text=dump.read_text(encoding="utf-8"))
    if (SAMPLE / "files").is_dir():
        wiki.maintenance("importImages", "--extensions=png,svg,txt,pdf", str(SAMPLE / "files"))


def quieten(wiki: RealWiki) -> None:
    """Run the jobs and bring the derived tables up to date, so that the wiki changes no more."""
    wiki.maintenance("runJobs")
    wiki.maintenance("rebuildrecentchanges")
    wiki.maintenance("initSiteStats", "--update")
    wiki.maintenance("runJobs")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _ingredients():
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _ingredients() -> Iterator[Path]:
    """The files that a seeded wiki depends on."""
    built_by = [LAB / name for name in ("seeding.py", "dumps.py", "database.py", "pictures.py")]
    folders = [LAB / "content" / "fr", LAB / "content" / "en", LAB / "php", LAB / "verbs", SAMPLE]
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    yield from built_by
    yield from (path for path in found if path.is_file() and path.suffix != ".pyc")
