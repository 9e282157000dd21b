"""What a wiki says of itself is no more to be trusted than its pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from converters import wikitext
from converters.document import Lookups
from converters.wikitext.described import described_wiki
from scraper.model import Title


@pytest.mark.parametrize(
    "told",
    [
        {"lang": "a" * 3000},
        {"lang": "../zh"},
        {"linkprefix": True, "linkprefixcharset": "]a("},
        {"linkprefix": True, "linkprefixcharset": "\\x{110000}"},
        {"linktrail": "/^((((/"},
        {"timezone": "America"},
        {"timezone": "a/" * 1000 + "a"},
        {"generator": f"MediaWiki 1.{'9' * 5000}"},
    ],
    ids=str,
)
def test_a_wiki_that_tells_nonsense_of_itself_is_read(told: dict[str, object]) -> None:
    wiki = described_wiki({}, {"lang": "fr", **told})
    moment = datetime(2009, 3, 4, tzinfo=UTC)
    text = "a[[b]]c[[File:A.png]] {{LOCALYEAR}}"
    document = wikitext.read(text, Title(0, "Essai"), wiki, Lookups(moment=moment, has_file=lambda _: True))
    assert "".join(document.root.itertext()).strip() == "abc 2009"
