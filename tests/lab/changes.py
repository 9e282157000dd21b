"""Named changes of the seeded French wiki, for refreshes: each is a script in ``content/changes/``."""

from __future__ import annotations

from pathlib import Path

from .script import read_script
from .verbs import perform
from .visitors import Visitors
from .wiki import RealWiki

FOLDER = Path(__file__).parent / "content" / "changes"
CHANGES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
"""The names of all changes; each can be made alone on a fresh copy, and all together in this order."""


def change(wiki: RealWiki, *names: str) -> None:
    """Make changes on a running copy of the seeded wiki, then let its jobs end.

    Raises ScriptError when a name is unknown to the wiki's content or the wiki refuses a step.
    """
    visitors = Visitors(wiki)
    for name in names:
        perform(visitors, read_script(FOLDER / f"{name}.txt"))
    wiki.maintenance("runJobs")
