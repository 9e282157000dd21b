"""Each vector of the corpus where a page may speak, through both doors, in a real Chromium without CSP."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from converters import rendered, wikitext
from converters.document import Lookups, PageDocument, validate
from converters.exporters.site.content import Targets, heading_html, to_html
from scraper.model import Title
from tests.doors.wikis import PAGES, french_wiki, rendering
from tests.hostile.inert import faults

RUN = "top.document.documentElement.dataset.owned=1"
LINES = (Path(__file__).parents[1] / "hostile" / "xss.txt").read_bytes().splitlines()
VECTORS = [line.decode("unicode_escape").replace("parent.RUN", RUN).replace("RUN", RUN) for line in LINES]
PLACES = (
    "%s",
    "{{Salut|%s}}",
    "{{Rien|%s|a=%s}}",
    "{{Fiche|nom=%s|lieu=<nowiki>%s</nowiki>}}",
    '<span title="%s" id="%s" class="%s">x</span>',
    "<div style='%s' lang='%s'>x</div>",
    '<div style="color:%s">x</div>',
    "{| %s\n|+ %s\n|- %s\n| %s | x\n! %s\n|}",
    "[[Jardin|%s]] [[Jardin#%s]] [[%s]]",
    "[http://a.example/%s %s] [%s x] http://a.example/%s",
    "[[de:%s]] [[:de:%s|%s]] [[wikipedia:%s]]",
    "[[Fichier:Tas.png|thumb|alt=%s|link=%s|%s]]",
    "[[Fichier:Tas.png|class=%s|link=http://a.example/%s]] [[Fichier:%s.png|thumb|%s]]",
    '<gallery caption="%s" mode="%s">\nTas.png|%s\n%s.png|link=%s|alt=%s\n</gallery>',
    "<imagemap>\nFichier:Tas.png|%s\nrect 1 1 2 2 [http://a.example/%s %s]\n</imagemap>",
    "<math>%s</math> <math>\\text{%s}\\href{%s}{x}</math> <chem>%s</chem>",
    'a<ref name="%s" group="%s">%s</ref><references group="%s"/>',
    "== %s ==\n\n=== a ===\n{{DISPLAYTITLE:%s}}",
    '<syntaxhighlight lang="%s" line start="%s" highlight="%s">%s</syntaxhighlight><source lang=html>%s</source>',
    "<poem class='%s'>%s</poem> <pre style='%s'>%s</pre> <nowiki>%s</nowiki>",
    "{{#tag:ref|%s|name=%s}} {{#tag:pre|%s}} {{#if:a|%s}} {{lc:%s}} {{urlencode:%s}} {{anchorencode:%s}}",
    "{{#invoke:Essai|%s}} {{#expr:%s}} {{#time:%s}} {{int:%s}} {{fullurl:%s}}",
    "* %s\n; %s : %s\n %s\n'''%s'''",
    "[[Catégorie:%s|%s]] {{DEFAULTSORT:%s}} [[nom::%s]] <indicator name='%s'>%s</indicator>",
    "&lt;%s&gt; &#60;script>%s -{%s}- <!-- %s -->",
)
TOUCH = """html => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const inner = frame.contentDocument;
  inner.open(); inner.write('<!doctype html><body><main></main>' + html); inner.close();
  // What is read, written and read again may become another tree.
  inner.querySelector('main').innerHTML = html;
  const again = inner.querySelector('main').innerHTML;
  inner.querySelector('main').innerHTML = again;
  for (const element of inner.querySelectorAll('*'))
    for (const event of ['mouseover', 'focus', 'load', 'error', 'toggle', 'animationstart'])
      element.dispatchEvent(new Event(event));
  for (const element of inner.querySelectorAll('a[href^="javascript" i]')) element.click();
  frame.remove();
}"""
OWNED = "new Promise(done => setTimeout(() => done(document.documentElement.dataset.owned !== undefined), 50))"


def published(vector: str, number: int) -> str:
    """The vector as the wiki's own HTML, and as wikitext in a few of the places, another few for each vector."""
    wiki, title = french_wiki(), Title(0, "Essai")
    lookups = Lookups(template=lambda asked: PAGES.get(asked.full))
    places = [PLACES[0], *(PLACES[1 + (5 * number + step) % (len(PLACES) - 1)] for step in range(5))]
    documents = [wikitext.read(place.replace("%s", vector), title, wiki, lookups) for place in places]
    documents.append(rendered.read(rendering(vector), title, wiki))
    assert [fault for document in documents for fault in validate(document.root)] == []
    return "\n".join(map(_html, documents))


def _html(document: PageDocument) -> str:
    shown = heading_html(document.display_title) if document.display_title else ""
    return shown + to_html(document.root, "wiki/Essai", Targets(_nowhere, _nowhere, lambda title: f"{title} manque"))


def _nowhere(_name: str) -> None:
    return None


@pytest.fixture(scope="module")
def written() -> list[str]:
    return [published(vector, number) for number, vector in enumerate(VECTORS)]


def test_nothing_that_could_run_is_written(written: list[str]) -> None:
    found = [(vector, wrong) for vector, html in zip(VECTORS, written, strict=True) if (wrong := faults(html))]
    assert found == []


def test_nothing_runs_and_nothing_is_asked_for(written: list[str], page: Page) -> None:
    asked: list[str] = []
    page.goto("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialog.dismiss())
    for html in written:
        page.evaluate(TOUCH, html)
    assert not page.evaluate(OWNED)
    assert asked == []
    # The same trap, with bait.
    page.evaluate(TOUCH, VECTORS[0])
    assert page.evaluate(OWNED)
