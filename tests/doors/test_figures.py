"""Files in the markup that is usual since MediaWiki 1.40: the wikitext, and what MediaWiki 1.43 makes of it."""

from __future__ import annotations

import pytest

from converters import rendered, wikitext
from scraper.model import Title
from tests.doors.cases import outline
from tests.doors.wikis import LOOKUPS, french_wiki, rendering

PICTURE = '<img src="/images/a/a1/Tas.png" decoding="async" width="400" height="300" class="mw-file-element" />'
THUMB = (
    PICTURE.replace("a/a1/Tas.png", "thumb/a/a1/Tas.png/300px-Tas.png")
    .replace("400", "300", 1)
    .replace('height="300"', 'height="225"')
)
LINK = '<a href="/wiki/Fichier:Tas.png" class="mw-file-description"'
UPLOAD = '<a href="/index.php?title=Sp%C3%A9cial:T%C3%A9l%C3%A9verser&amp;wpDestFile=Nul.png" class="new"'
MISSING = f'{UPLOAD} title="Fichier:Nul.png"><span class="mw-file-element mw-broken-media">Label</span></a>'
TOLD = PICTURE.replace("<img", '<img alt="Un tas"')
CASES = {
    "[[Fichier:Tas.png]]": (f'<p><span class="mw-default-size" typeof="mw:File">{LINK}>{PICTURE}</a></span></p>'),
    "[[Fichier:Tas.png|vignette|Un '''tas''']]": (
        f'<figure class="mw-default-size" typeof="mw:File/Thumb">{LINK}>{THUMB}</a>'
        "<figcaption>Un <b>tas</b></figcaption></figure>"
    ),
    "[[Fichier:Tas.png|gauche|Un tas]]": (
        f'<figure class="mw-default-size mw-halign-left" typeof="mw:File">{LINK} title="Un tas">{TOLD}</a>'
        "<figcaption>Un tas</figcaption></figure>"
    ),
    "[[Fichier:Nul.png|Un tas]]": (
        f'<p><span class="mw-default-size" typeof="mw:Error mw:File">{MISSING.replace("Label", "Un tas")}</span></p>'
    ),
    "[[Fichier:Nul.png|vignette|alt=Rien|Un tas]]": (
        f'<figure class="mw-default-size" typeof="mw:Error mw:File/Thumb">{MISSING.replace("Label", "Rien")}'
        "<figcaption>Un tas</figcaption></figure>"
    ),
    "<gallery>\nNul.png|Un tas\n</gallery>": (
        '<ul class="gallery mw-gallery-traditional"><li class="gallerybox" style="width: 155px">'
        '<div class="thumb" style="height: 150px;"><span typeof="mw:Error mw:File">'
        f"{MISSING.replace('Label', 'Un tas')}</span></div>"
        '<div class="gallerytext">Un tas</div></li></ul>'
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_both_doors_agree(text: str) -> None:
    wiki = french_wiki(generator="MediaWiki 1.43.3")
    title = Title(0, "Essai")
    ours = wikitext.read(text, title, wiki, LOOKUPS)
    theirs = rendered.read(rendering(CASES[text]), title, wiki)
    assert outline(ours.root) == outline(theirs.root)


def test_captions_in_galleries_are_no_alternative_texts_before_1_39() -> None:
    text = "<gallery>\nTas.png|Un tas\nTas.png\n</gallery>"
    for generator, alternatives in {"MediaWiki 1.35.13": ["", "Tas.png"], "": ["Un tas", "Tas.png"]}.items():
        document = wikitext.read(text, Title(0, "Essai"), french_wiki(generator=generator), LOOKUPS)
        assert [picture.get("alt") for picture in document.root.iter("img")] == alternatives
