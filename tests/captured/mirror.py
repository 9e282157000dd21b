"""A frozen copy as people make them: ``wget --mirror`` of a running wiki, and what other tools make of names."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki

# Not asked: what changes nothing, shows the same again, or never ends. What is left are pages, histories (their later
# parts too), old views and edit forms of whole pages.
REJECTED = "|".join(
    (
        r"[?&](?:diff|curid|printable|mobileaction|returnto|undo|section|direction|redlink|feed|veaction|target)=",
        r"[?&]action=(?!history|edit)",
        r"action=edit.*oldid=|oldid=.*action=edit",
        r"[?&]limit=(?!500)",
        r"(?:Sp%C3%A9cial|Special|%E7%89%B9%E5%88%A5):(?!AllPages)",
        r"/(?:load|api|opensearch_desc|rest)\.php",
        r"/resources/|/skins/|/thumb/|/extensions/",
    )
)


def wget_mirror(wiki: RealWiki, folder: Path, *options: str, without: str = "") -> Path:
    """The folder that wget made; it begins at the wiki's lists of all pages, and follows links from there.

    ``without`` is a regular expression for addresses that are not asked.
    """
    namespaces = {page.namespace for page in Truth(wiki.database).pages()}
    lists = [f"{wiki.index_url}?title=Special:AllPages&namespace={number}" for number in sorted(namespaces)]
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        *("wget", "--quiet", "--recursive", "--level=inf", "--adjust-extension", "--restrict-file-names=windows"),
        *(
            "--execute",
            "robots=off",
            "--reject-regex",
            f"{REJECTED}|{without}" if without else REJECTED,
            "--regex-type=pcre",
            "--tries=2",
            *options,
        ),
        *(wiki.page_url(""), *lists),
    ]
    done = subprocess.run(command, cwd=folder, check=False, timeout=280)
    if done.returncode not in (0, 4, 8):  # some question had no answer (4), or an error, as 404 (8)
        raise RuntimeError(f"wget ended with {done.returncode}")
    return folder


def rename_by_hash(copy: Path, folder: Path) -> Path:
    """The same pages under names that tell nothing, as downloaders for the Wayback Machine make of queries."""
    for path in sorted(copy.rglob("*")):
        if path.is_file() and path.suffix != ".orig":
            below = path.relative_to(copy)
            target = folder / below
            if "title=" in path.name or len(path.name) > 60:
                digest = hashlib.md5(path.name.encode(), usedforsecurity=False).hexdigest()[:12]
                target = folder / below.parent / f"index__q{digest}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return folder


def rename_by_time(copy: Path, folder: Path, moment: str = "20220304050607") -> Path:
    """Each capture in a folder of its time, with its address behind: ``web/<time>id_/http:/host/path``."""
    for path in sorted(copy.rglob("*")):
        if path.is_file():
            host, *rest = path.relative_to(copy).parts
            target = folder / "web" / f"{moment}id_" / "http:" / re.sub(r"\+", ":", host) / Path(*rest)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return folder
