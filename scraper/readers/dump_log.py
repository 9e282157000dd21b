"""``<logitem>``: one line of the wiki's logs (``pages-logging.xml``, since 0.4)."""

from __future__ import annotations

from typing import Any

from scraper.model import Hidden, LogEvent, Timestamp, Title, Via
from scraper.readers.dump_php import unserialise
from scraper.readers.dump_values import Element, children, is_deleted, number_of, read_timestamp, read_user, text_of
from scraper.titles import IllegalTitle, TitleParser

SUPPRESS_REDIRECT = "5:bool:suppressredirect"
MOVE_KEYS = {  # MoveLogFormatter::getParametersForApi
    "0": "4:title:target",
    "1": SUPPRESS_REDIRECT,
    "4::target": "4:title:target",
    "5::noredir": SUPPRESS_REDIRECT,
}
HIDEABLE = {"contributor": Hidden.USER, "comment": Hidden.COMMENT, "text": Hidden.ACTION}


def read_log_event(element: Element, titles: TitleParser) -> LogEvent:
    """Raises ValueError when it has no id."""
    parts = children(element)
    log_id = number_of(parts, "id")
    if log_id is None:
        raise ValueError("it has no id")
    hidden = frozenset(part for name, part in HIDEABLE.items() if is_deleted(parts.get(name)))
    return LogEvent(
        log_id=log_id,
        type=text_of(parts, "type") or "",
        action=text_of(parts, "action") or "",
        timestamp=read_timestamp(text_of(parts, "timestamp")),
        user=read_user(parts.get("contributor")),
        title=_title(text_of(parts, "logtitle"), titles),
        page_id=None,
        comment=None if Hidden.COMMENT in hidden else text_of(parts, "comment") or "",
        params=read_params(text_of(parts, "params") or "", text_of(parts, "type") or "", titles),
        tags=(),
        via=Via.DUMP,
        hidden=hidden,
    )


def _title(text: str | None, titles: TitleParser) -> Title | None:
    if not text:
        return None
    try:
        return titles.split(text, titles.parse(text).namespace_id)
    except IllegalTitle:
        return Title(0, text)


def read_params(text: str, log_type: str, titles: TitleParser) -> dict[str, Any]:
    """As ``list=logevents`` gives them, from what the database holds: serialised by PHP, before 1.19 one in a line.

    What cannot be read is kept as it is, under ``raw``.
    """
    if not text.strip():
        return {}
    try:
        stored = unserialise(text) if text.startswith("a:") else text.split("\n")
    except ValueError:
        return {"raw": text}
    keyed = stored if isinstance(stored, dict) else {str(number): value for number, value in enumerate(stored)}
    if log_type == "move":
        keyed = {MOVE_KEYS.get(key, key): value for key, value in keyed.items()}
        keyed.setdefault(SUPPRESS_REDIRECT, False)
    params: dict[str, Any] = {}
    for key, value in keyed.items():
        params |= _param(key, value, titles)
    return params


def _param(key: str, value: Any, titles: TitleParser) -> dict[str, Any]:
    """A key is the name, or position, type and name: ``4:bool:done`` (LogFormatter::formatParameterValueForApi)."""
    position, _, typed = key.partition(":")
    kind, colon, name = typed.partition(":")
    if not (colon and position.isdecimal()):
        return {key: value}
    if kind in ("title", "title-link"):
        title = _title(str(value), titles)
        return {f"{name}_ns": title.namespace_id, f"{name}_title": title.full} if title else {name: value}
    if kind == "bool":
        return {name: value not in (False, None, "", "0", 0)}
    if kind == "number" and str(value).isdecimal():
        return {name: int(value)}
    if kind == "timestamp" and str(value).isdecimal() and len(str(value)) == 14:
        return {name: Timestamp.from_mediawiki(str(value)).iso}
    return {name: value}
