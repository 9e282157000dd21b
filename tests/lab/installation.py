"""Where the MediaWikis and the PHP of this machine are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PHP_MODULES = ("apcu", "intl", "mbstring", "pdo_sqlite", "xml")
DEBIAN_FOLDER = Path("/usr/share/mediawiki")
VERSION_LINE = re.compile(r"define\( 'MW_VERSION', '([^']+)' \)")


class NotInstalled(Exception):
    """This machine lacks what a real wiki needs; the message says what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The code of one MediaWiki, unpacked as Debian ships it."""

    root: Path
    version: str

    @property
    def series(self) -> str:
        """``1.39`` for 1.39.17."""
        return ".".join(self.version.split(".")[:2])

    @property
    def php(self) -> str:
        """The command that runs it: the PHP that was unpacked with it, or this machine's."""
        own = self.root / "php" / "php"
        return str(own) if own.is_file() else "php"


def user_cache() -> Path:
    """Folder below which the lab keeps unpacked MediaWikis and seeded wikis."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "wikicompost"


def find_installation(series: str) -> Installation:
    """Find MediaWiki `series` (``1.35``, ``1.39`` or ``1.43``).

    ``WIKICOMPOST_MEDIAWIKI_1_39`` and its like name other folders than the usual ones: Debian's for 1.39, ``.ci/run``'s
    for the others.

    Raises NotInstalled when MediaWiki, PHP or Lua is missing or has another version.
    """
    root = _root(series)
    defines = root / "includes" / "Defines.php"
    if not defines.is_file():
        raise NotInstalled(f"no MediaWiki {series} in {root}: run .ci/run, or set {_variable(series)}")
    found = VERSION_LINE.search(defines.read_text(encoding="utf-8"))
    installation = Installation(root, found[1] if found else "unknown")
    _require_programs(installation.php)
    if installation.series != series:
        raise NotInstalled(f"{root} holds MediaWiki {installation.version}, not {series}")
    return installation


def _variable(series: str) -> str:
    return "WIKICOMPOST_MEDIAWIKI_" + series.replace(".", "_")


def _root(series: str) -> Path:
    usual = DEBIAN_FOLDER if series == "1.39" else user_cache() / f"mediawiki-{series}"
    return Path(os.environ.get(_variable(series), usual))


@cache
def _require_programs(php: str) -> None:
    for program in (php, "lua5.1"):
        if shutil.which(program) is None:
            raise NotInstalled(f"no {program} on this machine: run .ci/run as root, or install it")
    listed = subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout.split()
    if missing := [module for module in PHP_MODULES if module not in listed]:
        raise NotInstalled(f"PHP lacks {', '.join(missing)}: run .ci/run as root, or install them")
