"""Verbs about revisions and log entries: hide and show their parts, tag them."""

from __future__ import annotations

from ..script import Step
from ..visitors import Visitors


def hide(visitors: Visitors, step: Step) -> None:
    """Hide ``parts`` (content, user, comment) of the ``revisions`` at these positions (1 is the oldest)."""
    _change_visibility(visitors, step, "hide")


def show(visitors: Visitors, step: Step) -> None:
    """Take back what `hide` did."""
    _change_visibility(visitors, step, "show")


def hide_log_entry(visitors: Visitors, step: Step) -> None:
    """Hide ``parts`` (content, user, comment) of the newest log entry of a ``type`` about a title."""
    asked = visitors.sysop.get(
        "query", list="logevents", letype=step.option("type"), letitle=step.subject, lelimit=1, leprop="ids"
    )
    entry = asked["query"]["logevents"][0]["logid"]
    visitors.sysop.do("revisiondelete", type="logging", ids=entry, hide="|".join(step.words("parts")))


def define_tag(visitors: Visitors, step: Step) -> None:
    """Create a change tag that users may apply."""
    visitors.sysop.do("managetags", operation="create", tag=step.subject, reason=step.option("summary"))


def tag(visitors: Visitors, step: Step) -> None:
    """Add the tag ``add`` to the revision at position ``revision`` of a page."""
    revision = visitors.revision_ids(step.subject)[step.numbers("revision")[0] - 1]
    visitors.sysop.do("tag", revid=revision, add=step.option("add"), reason=step.option("summary"))


def _change_visibility(visitors: Visitors, step: Step, direction: str) -> None:
    ids = visitors.revision_ids(step.subject)
    parameters: dict[str, str | int] = {
        "target": step.subject,
        "ids": "|".join(str(ids[position - 1]) for position in step.numbers("revisions")),
        direction: "|".join(step.words("parts")),
        "reason": step.option("summary"),
    }
    if step.says("suppress"):
        parameters["suppress"] = "yes"
    visitors.sysop.do("revisiondelete", type="revision", **parameters)
