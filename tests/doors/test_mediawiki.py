"""Laws that hold for every page of the real wikis of the laboratory, on MediaWiki 1.39 and 1.43."""

from __future__ import annotations

from functools import partial

from lxml import etree

from converters import rendered, wikitext
from converters.document import Lookups, validate
from converters.document.furniture import FURNITURE
from converters.document.text import visible_text
from converters.document.wiki import Wiki
from scraper.model import Namespace, Rendering, Site, Via
from scraper.titles import TitleParser
from tests.lab.api import Api, ApiError
from tests.lab.wiki import RealWiki

# What stands in the HTML for editors and scripts, and is said elsewhere or not at all.
UNREAD = frozenset({"script", "style"})
# Figures whose caption is their tooltip.
FRAMELESS = frozenset({"mw:File", "mw:File/Frameless", "mw:Error mw:File", "mw:Error mw:File/Frameless"})


def wiki_of(real: RealWiki) -> Wiki:
    parts = "general|namespaces|namespacealiases|interwikimap|magicwords|extensiontags"
    siteinfo = real.api().get("query", meta="siteinfo", siprop=parts)["query"]
    general = siteinfo["general"]
    site = Site(
        general["sitename"], general["base"], general["generator"], general["lang"], general["mainpage"],
        general["server"], general["articlepath"], general["scriptpath"], general["case"], general["timezone"],
        "", "", siteinfo, Via.API,
    )  # fmt: skip
    namespaces = (
        Namespace(entry["id"], entry["name"], entry.get("canonical", ""), entry["case"])
        for entry in siteinfo["namespaces"].values()
    )
    return Wiki(site, TitleParser(namespaces))


def pages(real: RealWiki, namespaces: tuple[int, ...] = (0, 1, 4, 12)) -> list[tuple[str, str, str]]:
    """Title, wikitext and HTML of every page of some namespaces."""
    found: list[str] = []
    for namespace in namespaces:
        for answer in real.api().pages(list="allpages", apnamespace=namespace, aplimit=500):
            found += [page["title"] for page in answer["allpages"]]
    parsed = (page for page in map(partial(parse, real.api()), found) if page is not None)
    return [(page["title"], page["wikitext"], page["text"]) for page in parsed if len(page["wikitext"]) < 100_000]


def parse(visitor: Api, title: str) -> dict[str, str] | None:
    """MediaWiki's own reading of a page; ``None`` for the few that it fails on."""
    try:
        page: dict[str, str] = visitor.post("parse", page=title, prop="wikitext|text")["parse"]
    except ApiError:
        return None
    return page


def words(html: str) -> set[str]:
    """The words of MediaWiki's HTML that a reader sees, found without the door."""
    root = etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser(remove_comments=True))
    for element in list(root.iter()):
        classes = set((element.get("class") or "").split())
        is_tooltip = element.tag == "figcaption" and element.getparent().get("typeof") in FRAMELESS
        if element.tag in UNREAD or classes & FURNITURE or is_tooltip:
            element.clear(keep_tail=True)
    return set(" ".join(root.itertext()).split())


def test_every_visible_word_is_in_the_document(each_seeded_wiki: RealWiki) -> None:
    wiki = wiki_of(each_seeded_wiki)
    seen = pages(each_seeded_wiki)
    assert len(seen) > 10
    for title, _, html in seen:
        document = rendered.read(Rendering(1, 1, html, None, (), (), (), Via.API), wiki.titles.parse(title), wiki)
        assert validate(document.root) == []
        missing = words(html) - set(" ".join(document.root.itertext()).split())
        assert missing == set(), title


def test_both_doors_read_most_pages_alike(each_seeded_wiki: RealWiki) -> None:
    wiki = wiki_of(each_seeded_wiki)
    seen = pages(each_seeded_wiki)
    templates = {title: text for title, text, _ in pages(each_seeded_wiki, (10,))}
    lookups = Lookups(lambda title: templates.get(title.full))
    alike = 0
    for title, text, html in seen:
        page = wiki.titles.parse(title)
        theirs = rendered.read(Rendering(1, 1, html, None, (), (), (), Via.API), page, wiki)
        ours = wikitext.read(text, page, wiki, lookups)
        assert validate(ours.root) == []
        alike += visible_text(theirs.root) == visible_text(ours.root)
    assert alike / len(seen) > 0.75
