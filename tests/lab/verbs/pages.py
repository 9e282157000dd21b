"""Verbs about pages: edit, move, delete, restore, protect, merge."""

from __future__ import annotations

from ..script import Step
from ..visitors import Visitors


def edit(visitors: Visitors, step: Step) -> None:
    """Write a page; ``fill`` repeats the text up to that many bytes, ``add: yes`` appends it."""
    text = _filled(step)
    options: dict[str, str | int] = {"appendtext" if step.says("add") else "text": text}
    if step.says("minor"):
        options["minor"] = 1
    if model := step.option("model"):
        options["contentmodel"] = model
    if tags := step.option("tags"):
        options["tags"] = tags
    visitor = visitors.named(step.option("by"))
    visitor.do("edit", title=step.subject, summary=step.option("summary"), **options)


def undo(visitors: Visitors, step: Step) -> None:
    """Undo the revision at position ``revision`` (1 is the oldest)."""
    revision = visitors.revision_ids(step.subject)[step.numbers("revision")[0] - 1]
    visitors.named(step.option("by")).do("edit", title=step.subject, undo=revision)


def rollback(visitors: Visitors, step: Step) -> None:
    """Roll back the last edits of ``user``."""
    visitor = visitors.named(step.option("by"))
    visitor.post("rollback", title=step.subject, user=step.option("user"), token=visitor.token("rollback"))


def move(visitors: Visitors, step: Step) -> None:
    """Move a page ``to`` a title, over what is there; ``redirect: no`` leaves none."""
    options: dict[str, str | int] = {"ignorewarnings": 1}
    if step.option("redirect") == "no":
        options["noredirect"] = 1
    if step.says("talk"):
        options["movetalk"] = 1
    ends = {"from": step.subject, "to": step.option("to"), "reason": step.option("summary")}
    visitors.named(step.option("by")).do("move", **ends, **options)


def delete(visitors: Visitors, step: Step) -> None:
    """Delete a page, or a file with all its versions."""
    visitors.sysop.do("delete", title=step.subject, reason=step.option("summary"))


def restore(visitors: Visitors, step: Step) -> None:
    """Restore a page: all of it, or the ``revisions`` at these positions (1 is the oldest deleted)."""
    options: dict[str, str | int] = {}
    if positions := step.numbers("revisions"):
        times = visitors.deleted_times(step.subject)
        options["timestamps"] = "|".join(times[position - 1] for position in positions)
    visitors.sysop.do("undelete", title=step.subject, reason=step.option("summary"), **options)


def protect(visitors: Visitors, step: Step) -> None:
    """Protect a page; ``levels`` is as in ``edit=sysop move=autoconfirmed``."""
    options: dict[str, str | int] = {"cascade": 1} if step.says("cascade") else {}
    visitors.sysop.do(
        "protect",
        title=step.subject,
        protections="|".join(step.words("levels")),
        expiry=step.option("expiry", "infinite"),
        reason=step.option("summary"),
        **options,
    )


def merge(visitors: Visitors, step: Step) -> None:
    """Merge the history of a page, up to the revision at position ``until``, into the page ``to``."""
    ends = {"from": step.subject, "to": step.option("to"), "reason": step.option("summary")}
    options: dict[str, str | int] = {}
    if until := step.numbers("until"):
        asked = visitors.sysop.get(
            "query", prop="revisions", titles=step.subject, rvdir="newer", rvlimit="max", rvprop="timestamp"
        )
        options["timestamp"] = asked["query"]["pages"][0]["revisions"][until[0] - 1]["timestamp"]
    visitors.sysop.do("mergehistory", **ends, **options)


def change_model(visitors: Visitors, step: Step) -> None:
    """Change a page's content model ``to`` another (Special:ChangeContentModel)."""
    summary = step.option("summary")
    visitors.sysop.do("changecontentmodel", title=step.subject, model=step.option("to"), summary=summary)


def _filled(step: Step) -> str:
    if not (size := int(step.option("fill", "0"))):
        return step.text
    unit = step.text.encode() + b"\n"
    return (unit * (size // len(unit) + 1))[:size].decode(errors="ignore").strip()
