"""What a wiki says of itself is no more to be trusted than its pages."""

from __future__ import annotations

import pytest

from converters import wikitext
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
    ],
    ids=str,
)
def test_a_wiki_that_tells_nonsense_of_itself_is_read(told: dict[str, object]) -> None:
    document = wikitext.read("a[[b]]c", Title(0, "Essai"), described_wiki({}, {"lang": "fr", **told}))
    assert "".join(document.root.itertext()).strip() == "abc"
