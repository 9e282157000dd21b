"""Seeded wikis: built once by the scripts of ``content/``, kept in a cache, copied for use.

A seeded wiki grows in three layers, each kept, so that a new word in the sample costs seconds only:
the *ground* (installer and what takes long), the *content* (the scripts), and the *sample*.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .database import damage
from .installation import Installation, user_cache
from .script import read_script
from .verbs import perform
from .visitors import Visitors
from .wiki import Character, LabError, RealWiki

LAB = Path(__file__).parent
SAMPLE = LAB.parents[1] / "data" / "sample"
SAMPLE_PEOPLE = LAB / "content" / "sample" / "people.txt"
NAMES = {"fr": "Wiki des essais", "en": "Garden notes", "ja": "庭の手帖"}

WEEK = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of a wiki's growth, and the files and folders that it depends on."""

    name: str
    grow: Callable[[RealWiki], None]
    ingredients: Sequence[Path]


def seeded(installation: Installation, language: str) -> RealWiki:
    """The stopped, seeded wiki of a language (fr, en, ja): from the cache, or built there now.

    Never start it: its twins from ``fresh_copy`` are for use. The key of the cache is the hash of
    what its layers depend on, with MediaWiki's version.
    """
    with _only_one():
        folder, before = Path(), ""
        for layer in _layers(language):
            before = _fingerprint(layer, before)
            name = f"{language}-{installation.version}-{layer.name}-{before}"
            grown = user_cache() / "lab" / name
            if not grown.is_dir():
                _grow(installation, Character(NAMES[language], language), layer, folder, grown)
            folder = grown
    return RealWiki(installation, folder)


def quieten(wiki: RealWiki) -> None:
    """Run the jobs and bring the derived tables up to date, so that the wiki changes no more."""
    wiki.maintenance("runJobs")
    wiki.maintenance("rebuildrecentchanges")
    wiki.maintenance("initSiteStats", "--update")


def _layers(language: str) -> list[Layer]:
    content = LAB / "content"
    ground, scripts = content / "ground" / f"{language}.txt", content / language
    layers = [
        Layer(
            "ground", lambda wiki: _perform(wiki, [ground]), [LAB / "php", LAB / "wiki.py", LAB / "dumps.py", ground]
        ),
        Layer(
            "content",
            lambda wiki: _perform(wiki, sorted(scripts.glob("*.txt"))),
            [LAB / "verbs", LAB / "database.py", LAB / "pictures.py", scripts],
        ),
    ]
    return [*layers, Layer("sample", _import_sample, [SAMPLE_PEOPLE, SAMPLE])] if language == "fr" else layers


def _perform(wiki: RealWiki, scripts: Sequence[Path]) -> None:
    visitors = Visitors(wiki)
    for script in scripts:
        perform(visitors, read_script(script))


def _import_sample(wiki: RealWiki) -> None:
    _perform(wiki, [SAMPLE_PEOPLE])
    files = f"--image-base-path={SAMPLE / 'files'}"
    dump = str(SAMPLE / "wiki.xml")
    wiki.maintenance("importDump", "--quiet", "--username-prefix=", "--uploads", files, dump)


def _grow(installation: Installation, character: Character, layer: Layer, below: Path, grown: Path) -> None:
    """Build a layer beside its place and move it there whole; `below` is empty for the first."""
    with tempfile.TemporaryDirectory(dir=grown.parent, prefix="building-") as place:
        folder = Path(place) / "wiki"
        if below.name:
            wiki = RealWiki(installation, below).fresh_copy(folder)
        else:
            wiki = RealWiki.install(installation, folder, character)
        with wiki:
            layer.grow(wiki)
            quieten(wiki)
        if found := damage(wiki.database):
            raise LabError(f"the database of {layer.name} was damaged while it was built; run again:\n{found}")
        shutil.move(folder, grown)
    grown.touch()  # a copy keeps the time of what it was copied from
    _forget_older(grown)


def _forget_older(grown: Path) -> None:
    """Remove layers of the same kind that were grown more than a week before this one."""
    kind = grown.name.rpartition("-")[0]
    for other in grown.parent.glob(f"{kind}-*"):
        if other.stat().st_mtime < grown.stat().st_mtime - WEEK:
            shutil.rmtree(other)


@contextmanager
def _only_one() -> Iterator[None]:
    """Let another session that builds the same wiki end first."""
    cache = user_cache() / "lab"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint(layer: Layer, before: str) -> str:
    digest = hashlib.sha256(before.encode())
    for path in _files(layer.ingredients):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files(ingredients: Sequence[Path]) -> Iterator[Path]:
    for ingredient in ingredients:
        found = sorted(ingredient.rglob("*")) if ingredient.is_dir() else [ingredient]
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")
