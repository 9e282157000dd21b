"""Laws that hold on real wikis; skipped, saying so, where the collection of real wikis is not beside the project."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from converters.document import Element, article, inner_html
from converters.document.text import visible_text
from converters.document.wiki import Wiki
from converters.parse import context_of, parse
from converters.parse.pages import PageSource, read_document
from converters.parse.plan import page_sources
from converters.records import Reading, extract, outline
from converters.records.outline import is_apparatus
from scraper.archive import Archive
from tests.records.wikis import content, new_archive, write

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
WIKIS = ("volab-fr-history.xml.xz", "ekopedia-fr-permaculture.xml.xz")
MAX_PAGES = 70
WORD = re.compile(r"\w+")


@pytest.fixture(params=WIKIS)
def pages(request) -> list[tuple[int, str, str, str]]:
    """Of each page: id, title, first text, last text."""
    path = CORPORA / request.param
    if not path.exists():
        pytest.skip(f"{path} is not here: laws on real wikis were not tried")
    with lzma.open(path) as dump:
        return list(islice(_pages(dump), MAX_PAGES))


def _pages(dump: object) -> Iterator[tuple[int, str, str, str]]:
    for _, page in etree.iterparse(dump, tag="{*}page"):
        texts = [text.text or "" for text in page.iterfind("{*}revision/{*}text")]
        yield int(page.findtext("{*}id")), page.findtext("{*}title"), texts[0], texts[-1]
        page.clear()


def _archive(folder: Path, pages: list[tuple[int, str, str, str]], version: int) -> Archive:
    return new_archive(folder, [(page[0], page[1], page[version]) for page in pages])


def test_parsing_after_every_change_equals_parsing_from_scratch(pages, tmp_path):
    with _archive(tmp_path / "steps", pages, 2) as archive:
        parse(archive)
        write(archive, [(page[0], page[1], page[3]) for page in islice(pages, 0, None, 2)])
        parse(archive)
        write(archive, [(page[0], page[1], page[3]) for page in islice(pages, 1, None, 2)])
        parse(archive)
        in_steps = content(archive.connection)
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        parse(archive, everything=True)
        assert content(archive.connection) == in_steps


def test_no_word_of_a_page_is_lost_and_sections_hold_all_of_it(pages, tmp_path):
    with _archive(tmp_path / "wiki", pages, 3) as archive:
        context = context_of(archive)
        wiki = Wiki(context.site, archive.titles())
        for page in page_sources(archive, [page[0] for page in pages]):
            _check_words(page, wiki)


def _check_words(page: PageSource, wiki: Wiki) -> None:
    document = read_document(page, wiki)
    rows = extract(Reading(document, outline(document.root), wiki))
    ((_, text, _),) = rows["page_text"]
    assert _words(document.root) <= set(WORD.findall(text)), page.title
    sections = "\n".join(part for row in rows["sections"] for part in (row[3], row[5]) if part)
    assert sections == text, page.title


def _words(root: Element) -> set[str]:
    """Of the page without the marks of references and the ways back."""
    without = article(inner_html(root))
    for element in list(without.iter()):
        if is_apparatus(element):
            element.text = " "
            del element[:]
    return set(WORD.findall(visible_text(without)))
