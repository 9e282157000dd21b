"""What each kind of line says: which of MediaWiki's messages, and what stands in its places.

After LogFormatter and its heirs (includes/logging in MediaWiki 1.43). Parameters are those of ``list=logevents``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import escape

from converters.exporters.site.books.expiries import INFINITE, expiry_of
from converters.exporters.site.books.logscene import UNTOLD, Scene, counted
from scraper.languages.tables import table_of

Said = tuple[str, Sequence[Any]]
# The parts of a version or line that can be hidden, and what the messages about them are called.
HIDEABLE = {"content": "revdelete-content", "comment": "revdelete-summary", "user": "revdelete-uname"}
# What RevDelList::getLogParams writes of today; older lines tell less.
OF_TODAY = frozenset({"revision", "archive", "oldimage", "filearchive", "logging"})
DEFAULT_LANGUAGE = "[def]"
NUMBER = re.compile(r"-?[0-9]{1,6}")


def said(scene: Scene) -> Said:
    """The key of the line's message, and what stands in ``$4`` and on."""
    line = scene.line
    return KINDS.get(f"{line.type}/{line.action}", _plain)(scene)


def _plain(scene: Scene, ending: str = "", *details: Any) -> Said:
    return f"logentry-{scene.line.type}-{scene.line.action}{ending}", details


def _moved(scene: Scene) -> Said:
    is_alone = scene.told("suppressredirect") or scene.told("suppressedredirect")
    return _plain(scene, "-noredirect" if is_alone else "", scene.page(scene.text("target_title")))


def _merged(scene: Scene) -> Said:
    return _plain(scene, "", scene.page(scene.text("dest_title")), scene.words.moment(scene.text("mergepoint")))


def _restored(scene: Scene) -> Said:
    told = scene.told("count")
    counts = {kind: counted(told.get(kind)) for kind in ("revisions", "files")} if isinstance(told, dict) else {}
    parts = [scene.words(f"restore-count-{kind}", number) for kind, number in counts.items() if number]
    return _plain(scene, "", scene.listed(parts)) if parts else _plain(scene, "-nocount")


def _hidden(scene: Scene) -> Said:
    """What was hidden and what was shown again, of how many."""
    ids, old, new = scene.told("ids"), scene.told("old"), scene.told("new")
    is_whole = scene.text("type") in OF_TODAY and isinstance(ids, list)
    if not is_whole or not isinstance(old, dict) or not isinstance(new, dict):
        return _plain(scene, "-legacy")
    changed = {part: bool(new.get(part)) for part in (*HIDEABLE, "restricted") if new.get(part) != old.get(part)}
    keys = [f"{key}-hid" for part, key in HIDEABLE.items() if changed.get(part)]
    keys += [f"{key}-unhid" for part, key in HIDEABLE.items() if changed.get(part) is False]
    if "restricted" in changed:
        keys.append("revdelete-restricted" if changed["restricted"] else "revdelete-unrestricted")
    return _plain(scene, "", scene.listed([scene.words(key) for key in keys]), len(ids))


def _protected(scene: Scene) -> Said:
    details = scene.told("details")
    if isinstance(details, list):
        rules = [_rule(scene, detail) for detail in details if isinstance(detail, dict)]
        shown = scene.words("word-separator").join(rules)
    else:
        shown = str(scene.told("description") or "")
    return _plain(scene, "-cascade" if scene.told("cascade") else "", shown)


def _rule(scene: Scene, detail: dict[str, Any]) -> str:
    """``[Edit=Allow only administrators] (indefinite)``."""
    words, level, expiry = scene.words, detail.get("level"), str(detail.get("expiry") or "infinite")
    is_known = f"protect-level-{level}" in words
    allowed = words(f"protect-level-{level}") if is_known else words("protect-fallback", str(level))
    is_endless = expiry in INFINITE
    until = (
        words("protect-expiry-indefinite") if is_endless else words("protect-expiring-local", *_moment(scene, expiry))
    )
    return words("protect-summary-desc", scene.words.named("restriction-", detail.get("type")), allowed, until)


def _protection_moved(scene: Scene) -> Said:
    return _plain(scene, "", scene.page(scene.text("oldtitle_title")))


def _blocked(scene: Scene) -> Said:
    """``$4`` is the name of who is blocked, for its gender alone."""
    if not scene.line.params:
        return _plain(scene, "", "", UNTOLD, "")
    told = scene.told("flags")
    flags = told if isinstance(told, list) else str(told or "").split(",")
    shown = scene.words("comma-separator").join(scene.words.named("block-log-flags-", flag) for flag in flags if flag)
    details = ("", expiry_of(scene), scene.words("parentheses", shown) if shown else "")
    if scene.line.type != "block" or scene.told("sitewide") is not False:
        return _plain(scene, "", *details)
    places = scene.told("restrictions")
    if not isinstance(places, dict):
        return f"logentry-non-editing-block-{scene.line.action}", details
    return f"logentry-partialblock-{scene.line.action}", (*details, _places(scene, places))


def _places(scene: Scene, told: dict[str, Any]) -> str:
    """Pages, namespaces and actions from which somebody is kept away."""
    shown: dict[str, Callable[[Any], str]] = {
        "pages": lambda page: scene.page(page.get("page_title", "") if isinstance(page, dict) else page),
        "namespaces": lambda number: escape(_namespace(scene, str(number))),
        "actions": lambda action: escape(scene.words.named("ipb-action-", action)),
    }
    keys = {"pages": "page", "namespaces": "ns", "actions": "action"}
    found = {kind: list(map(show, _items(told.get(kind)))) for kind, show in shown.items()}
    return scene.listed(
        [
            scene.words.html(f"logentry-partialblock-block-{keys[kind]}", len(items), scene.listed(items))
            for kind, items in found.items()
            if items
        ]
    )


def _namespace(scene: Scene, told: str) -> str:
    """By its number, which MediaWiki 1.35 writes as text."""
    return scene.lists.namespace(int(told)) if NUMBER.fullmatch(told) else told


def _groups_changed(scene: Scene) -> Said:
    if "oldgroups" not in scene.line.params and "newgroups" not in scene.line.params:
        return _plain(scene, "-legacy" if scene.line.action == "rights" else "", UNTOLD, UNTOLD)
    return _plain(scene, "", _groups(scene, "old"), _groups(scene, "new"))


def _groups(scene: Scene, side: str) -> str:
    """Those that end first, as RightsLogFormatter sorts them."""
    told = (item for item in _items(scene.told(f"{side}metadata")) if isinstance(item, dict))
    ends = {str(item.get("group")): str(item.get("expiry") or "infinity") for item in told}
    passing, lasting = [], []
    for group in map(str, _items(scene.told(f"{side}groups"))):
        name, until = scene.words.named("group-", group, "-member"), ends.get(group, "infinity")
        if until in INFINITE:
            lasting.append(name)
        else:
            passing.append(scene.words("rightslogentry-temporary-group", name, *_moment(scene, until)))
    return scene.listed([*passing, *lasting]) if passing or lasting else scene.words("rightsnone")


def _imported(scene: Scene) -> Said:
    count = scene.count("count")
    return _plain(scene) if count is None else _plain(scene, "-details", count, scene.text("interwiki_title"))


def _model_changed(scene: Scene) -> Said:
    old, new = (scene.words.model(scene.text(name)) for name in ("oldmodel", "newmodel"))
    return _plain(scene, "", old, new)


def _patrolled(scene: Scene) -> Said:
    """Whatever the action is called."""
    ending = "-auto" if scene.told("auto") else ""
    return f"logentry-patrol-patrol{ending}", (_number(scene, "curid"),)


def _tag_managed(scene: Scene) -> Said:
    return _plain(scene, "", scene.text("tag"), scene.count("count") or 0)


def _tagged(scene: Scene) -> Said:
    added, removed = ([str(tag) for tag in _items(scene.told(f"tags{what}"))] for what in ("Added", "Removed"))
    what = "" if added and removed else "-remove" if removed else "-add"
    whose = "-revision" if scene.told("revid") else "-logentry"
    comma = scene.words("comma-separator")
    numbers = (_number(scene, "revid"), _number(scene, "logid"))
    return _plain(scene, what + whose, *numbers, comma.join(added), len(added), comma.join(removed), len(removed))


def _language_changed(scene: Scene) -> Said:
    return _plain(scene, "", _language(scene, "oldlanguage"), _language(scene, "newlanguage"))


def _language(scene: Scene, name: str) -> str:
    """``français (fr) [default]``: what a language calls itself, its code, and whether it is the wiki's own."""
    told = scene.text(name)
    code = told.removesuffix(DEFAULT_LANGUAGE)
    default = "" if code == told else f" [{scene.words('default')}]"
    return f"{table_of(code).get('name', code)} ({code}){default}"


def _moment(scene: Scene, iso: str) -> tuple[str, str, str]:
    """The whole, the day and the hour, of which a message chooses."""
    return scene.words.moment(iso), scene.words.date(iso), scene.words.time(iso)


def _number(scene: Scene, name: str) -> str:
    """An id: in the language's digits, without marks between thousands."""
    return scene.words.year(scene.text(name))


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


KINDS: dict[str, Callable[[Scene], Said]] = {
    "block/block": _blocked,
    "block/reblock": _blocked,
    "contentmodel/change": _model_changed,
    "contentmodel/new": _model_changed,
    "delete/event": _hidden,
    "delete/restore": _restored,
    "delete/revision": _hidden,
    "import/interwiki": _imported,
    "import/upload": _imported,
    "managetags/activate": _tag_managed,
    "managetags/create": _tag_managed,
    "managetags/deactivate": _tag_managed,
    "managetags/delete": _tag_managed,
    "merge/merge": _merged,
    "move/move": _moved,
    "move/move_redir": _moved,
    "pagelang/pagelang": _language_changed,
    "patrol/autopatrol": _patrolled,
    "patrol/patrol": _patrolled,
    "protect/modify": _protected,
    "protect/move_prot": _protection_moved,
    "protect/protect": _protected,
    "rights/autopromote": _groups_changed,
    "rights/rights": _groups_changed,
    "tag/update": _tagged,
}
