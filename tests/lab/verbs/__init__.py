"""What scripts can do to a wiki: each verb is one function of a Visitors and a Step."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..api import ApiError
from ..script import ScriptError, Step
from ..visitors import Visitors
from . import files, imports, pages, people, revisions

VERBS: dict[str, Callable[[Visitors, Step], None]] = {
    "account": people.create_account,
    "block": people.block,
    "bot password": people.create_bot_password,
    "change model": pages.change_model,
    "define tag": revisions.define_tag,
    "delete": pages.delete,
    "delete version": files.delete_version,
    "edit": pages.edit,
    "groups": people.change_groups,
    "hide": revisions.hide,
    "hide log entry": revisions.hide_log_entry,
    "hide version": files.hide_version,
    "import": imports.import_special,
    "import dump": imports.import_dump,
    "import long page": imports.import_long_page,
    "interwiki": imports.interwiki,
    "mask address": imports.mask_address,
    "merge": pages.merge,
    "move": pages.move,
    "protect": pages.protect,
    "restore": pages.restore,
    "revert file": files.revert_file,
    "rollback": pages.rollback,
    "setting": imports.setting,
    "show": revisions.show,
    "tag": revisions.tag,
    "undo": pages.undo,
    "unknown model": imports.unknown_model,
    "upload": files.upload,
}


def perform(visitors: Visitors, steps: Iterable[Step]) -> None:
    """Do the steps in order. Raises ScriptError, naming the step, when the wiki refuses one."""
    for step in steps:
        if step.verb not in VERBS:
            raise ScriptError(f"{step.line}: unknown verb {step.verb!r}; there are {', '.join(VERBS)}")
        try:
            VERBS[step.verb](visitors, step)
        except ApiError as error:
            raise ScriptError(f"{step.line}: {step.verb} {step.subject}: {error}") from error
