"""Generated MediaWiki XML, for histories too long to be written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

NAMESPACE = "http://www.mediawiki.org/xml/export-0.10/"
FIRST = datetime(2016, 3, 1, 8, 30, tzinfo=UTC)
CONTRIBUTORS = (
    "<username>Thermomètre</username><id>901</id>",
    "<username>ancien&gt;Sonde</username><id>902</id>",
    "<ip>198.51.100.23</ip>",
    "<ip>2001:DB8:0:0:0:0:0:42</ip>",
)


def long_page(title: str, revisions: int) -> str:
    """A page whose list grows by one line each revision and is shortened every hundredth.

    Revisions are seven hours apart; every fiftieth repeats the second of the one before.
    """
    rows = "".join(_revisions(revisions))
    page = f"<page><title>{escape(title)}</title><ns>0</ns><id>7000</id>{rows}</page>"
    return f'<mediawiki xmlns="{NAMESPACE}" version="0.10" xml:lang="fr">{page}</mediawiki>\n'


def _revisions(count: int) -> Iterator[str]:
    time = FIRST
    for number in range(1, count + 1):
        time += timedelta(0) if number % 50 == 0 else timedelta(hours=7)
        yield _revision(number, time)


def _revision(number: int, time: datetime) -> str:
    minor = "<minor/>" if number % 7 == 0 else ""
    comment = f"<comment>relevé {number}</comment>" if number % 5 else ""
    return (
        f"<revision><id>{70000 + number}</id><timestamp>{time:%Y-%m-%dT%H:%M:%SZ}</timestamp>"
        f"<contributor>{CONTRIBUTORS[number % 4]}</contributor>{minor}{comment}"
        "<model>wikitext</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{_text(number)}</text></revision>\n'
    )


def _text(number: int) -> str:
    since = number - number % 100
    lines = [f"* relevé {line} : {line * 37 % 71} °C au cœur du tas" for line in range(since, number + 1)]
    return "== Températures ==\n" + "\n".join(lines)
