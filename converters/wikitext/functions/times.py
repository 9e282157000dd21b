"""``#time`` and ``#timel``: dates in the wiki's words.

https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions##time
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from converters.language import format_time, language
from converters.wikitext.clock import zone_of
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood, complaint
from converters.wikitext.functions.moment import NoDate
from converters.wikitext.functions.moments import read_moment

# ParserFunctions::MAX_TIME_CHARS.
FORMAT_LIMIT = 6000
# Two moments that have nothing in common: what is the same seen from both does not ask for the time.
ANCHORS = (datetime(2000, 1, 5, 1, 2, 3, tzinfo=UTC), datetime(2013, 11, 20, 22, 41, 52, tzinfo=UTC))


def _time(call: FunctionCall) -> str:
    return _told(call, zone_of(call.page) if call.argument(3) else UTC)


def _local_time(call: FunctionCall) -> str:
    return _told(call, zone_of(call.page))


def _told(call: FunctionCall, zone: tzinfo) -> str:
    """The date asked for. Raises NotUnderstood where it depends on a time that nobody knows."""
    now = call.page.lookups.now
    try:
        told = {_written(call, zone, moment) for moment in (ANCHORS if now is None else (now,))}
    except NoDate:
        return complaint(call, "time_error")
    if len(told) > 1:
        call.page.lacks_revision = True
        raise NotUnderstood("now")
    return told.pop()


def _written(call: FunctionCall, zone: tzinfo, now: datetime) -> str:
    when = read_moment(call.argument(1) or "now", now)
    code = call.argument(2).lower() or call.page.wiki.site.language
    try:
        return format_time(call.first[:FORMAT_LIMIT], when.astimezone(zone), language(code))
    except OverflowError as error:
        raise NoDate from error


TIMES: dict[str, Function] = {"#time": _time, "#timel": _local_time}
