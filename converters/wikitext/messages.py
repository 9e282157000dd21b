"""The few words that MediaWiki itself writes into a page, by language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from converters.document.wiki import Wiki
from converters.wikitext.languages import interface_message


@dataclass(frozen=True, slots=True)
class Messages:
    """``redirect`` stands before a redirect's target; ``decimal`` and ``last`` number a note's uses: ``3,0 et 3,1``.

    ``thumbnail_error`` stands in the place of a thumbnail that cannot be made, ``template_loop`` in that of a template
    that includes itself, ``lua_error`` and ``lua_error_at`` in that of a module that fails, ``no_such_function`` of one
    that lacks a function; ``other_sort_key`` where a page is sorted by two keys.
    """

    redirect: str
    decimal: str
    last: str
    thumbnail_error: str
    template_loop: str
    other_sort_key: str
    lua_error: str
    lua_error_at: str
    no_such_function: str


# Messages redirectto, cite_references_link_many_and, thumbnail_error, template-loop-warning, duplicate-defaultsort,
# scribunto-lua-error and scribunto-common-nosuchfunction, and $separatorTransformTable, of MediaWiki 1.39, Cite and
# Scribunto.
MESSAGES = {
    "en": Messages(
        redirect="Redirect to:",
        decimal=".",
        last=" ",
        thumbnail_error="Error creating thumbnail: ",
        template_loop="Template loop detected: [[{}]]",
        other_sort_key='<strong>Warning:</strong> Default sort key "{1}" overrides earlier default sort key "{0}".',
        lua_error="Lua error: {}.",
        lua_error_at="Lua error in {} at line {}: {}.",
        no_such_function='Script error: The function "{}" does not exist.',
    ),
    "fr": Messages(
        redirect="Rediriger vers\u202f:",
        decimal=",",
        last=" et ",
        thumbnail_error="Erreur lors de la création de la vignette\u202f: ",
        template_loop="Modèle en boucle détecté : [[{}]]",
        other_sort_key=(
            "<strong>Attention\u202f:</strong> la clé de tri par défaut «\u202f{1}\u202f»"
            " écrase la précédente clé «\u202f{0}\u202f»."
        ),
        lua_error="Erreur Lua\u202f: {}.",
        lua_error_at="Erreur Lua dans {} à la ligne {}\u202f: {}.",
        no_such_function="Erreur de script : la fonction « {} » n’existe pas.",
    ),
}


@lru_cache(maxsize=8)
def _messages(code: str) -> Messages:
    """The messages of a language; those of extensions in English where we have none."""
    own = MESSAGES.get(code.partition("-")[0])
    if own is not None:
        return own
    return replace(
        MESSAGES["en"],
        redirect=_told("redirectto", code),
        thumbnail_error=_told("thumbnail_error", code, ""),
        template_loop=_told("parser-template-loop-warning", code, "{}"),
        other_sort_key=_told("duplicate-defaultsort", code, "{0}", "{1}"),
    )


def _told(key: str, code: str, *details: str) -> str:
    """A message of MediaWiki's interface, with ``details`` in the places of its parameters."""
    words = interface_message(key, code) or ""
    for number, detail in enumerate(details, 1):
        words = words.replace(f"${number}", detail)
    return words


def messages_of(wiki: Wiki) -> Messages:
    """The messages in the wiki's language."""
    return _messages(wiki.site.language)
