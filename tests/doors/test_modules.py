"""Pages of Lua modules: what they show of their documentation, as MediaWiki 1.43 with Scribunto does."""

from __future__ import annotations

import pytest

from converters import wikitext
from converters.document import Category, Lookups, inner_html, validate
from scraper.model import Title
from tests.doors.wikis import french_wiki

TITLE = Title(828, "Saison", "Module")
SOURCE = 'return "<b></pre>"'
SHOWN = '<pre class="mw-code mw-script" dir="ltr">return "&lt;b&gt;&lt;/pre&gt;"</pre>'
ABOUT = "Les '''saisons'''.[[Catégorie:Modules]]"


def read(pages: dict[str, str], language: str = "fr") -> tuple[str, tuple[Category, ...]]:
    lookups = Lookups(lambda title: pages.get(title.full), lambda title: title.full in pages)
    document = wikitext.read_module(SOURCE, TITLE, french_wiki(language=language), lookups)
    assert validate(document.root) == []
    return inner_html(document.root).replace("\n", ""), document.categories


@pytest.mark.parametrize(
    ("language", "pages"),
    [
        ("fr", {"Module:Saison/doc": ABOUT}),
        ("de", {"Module:Saison/Doku": ABOUT}),
        ("fr", {"Module:Saison/aide": ABOUT, "MediaWiki:Scribunto-doc-page-name": "Module:$1/aide"}),
    ],
)
def test_the_documentation_stands_above_the_source(language: str, pages: dict[str, str]) -> None:
    shown, categories = read(pages, language)
    assert shown == f"<p>Les <b>saisons</b>.</p><hr>{SHOWN}"
    assert categories == (Category(Title(14, "Modules", "Catégorie")),)


def test_a_documentation_that_nobody_wrote() -> None:
    shown, _ = read({})
    assert "<i>La documentation pour ce module peut être créée à <a " in shown
    assert 'data-title="Module:Saison/doc"' in shown
    assert shown.endswith(SHOWN)


@pytest.mark.parametrize("name", ["-", "", "[[<|$1", "doc-page-show"])
def test_a_wiki_may_say_nothing_of_it(name: str) -> None:
    if name == "doc-page-show":
        pages = {"Module:Saison/doc": ABOUT, "MediaWiki:Scribunto-doc-page-show": "-"}
    else:
        pages = {"MediaWiki:Scribunto-doc-page-name": name}
    assert read(pages) == (SHOWN, ())
