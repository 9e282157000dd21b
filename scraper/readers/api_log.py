"""list=logevents: what was moved, deleted, uploaded, protected, …"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scraper.model import Hidden, LogEvent, Via
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.api_log_params import old_params
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

FLAGS = {
    "actionhidden": Hidden.ACTION,
    "userhidden": Hidden.USER,
    "commenthidden": Hidden.COMMENT,
    "suppressed": Hidden.SUPPRESSED,
}


def read_log_events(answer: Answer, titles: TitleParser) -> Reading:
    """Log events in the answer's order."""
    return Reading.of(_event(item, titles) for item in answer.query.get("logevents", ()) if "logid" in item)


def _event(item: Mapping[str, Any], titles: TitleParser) -> LogEvent:
    params = item["params"] if "params" in item else old_params(item)
    return LogEvent(
        log_id=item["logid"],
        type=str(item.get("type", "")),
        action=str(item.get("action", "")),
        timestamp=parts.timestamp(item.get("timestamp")),
        user=parts.user(item),
        title=parts.title(item, titles),
        page_id=parts.number(item.get("logpage", item.get("pageid"))),
        comment=parts.comment(item),
        params=params if isinstance(params, dict) else {"params": params},
        tags=parts.texts(item.get("tags")),
        via=Via.API,
        hidden=parts.hidden(item, FLAGS),
    )
