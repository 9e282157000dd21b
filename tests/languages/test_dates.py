"""Dates: what a real MediaWiki displays in all its languages is read back; and ``dates.txt``, ``sentences.txt``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.languages import of
from scraper.model import Timestamp
from tests.lab.wiki import RealWiki

HERE = Path(__file__).parent
SCRIPT = HERE / "displayed_dates.php"
# Preferences in calendars that no language uses by default.
OTHER_CALENDARS = ("hijri", "hebrew", "nengo", "islamic")
FOOTER = "2017-05-25T14:56"


@dataclass(frozen=True, slots=True)
class Shown:
    code: str
    style: str
    moment: str
    text: str

    @property
    def is_own(self) -> bool:
        """Whether a visitor sees it, who has chosen nothing."""
        return self.style == "default"

    @property
    def read(self) -> str:
        language = of(self.code)
        if self.moment == "footer":
            return language.find_moment(self.text) or ""
        return next(iter(language.parse_date(self.text)), "")

    @property
    def is_right(self) -> bool:
        expected = FOOTER if self.moment == "footer" else Timestamp.from_mediawiki(self.moment).iso[:16]
        return self.read[:16] == expected


def shown_by(wiki: RealWiki) -> Iterator[Shown]:
    output = wiki.maintenance("eval", text=f"require '{SCRIPT}';")
    for line in output.splitlines():
        if line.count("\t") == 3:
            yield Shown(*line.split("\t"))


def cases(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("code", "text", "moment"), cases("dates.txt"))
def test_dates(code: str, text: str, moment: str) -> None:
    assert next(iter(of(code).parse_date(text)), "") == moment


@pytest.mark.parametrize(("code", "text", "moment"), cases("sentences.txt"))
def test_sentences(code: str, text: str, moment: str) -> None:
    assert (of(code).find_moment(text) or "") == moment


def test_every_date_in_a_text_is_found() -> None:
    text = "(actu | diff) 5 janvier 2018 à 16:54 Brume, puis 12 mars 2019 à 08:00"
    assert [date.iso for date in of("fr").find_dates(text)] == ["2018-01-05T16:54", "2019-03-12T08:00"]


def test_displayed_dates_are_read_back(
    wiki_copies: Callable[..., RealWiki], record_property: Callable[[str, object], None]
) -> None:
    shown = [date for date in shown_by(wiki_copies(series="1.43")) if not date.style.startswith(OTHER_CALENDARS)]
    wrong = [date for date in shown if not date.is_right]
    record_property("dates read back", f"{len(shown) - len(wrong)} of {len(shown)}")
    assert len({date.code for date in shown}) > 500
    assert [date for date in wrong if date.is_own] == []
    assert len(wrong) / len(shown) < 0.001, Counter((date.code, date.style) for date in wrong)
