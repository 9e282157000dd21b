"""The rendered door: addresses of every kind, and the HTML of MediaWiki 1.27 to 1.43 in one shape."""

from __future__ import annotations

import pytest

from converters import rendered
from converters.document import Category, Element, LanguageLink, inner_html, validate
from scraper.model import Rendering, Title, Via
from tests.doors.wikis import french_wiki, rendering

TITLE = Title(0, "Essai")


def read(html: str) -> Element:
    root = rendered.read(rendering(f'<div class="mw-parser-output">{html}</div>'), TITLE, french_wiki()).root
    assert validate(root) == []
    return root


def link(href: str, attributes: str = "") -> dict[str, str]:
    found = read(f'<p><a href="{href}" {attributes}>x</a></p>').find(".//a")
    assert found is not None
    return {str(name): str(value) for name, value in found.attrib.items()}


@pytest.mark.parametrize(
    ("href", "title", "kind"),
    [
        ("/wiki/Jardin", "Jardin", "internal"),
        ("/wiki/Caf%C3%A9_du_coin", "Café du coin", "internal"),
        ("/w/index.php?title=Jardin", "Jardin", "internal"),
        ("/index.php?title=Jardin", "Jardin", "internal"),
        ("/index.php?title=Jardin%EF%BF%BF", "Jardin", "internal"),
        ("/w/index.php/Jardin", "Jardin", "internal"),
        ("http://wiki.example.org/wiki/Jardin", "Jardin", "internal"),
        ("https://wiki.example.org/wiki/Jardin", "Jardin", "internal"),
        ("//wiki.example.org/wiki/Jardin", "Jardin", "internal"),
        ("/wiki/Sp%C3%A9cial:Recherche", "Spécial:Recherche", "internal"),
        ("/wiki/Fichier:Bac.png", "Fichier:Bac.png", "file"),
        ("/wiki/Cat%C3%A9gorie:Plantes", "Catégorie:Plantes", "category"),
        ("/images/a/ab/Plan_du_bac.pdf", "Fichier:Plan du bac.pdf", "file"),
        ("/wiki/A/B_%26_C%3F", "A/B & C?", "internal"),
    ],
)
def test_addresses_of_the_wiki(href: str, title: str, kind: str) -> None:
    assert link(href) == {"data-link": kind, "data-title": title}


def test_fragment_is_decoded() -> None:
    assert link("/wiki/Jardin#%C3%89t%C3%A9")["data-fragment"] == "Été"
    assert link("#%C3%89t%C3%A9") == {"data-link": "anchor", "href": "#Été"}


def test_red_links() -> None:
    found = link("/w/index.php?title=Rien&amp;action=edit&amp;redlink=1", 'class="new" title="Rien (page inexistante)"')
    assert found == {"data-link": "internal", "data-title": "Rien", "data-missing": ""}
    found = link("/w/index.php?title=Sp%C3%A9cial:T%C3%A9l%C3%A9verser&amp;wpDestFile=Bac_vert.png", 'class="new"')
    assert found == {"data-link": "file", "data-title": "Fichier:Bac vert.png", "data-missing": ""}


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("http://example.net/wiki/Jardin", "http://example.net/wiki/Jardin"),
        ("//example.net/a", "//example.net/a"),
        ("mailto:zoe@example.net", "mailto:zoe@example.net"),
        (
            "/w/index.php?title=Jardin&amp;action=history",
            "http://wiki.example.org/w/index.php?title=Jardin&action=history",
        ),
        ("/w/index.php?title=Jardin&amp;oldid=7", "http://wiki.example.org/w/index.php?title=Jardin&oldid=7"),
        ("http://[cassé", "http://[cassé"),
    ],
)
def test_addresses_of_the_web(href: str, url: str) -> None:
    assert link(href) == {"data-link": "external", "href": url}


def test_interwiki_and_language_links() -> None:
    found = link("https://en.wikipedia.org/wiki/Compost", 'class="extiw" title="wikipedia:Compost"')
    assert (found["data-link"], found["data-title"]) == ("interwiki", "wikipedia:Compost")
    found = link("https://de.example.org/wiki/Kompost", 'class="extiw" title="de:Kompost"')
    assert (found["data-link"], found["data-title"]) == ("language", "de:Kompost")


@pytest.mark.parametrize("article_path", ["/$1", "/index.php/$1", "/encyclo/$1", "/index.php?title=$1"])
def test_other_article_paths(article_path: str) -> None:
    wiki = french_wiki(article_path=article_path)
    html = f'<p><a href="{article_path.replace("$1", "Le_jardin")}">x</a></p>'
    found = rendered.read(rendering(html), TITLE, wiki).root.find(".//a")
    assert found is not None
    assert found.get("data-title") == "Le jardin"


@pytest.mark.parametrize("script_path", ["/w", ""])
def test_uploads_below_an_article_path_that_is_all_of_the_server(script_path: str) -> None:
    wiki = french_wiki(article_path="/$1", script_path=script_path)
    html = f'<p><a class="internal" href="{script_path}/images/a/ab/Tas.png">x</a></p>'
    found = rendered.read(rendering(html), TITLE, wiki).root.find(".//a")
    assert found is not None
    assert found.get("data-title") == "Fichier:Tas.png"


@pytest.mark.parametrize(
    "html",
    [
        '<h2><span id=".C3.89t.C3.A9"></span><span class="mw-headline" id="Été">Été</span>'
        '<span class="mw-editsection">[<a href="/w/index.php?title=E&amp;action=edit">modifier</a>]</span></h2>',
        '<h2><span class="editsection">[<a href="/x">modifier</a>]</span> '
        '<span class="mw-headline" id="Été">Été</span></h2>',
        '<div class="mw-heading mw-heading2"><h2 id="Été">Été</h2><span class="mw-editsection">[modifier]</span></div>',
    ],
)
def test_headings_of_all_versions(html: str) -> None:
    heading = read(html).find("h2")
    assert heading is not None
    assert (heading.get("id"), heading.get("data-section")) == ("Été", "1")
    assert "".join(heading.itertext()).strip() == "Été"


THUMB = "/images/thumb/a/ab/Bac_vert.png/120px-Bac_vert.png"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="thumb tleft"><div class="thumbinner" style="width:122px;">'
        '<a href="/wiki/Fichier:Bac_vert.png" class="image">'
        f'<img alt="" src="{THUMB}" decoding="async" width="120" height="90" class="thumbimage" srcset="x 2x"></a>'
        '<div class="thumbcaption"><div class="magnify"><a href="/wiki/Fichier:Bac_vert.png"></a></div>'
        "Le bac</div></div></div>",
        '<figure class="mw-halign-left" typeof="mw:File/Thumb">'
        '<a href="/wiki/Fichier:Bac_vert.png" class="mw-file-description">'
        f'<img src="{THUMB}" width="120" height="90" class="mw-file-element"></a>'
        "<figcaption>Le bac</figcaption></figure>",
    ],
)
def test_thumbnails_of_all_versions(html: str) -> None:
    root = read(html)
    figure = root[0]
    assert (figure.tag, figure.get("class"), figure.get("data-file")) == ("figure", "thumb tleft", "Bac vert.png")
    assert [child.tag for child in figure] == ["a", "figcaption"]
    image = figure.find("a/img")
    assert image is not None
    assert (image.get("data-file"), image.get("width"), image.get("src")) == ("Bac vert.png", "120", None)
    assert "".join(figure.itertext()).strip() == "Le bac"


@pytest.mark.parametrize(
    ("src", "name"),
    [
        ("/images/a/ab/%C3%89t%C3%A9.jpg", "Été.jpg"),
        ("/images/thumb/archive/a/ab/20170525145603%21Bac.png/120px-Bac.png", "Bac.png"),
        ("https://upload.example.org/commons/thumb/a/ab/Fleur_%28jaune%29.svg/50px-Fleur.svg.png", "Fleur (jaune).svg"),
        ("/images/thumb/Bac.png/120px-Bac.png", "Bac.png"),
        ("/w/thumb.php?f=Bac_vert.png&amp;width=120", "Bac vert.png"),
        ("/w/thumb.php?f=Bac%00_%EF%BF%BFvert.png", "Bac vert.png"),
    ],
)
def test_file_names_in_addresses(src: str, name: str) -> None:
    image = read(f'<p><img src="{src}"></p>').find(".//img")
    assert image is not None
    assert (image.get("data-file"), image.get("src")) == (name, None)


def test_pictures_of_the_web() -> None:
    image = read('<p><img src="//example.net/a.png"><img src="javascript:x">texte</p>').find(".//img")
    assert image is not None
    assert dict(image.attrib) == {"src": "http://example.net/a.png", "data-external": ""}


def test_furniture_is_no_part_of_the_page() -> None:
    html = (
        '<div id="toc" class="toc"><h2 id="mw-toc-heading">Sommaire</h2></div><style>.x{}</style>'
        '<p class="mw-empty-elt"></p>'
        '<link rel="mw-deduplicated-inline-style" href="mw-data:x"><p>un</p><!-- NewPP limit report -->deux'
    )
    assert inner_html(read(html)) == "<p>un</p>deux"


def test_what_has_no_place_is_a_problem() -> None:
    document = rendered.read(rendering("<div>a<iframe src='x'>b</iframe><form>c</form></div>"), TITLE, french_wiki())
    assert inner_html(document.root) == "<div>ac</div>"
    assert [(problem.code, problem.detail) for problem in document.problems] == [
        ("markup-broken", "left out: 1 × form, 1 × iframe")
    ]


def test_footnotes_know_their_group() -> None:
    html = (
        '<p><sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[n 1]</a></sup>'
        '<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[a]</a></sup></p>'
        '<div class="mw-references-wrap"><ol class="references"><li id="cite_note-1">x</li></ol></div>'
        '<ol class="references" data-mw-group="lower-alpha"><li id="cite_note-2">y</li></ol>'
    )
    root = read(html)
    assert [mark.get("data-ref-group") for mark in root.iter("sup")] == ["n", "lower-alpha"]
    assert [notes.get("data-ref-group") for notes in root.iter("ol")] == ["n", "lower-alpha"]


@pytest.mark.parametrize(
    ("shown", "display_title"),
    [
        ("", None),
        ("Essai", None),
        ('<span class="mw-page-title-main">Essai</span>', None),
        ('<span class="mw-page-title-main">essai</span>', '<span class="mw-page-title-main">essai</span>'),
        ('<span style="color:red">Essai</span>', '<span style="color:red">Essai</span>'),
    ],
)
def test_a_title_is_shown_as_the_page_wants_it(shown: str, display_title: str | None) -> None:
    facts = Rendering(7, 70, "<p>x</p>", shown, (), (), (), Via.API)
    assert rendered.read(facts, TITLE, french_wiki()).display_title == display_title


def test_what_the_rendering_says_beside_the_html() -> None:
    categories = (
        {"sortkey": "cle", "category": "Mes_plantes", "hidden": False},
        {"sortkey": "", "category": "Q", "hidden": True},
    )
    languages = ({"lang": "de", "title": "Kompost", "url": "https://de.example.org/wiki/Kompost"},)
    facts = Rendering(7, 70, "<p>x</p>", "<i>Essai</i><script>x</script>", categories, (), languages, Via.API)
    document = rendered.read(facts, TITLE, french_wiki())
    assert document.display_title == "<i>Essai</i>"
    assert document.categories == (
        Category(Title(14, "Mes plantes", "Catégorie"), "cle"),
        Category(Title(14, "Q", "Catégorie"), "", is_hidden=True),
    )
    assert document.language_links == (LanguageLink("de", "Kompost", "https://de.example.org/wiki/Kompost"),)


def test_a_redirect_says_where_it_leads() -> None:
    html = (
        '<div class="redirectMsg"><p>Rediriger vers :</p><ul class="redirectText"><li>'
        '<a href="/wiki/Jardin#Outils" title="Jardin">Jardin#Outils</a></li></ul></div>'
    )
    target = rendered.read(rendering(html), TITLE, french_wiki()).redirect_to
    assert target is not None
    assert (target.title.full, target.fragment) == ("Jardin", "Outils")
