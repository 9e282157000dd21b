"""Both doors agree: what MediaWiki itself renders from a case's wikitext gives the records that the case lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model import Rendering
from tests.lab.wiki import RealWiki
from tests.records.cases import FOLDER, TITLE, WIKI, lines_of, read_case
from tests.records.wikis import rendering

CASES = [path for path in sorted(FOLDER.glob("*.txt")) if path.read_text("utf-8").startswith("!! wikitext")]


def rendered(wiki: RealWiki, text: str) -> Rendering:
    """What ``action=parse`` makes of a text."""
    answer = wiki.api().post(
        "parse", title=TITLE.full, text=text, contentmodel="wikitext", prop="text|sections|categories|langlinks"
    )["parse"]
    lists = {key: tuple(answer[key]) for key in ("categories", "sections")}
    return rendering(1, 1, answer["text"], language_links=tuple(answer["langlinks"]), **lists)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_wiki_s_own_html_gives_the_same_records(seeded_wiki, path):
    case = read_case(path)
    general = seeded_wiki.api().get("query", meta="siteinfo")["query"]["general"]
    site = replace(
        WIKI.site, server=general["server"], article_path=general["articlepath"], script_path=general["scriptpath"]
    )
    rows = case.records_of_rendering(rendered(seeded_wiki, case.page), site)
    for expected in case.expectations:
        assert lines_of(rows[expected.table], expected.table, expected.columns) == expected.lines, expected.table
