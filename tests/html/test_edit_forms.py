"""Texts in edit forms: byte for byte, and of a revision that is sure, or none."""

from __future__ import annotations

import pytest

from scraper.model import RevisionMention, SectionText, Timestamp

from .fragments import facts, mentions


def form(text: str = "Un tas.\n", fields: str = "", around: str = "", **told: str) -> str:
    """An edit form; ``told`` are hidden fields."""
    values = {"wpSection": "", "wpEdittime": "20190502100041", "oldid": "0"} | told
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in values.items())
    box = f'<textarea id="wpTextbox1" name="wpTextbox1">{text}</textarea>'
    return f'{around}<form id="editform">{hidden}{fields}{box}</form>'


LATEST = {"wgCurRevisionId": 7, "wgArticleId": 3, "wgAction": "edit"}


def test_the_latest_revision() -> None:
    (mention,) = mentions(form(model="wikitext"), **LATEST)
    assert (mention.rev_id, mention.page_id, mention.text, mention.is_latest) == (7, 3, b"Un tas.", True)
    assert (mention.timestamp, mention.content_model) == (Timestamp("2019-05-02T10:00:41Z"), "wikitext")


def test_the_time_is_not_an_old_revisions() -> None:
    (mention,) = mentions(form(oldid="5"), **LATEST)
    assert (mention.rev_id, mention.timestamp, mention.is_latest) == (5, None, None)


@pytest.mark.parametrize(
    ("shown", "version", "stored"),
    [
        ("a\n", "1.27.1", b"a"),
        ("a\n\n", "1.27.1", b"a\n"),
        ("\n\na\n", "1.27.1", b"\na"),
        ("\na\n", "1.16.4", b"\na"),
        ("a &lt;!-- b --> &amp;amp;\n", "1.27.1", b"a <!-- b --> &amp;"),
        ("", "1.27.1", b""),
        ("é\r\nè\n", "1.27.1", "é\nè".encode()),
    ],
)
def test_newlines_and_entities(shown: str, version: str, stored: bytes) -> None:
    (mention,) = mentions(form(shown), version=version, **LATEST)
    assert mention.text == stored


def test_a_section() -> None:
    section, revision = facts(form("== Usages ==\nHaies.\n", wpSection="2"), **LATEST)
    assert isinstance(section, SectionText) and isinstance(revision, RevisionMention)
    assert (section.rev_id, section.section, section.text) == (7, "2", b"== Usages ==\nHaies.")
    assert (revision.text, revision.timestamp) == (None, Timestamp("2019-05-02T10:00:41Z"))


@pytest.mark.parametrize(
    "altered",
    [
        form(around='<div id="wikiPreview"><p>Un aperçu</p></div>'),
        form(around='<div class="mw-newarticletext">nouveau</div>').replace('"wpEdittime" value="2', '"x" value="2'),
        form(wpUndidRevision="5"),
        form(wpSection="new"),
    ],
)
def test_what_may_not_be_a_revisions_text_is_none(altered: str) -> None:
    told = {} if "newarticletext" in altered else LATEST
    assert mentions(altered, **told) == []


def test_an_empty_place_for_previews_alters_nothing() -> None:
    assert mentions(form(around='<div id="wikiPreview" style="display: none;"><div></div></div>'), **LATEST)


def test_the_source_of_a_protected_page() -> None:
    box = '<textarea readonly id="wpTextbox1">Protégé.\n</textarea>'
    (mention,) = mentions(box, **LATEST)
    assert (mention.rev_id, mention.text, mention.timestamp) == (7, "Protégé.".encode(), None)
