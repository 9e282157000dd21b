"""The few words that MediaWiki itself writes into a page, by language."""

from __future__ import annotations

from dataclasses import dataclass

from converters.document.wiki import Wiki


@dataclass(frozen=True, slots=True)
class Messages:
    """``redirect`` stands before a redirect's target; ``decimal`` and ``last`` number a note's uses: ``3,0 et 3,1``.

    ``thumbnail_error`` stands in the place of a thumbnail that cannot be made, ``template_loop`` in that of a template
    that includes itself.
    """

    redirect: str
    decimal: str
    last: str
    thumbnail_error: str
    template_loop: str


# Messages redirectto and cite_references_link_many_and, and $separatorTransformTable, of MediaWiki 1.39 and Cite.
MESSAGES = {
    "en": Messages("Redirect to:", ".", " ", "Error creating thumbnail: ", "Template loop detected: [[{}]]"),
    "fr": Messages("Rediriger vers\u202f:", ",", " et ", "Erreur lors de la création de la vignette\u202f: ", "Modèle en boucle détecté : [[{}]]"),
}


def messages_of(wiki: Wiki) -> Messages:
    """The messages in the wiki's language, English where we have none."""
    return MESSAGES.get(wiki.site.language.partition("-")[0], MESSAGES["en"])
