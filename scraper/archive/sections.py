"""Texts put together from the edit forms of all their sections, when the size that the wiki tells proves them whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping

from scraper.archive.saving import Saver
from scraper.model import Place, RevisionMention, Sha1, Via

HEADING = re.compile(r"^(={1,6}).+\1[ \t]*$", re.MULTILINE)
# MediaWiki trims what it gives as a section, and writes an empty line between sections (Parser::replaceSection).
JOINTS = ("\n\n", "\n")
WANTED = """
SELECT rev_id, r.page_id, r.size, CASE WHEN is_sha1_computed THEN NULL ELSE r.sha1 END, s.via
FROM revisions r JOIN section_texts s USING (rev_id)
WHERE s.section = '0' AND r.text_id IS NULL AND r.size IS NOT NULL GROUP BY rev_id
"""
OF_REVISION = "SELECT section, text FROM section_texts WHERE rev_id = ?"


def put_sections_together(connection: sqlite3.Connection, saver: Saver) -> list[int]:
    """Mention every text that can be put together; the revisions that have one now."""
    found = []
    for rev_id, page_id, size, sha1, via in connection.execute(WANTED).fetchall():
        sections = {
            int(number): text for number, text in connection.execute(OF_REVISION, (rev_id,)) if number.isdecimal()
        }
        text = whole_text(sections, size, sha1)
        if text is not None:
            saver.save(RevisionMention(rev_id, None, Place.EDIT_FORM, Via(via), page_id=page_id, text=text))
            found.append(rev_id)
    return found


def whole_text(sections: Mapping[int, str], size: int, sha1: str | None) -> bytes | None:
    """The text that these sections make, if it has that size in bytes and, where it is told, that SHA-1."""
    parts = []
    number = 0
    while number in sections:
        parts.append(sections[number])
        number += max(1, len(HEADING.findall(sections[number])))  # a section holds its subsections
    texts = (joint.join(parts).encode() for joint in JOINTS)
    return next((text for text in texts if len(text) == size and sha1 in (None, Sha1.of(text).hex)), None)
