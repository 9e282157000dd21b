"""Small facts for the archive's own tests."""

from __future__ import annotations

from scraper.model import Hidden, Namespace, Page, Revision, Sha1, Timestamp, Title, UserName, Via

ARTICLES = Namespace(0, "", "", is_content=True)
TALK = Namespace(1, "Discussion", "Talk", aliases=("Débat",))


def page(page_id: int, name: str, latest_rev_id: int | None = None) -> Page:
    return Page(page_id, Title(0, name), latest_rev_id, None, "wikitext", "fr", False, None, (), {}, Via.API)


def revision(
    rev_id: int, page_id: int, text: bytes | None, hidden: frozenset[Hidden] = frozenset(), sha1: Sha1 | None = None
) -> Revision:
    """A revision that says of its text what is true, unless another SHA-1 is given."""
    return Revision(
        rev_id,
        page_id,
        parent_id=max(0, rev_id - 1),
        timestamp=Timestamp(f"2017-05-25T14:{rev_id % 60:02}:00Z"),
        user=None if Hidden.USER in hidden else UserName("Odile", 3),
        comment=None if Hidden.COMMENT in hidden else "/* Plénière */",
        is_minor=False,
        size=None if text is None else len(text),
        sha1=sha1 or (None if text is None else Sha1.of(text)),
        content_model="wikitext",
        content_format="text/x-wiki",
        text=None if Hidden.TEXT in hidden else text,
        via=Via.API,
        hidden=hidden,
    )
