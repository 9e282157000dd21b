"""What a line of the log, or a new revision, says about things that were fetched before it.

Sources: MediaWiki's log types (https://www.mediawiki.org/wiki/Manual:Log_actions), and for the tags
https://www.mediawiki.org/wiki/Manual:Reverts (``mw-reverted`` is put on older revisions without a line in the log).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.model import Fact, LogEvent, Revision, UserRenamed
from scraper.readers.parts import number

REVERTING = {"mw-undo", "mw-rollback", "mw-manual-revert"}


@dataclass(frozen=True, slots=True)
class Errand:
    """A task for the frontier: kind and parameters."""

    kind: str
    params: Mapping[str, Any]


def errands_of(fact: Fact) -> Iterator[Errand]:
    """What has to be asked again because of this fact."""
    if isinstance(fact, Revision) and REVERTING & set(fact.tags):
        yield Errand("history", {"pageids": str(fact.page_id)})
    if isinstance(fact, LogEvent):
        for wanted in (f"{fact.type}/{fact.action}", f"{fact.type}/*"):
            if wanted in CONSEQUENCES:
                yield from CONSEQUENCES[wanted](fact)


def renaming(fact: Fact) -> UserRenamed | None:
    """The renaming of an account that a line of the log tells of."""
    if isinstance(fact, LogEvent) and fact.type == "renameuser":
        old, new = fact.params.get("olduser"), fact.params.get("newuser")
        if isinstance(old, str) and isinstance(new, str):
            return UserRenamed(old, new)
    return None


def _history(event: LogEvent) -> Iterator[Errand]:
    """Old revisions came, went or changed owner: ids and times do not tell which."""
    if event.page_id:
        yield Errand("history", {"pageids": str(event.page_id)})
    if event.title is not None:
        yield Errand("history", {"titles": event.title.full})


def _both_histories(event: LogEvent) -> Iterator[Errand]:
    yield from _history(event)
    target = event.params.get("dest_title")
    if isinstance(target, str):
        yield Errand("history", {"titles": target})


def _visibility(event: LogEvent) -> Iterator[Errand]:
    """Revisions were hidden or shown; when the log hides which, the page's are all looked over."""
    ids = _ids(event)
    if event.params.get("type", "revision") == "revision" and ids:
        yield Errand("revisions by id", {"ids": ids})
    elif not event.params:
        yield from _history(event)


def _log_visibility(event: LogEvent) -> Iterator[Errand]:
    yield Errand("log events by id", {"ids": _ids(event)})


def _ids(event: LogEvent) -> list[int]:
    return [found for told in event.params.get("ids", ()) if (found := number(told))]


def _tagging(event: LogEvent) -> Iterator[Errand]:
    revision, log_event = (number(event.params.get(name)) for name in ("revid", "logid"))
    if revision:
        yield Errand("revisions by id", {"ids": [revision]})
    if log_event:
        yield Errand("log events by id", {"ids": [log_event]})


def _everything(event: LogEvent) -> Iterator[Errand]:
    yield Errand("metadata", {})
    yield Errand("log again", {})


def _log_again(event: LogEvent) -> Iterator[Errand]:
    """MediaWiki rewrites the titles of older lines after a renaming."""
    yield Errand("log again", {})


CONSEQUENCES: dict[str, Callable[[LogEvent], Iterator[Errand]]] = {
    "delete/restore": _history,
    "delete/revision": _visibility,
    "delete/event": _log_visibility,
    "suppress/revision": _visibility,
    "suppress/event": _log_visibility,
    "import/*": _history,
    "merge/*": _both_histories,
    "tag/update": _tagging,
    "managetags/delete": _everything,
    "renameuser/*": _log_again,
    "usermerge/*": _everything,
}
