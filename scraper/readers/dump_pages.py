"""``<page>``: what stands before its revisions, and what its newest revision says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from scraper.model import Page, PageMention, Revision, Title, Via
from scraper.readers.dump_siteinfo import rows
from scraper.readers.dump_values import LONGEST_SHOWN, Element, children, id_of, number_of, text_of
from scraper.titles import IllegalTitle, TitleParser

REDIRECT_HEAD = 256  # bytes of a text in which a redirect must begin


@dataclass(slots=True)
class OpenPage:
    """A page whose revisions are being read: its header, and its newest revision so far without the text."""

    page_id: int
    title: Title
    has_redirect: bool
    protection: tuple[Mapping[str, Any], ...]
    last_rev_id: int = 0
    newest: tuple[str, int] = ("", 0)
    size: int | None = None
    content_model: str | None = None
    head: bytes = b""

    @property
    def mention(self) -> PageMention:
        return PageMention(self.page_id, self.title, Via.DUMP)

    def see(self, revision: Revision) -> None:
        """A dump may order revisions by id or by time; the current one is the newest."""
        self.last_rev_id = revision.rev_id
        moment = (revision.timestamp.iso if revision.timestamp else "", revision.rev_id)
        if moment >= self.newest:
            self.newest = moment
            self.size = revision.size if revision.text is None else len(revision.text)
            self.content_model = revision.content_model
            self.head = (revision.text or b"")[:REDIRECT_HEAD]

    def close(self) -> Page:
        """The page as it stands. Which revision is current is left to the archive: a dump may hold only some."""
        return Page(
            page_id=self.page_id,
            title=self.title,
            latest_rev_id=None,
            size=self.size,
            content_model=self.content_model,
            language=None,
            is_redirect=self.has_redirect or is_redirect(self.head),
            touched_at=None,
            protection=self.protection,
            properties={},
            via=Via.DUMP,
        )


def read_page_head(page: Element, titles: TitleParser) -> OpenPage:
    """What stands before the first revision. Raises ValueError without title or id."""
    parts = children(page)
    text = text_of(parts, "title")
    if not text or not text.strip():
        raise ValueError("its page has no title")
    try:
        page_id = id_of(parts)
    except ValueError as error:
        raise ValueError(f"its page {text[:LONGEST_SHOWN]!r} cannot be told: {error}") from error
    return OpenPage(
        page_id,
        _title(text, number_of(parts, "ns"), titles),
        "redirect" in parts,
        _protection(parts.get("restrictions")),
    )


def is_redirect(head: bytes) -> bool:
    """Whether a text that begins so is a redirect: ``<redirect>`` exists since 0.4, and other tools leave it out."""
    return bool(_redirects().match(head.decode("utf-8", "ignore")))


@cache
def _redirects() -> re.Pattern[str]:
    words = "|".join(re.escape(row[0]) for row in rows("dump-redirect-words.tsv"))
    return re.compile(rf"\s*[#＃](?:{words})#?\s*:?\s*\[\[", re.IGNORECASE)


def _title(text: str, namespace_id: int | None, titles: TitleParser) -> Title:
    if namespace_id is None:
        try:
            namespace_id = titles.parse(text).namespace_id
        except IllegalTitle:
            namespace_id = 0
    return titles.split(text, namespace_id)


def _protection(restrictions: Element | None) -> tuple[Mapping[str, Any], ...]:
    """``edit=sysop:move=sysop``, or one level for both (before MediaWiki 1.5), in the API's shape."""
    said = restrictions.text if restrictions is not None else None
    pairs = [part.rpartition("=") for part in (said or "").split(":") if part]
    return tuple(
        {"type": action, "level": level, "expiry": "infinity"}
        for kind, _, level in pairs
        for action in ((kind,) if kind else ("edit", "move"))
        if level
    )
