"""The wikitext door makes of every case what the rendered door makes of MediaWiki's own HTML."""

from __future__ import annotations

import pytest

from converters import rendered, wikitext
from converters.document import Lookups, validate
from converters.document.text import visible_text
from converters.wikitext.described import described_wiki
from scraper.model import Title
from tests.doors.cases import Case, all_cases, language_cases, outline
from tests.doors.wikis import LOOKUPS, french_wiki, rendering

CASES = all_cases()
LANGUAGE_CASES = language_cases()
TITLE = Title(0, "Essai")


def test_there_are_cases() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_both_doors_agree(case: Case) -> None:
    wiki = french_wiki()
    ours = wikitext.read(case.wikitext, TITLE, wiki, LOOKUPS)
    theirs = rendered.read(rendering(case.html), TITLE, wiki)
    assert outline(ours.root) == outline(theirs.root)
    assert visible_text(ours.root) == visible_text(theirs.root)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_both_doors_write_the_vocabulary(case: Case) -> None:
    wiki = french_wiki()
    assert validate(wikitext.read(case.wikitext, TITLE, wiki).root) == []
    assert validate(rendered.read(rendering(case.html), TITLE, wiki).root) == []


@pytest.mark.parametrize("case", LANGUAGE_CASES, ids=lambda case: case.label)
def test_both_doors_agree_in_other_languages(case: Case) -> None:
    wiki = described_wiki({}, {"lang": case.path.stem.partition("-")[0]})
    lookups = Lookups(shows_boxes=False, variant=case.path.stem)
    ours = wikitext.read(case.wikitext, TITLE, wiki, lookups)
    theirs = rendered.read(rendering(case.html), TITLE, wiki)
    assert outline(ours.root) == outline(theirs.root)
