"""``<logitem>``: one line of the wiki's logs (``pages-logging.xml``, since 0.4)."""

from __future__ import annotations

from scraper.model import Hidden, LogEvent, Title, Via
from scraper.readers.dump_log_params import read_params, title_of
from scraper.readers.dump_values import Element, children, id_of, is_deleted, read_timestamp, read_user, text_of
from scraper.titles import TitleParser

HIDEABLE = {"contributor": Hidden.USER, "comment": Hidden.COMMENT, "text": Hidden.ACTION}


def read_log_event(element: Element, titles: TitleParser) -> LogEvent:
    """Raises ValueError without an id."""
    parts = children(element)
    hidden = frozenset(part for name, part in HIDEABLE.items() if is_deleted(parts.get(name)))
    return LogEvent(
        log_id=id_of(parts),
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
    return titles.split(text, title_of(text, titles)[0]) if text else None
