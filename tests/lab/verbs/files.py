"""Verbs about files: upload, revert, delete or hide one version."""

from __future__ import annotations

import time
from datetime import datetime

from ..api import Answer, ApiError
from ..pictures import picture
from ..script import Step
from ..visitors import Visitors


def upload(visitors: Visitors, step: Step) -> None:
    """Upload a file: its text, or a ``picture`` such as ``40x30 green`` that is drawn."""
    _let_its_second_pass(visitors, step.subject)
    data = picture(step.option("picture")) if "picture" in step.options else step.text.encode()
    answer = visitors.named(step.option("by")).send(
        "upload",
        {"file": (step.subject, data)},
        filename=step.subject,
        comment=step.option("summary"),
        text=step.option("description"),
        ignorewarnings=1,
    )
    _require_success(answer["upload"])


def revert_file(visitors: Visitors, step: Step) -> None:
    """Make the version before the current one current again."""
    _let_its_second_pass(visitors, step.subject)
    before = visitors.file_versions(step.subject)[1]["archivename"]
    answer = visitors.sysop.do("filerevert", filename=step.subject, archivename=before, comment=step.option("summary"))
    _require_success(answer["filerevert"])


def delete_version(visitors: Visitors, step: Step) -> None:
    """Delete the newest old version of a file."""
    before = visitors.file_versions(step.subject)[1]["archivename"]
    visitors.sysop.do("delete", title=f"File:{step.subject}", oldimage=before, reason=step.option("summary"))


def hide_version(visitors: Visitors, step: Step) -> None:
    """Hide ``parts`` of the newest old version of a file."""
    before = visitors.file_versions(step.subject)[1]["archivename"].partition("!")[0]
    visitors.sysop.do(
        "revisiondelete",
        type="oldimage",
        target=f"File:{step.subject}",
        ids=before,
        hide="|".join(step.words("parts")),
    )


def _let_its_second_pass(visitors: Visitors, name: str) -> None:
    """MediaWiki tells the versions of a file apart by the second: two of one second collide."""
    for newest in visitors.file_versions(name)[:1]:
        saved = datetime.fromisoformat(newest["timestamp"]).timestamp()
        time.sleep(max(0.0, saved + 1 - time.time()))


def _require_success(result: Answer) -> None:
    """These two actions tell some failures without an ``error``."""
    if result["result"] != "Success":
        raise ApiError("not-done", str(result))
