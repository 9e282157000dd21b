"""Verbs about files: upload, revert, delete or hide one version."""

from __future__ import annotations

from ..pictures import picture
from ..script import Step
from ..visitors import Visitors


def upload(visitors: Visitors, step: Step) -> None:
    """Upload a file: its text, or a ``picture`` such as ``40x30 green`` that is drawn."""
    data = picture(step.option("picture")) if "picture" in step.options else step.text.encode()
    visitors.named(step.option("by")).send(
        "upload",
        {"file": (step.subject, data)},
        filename=step.subject,
        comment=step.option("summary"),
        text=step.option("description"),
        ignorewarnings=1,
    )


def revert_file(visitors: Visitors, step: Step) -> None:
    """Make the version before the current one current again."""
    before = visitors.file_versions(step.subject)[1]["archivename"]
    visitors.sysop.do("filerevert", filename=step.subject, archivename=before, comment=step.option("summary"))


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
