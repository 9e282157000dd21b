"""Long runs of what one pattern takes for its beginning: none may be looked through once more for each of its signs.

What took the square of its length once, and so minutes.
"""

from __future__ import annotations

import re
import time

import pytest

from converters import wikitext
from converters.document import Lookups
from converters.wikitext.described import described_wiki
from scraper.model import Title
from scraper.readers.api_parse import REPORTS
from scraper.readers.discovery import GENERATOR, RSD
from scraper.readers.html.comments import BEFORE_MORE
from scraper.readers.html.file_pages import DIMENSIONS
from scraper.readers.html.links import FILE_OF_TITLE
from scraper.readers.html.recognition import IN_PARENTHESES

# Of CPU time.
SECONDS = 2.0
LONG = 70_000
# Words that no two places share: the text is not monotonous.
WORDS = " ".join(f"{number * 2654435761 % 2**32:x}" for number in range(2500)) + "\n\n"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", f"{{{{formatnum:{'1' * LONG}x}}}}"),
        ("fr", f"{{{{plural:1|{'1' * LONG}}}}}"),
        ("fr", f"[[File:a.png|1x11{' ' * LONG}z|mot]]"),
        ("fr", f"[[File:a.png|thumb|upright={'1' * LONG}z|mot]]"),
        ("fr", f"[[File:a.png|thumb|<{'a' * LONG}]]"),
        ("fr", f"<ref><{'a' * LONG}</ref>"),
        ("fr", f"<ref>{'<ref ' * 10_000}<b></b></ref>"),
        ("fr", f"<{'b' * LONG}"),
        ("fr", f"<pre>{'<nowiki>a' * 8000}</pre>"),
        ("fr", "{{#lsth:A|a}}"),
        ("ru", f"{{{{grammar:genitive|{'а' * LONG}x}}}}"),
        ("zh", WORDS + "<h1>中" * 15_000),
        ("zh", WORDS + "<code>" * 19_000),
        ("zh", WORDS + "<pre>mot" * 15_000),
        ("zh", f"-{{H|a=>zh-tw:b;{' ' * LONG}}}-"),
        ("ar", f"{'ء' * LONG} [[a]]"),
    ],
    ids=lambda value: value[-12:],
)
def test_texts_are_read_in_time(language: str, text: str) -> None:
    wiki = described_wiki({}, {"lang": language})
    lookups = Lookups(template=lambda _title: f"= 1{' ' * LONG}x")
    began = time.process_time()
    wikitext.read(text, Title(0, "Essai"), wiki, lookups)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REPORTS, " " * LONG + "x"),
        (REPORTS, "<!-- Saved in parser cache" * LONG),
        (RSD, "<link rel='EditURI' " * 10_000),
        (GENERATOR, "<meta name='generator' " * 10_000),
        (BEFORE_MORE, " " * LONG + "x"),
        (DIMENSIONS, "1 " * LONG),
        (FILE_OF_TITLE, "./" * LONG),
        (IN_PARENTHESES, " " * LONG + "x"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_patterns_of_readers_end(pattern: re.Pattern[str], text: str) -> None:
    began = time.process_time()
    assert pattern.search(text) is None
    assert time.process_time() - began < SECONDS
