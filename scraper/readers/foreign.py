"""What people give in the place of a wiki: told by what a file begins with, or by the names of the files in a folder.

Where a mark is from stands beside it; what is said goes behind the name of what was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OTHER = "wikicompost reads MediaWiki only"
DATABASE = (
    "a copy of a database (SQL), no XML dump: load it into a MediaWiki and give that wiki's address, or let its"
    " dumpBackup.php write a dump"
)
MEDIAWIKI_SQLITE = (
    "a MediaWiki's own database (SQLite): put it back into a MediaWiki and give that wiki's address, or let its"
    " dumpBackup.php write a dump"
)
RENAMED_ARCHIVE = "an archive of wikicompost under another name: it has to be called archive.db, in a folder of its own"
SQLITE = "an SQLite database of something else than a wiki"

# mysqldump, mariadb-dump, phpMyAdmin, pg_dump (plain and -Fc); PDF; openZIM; RAR; Wikimedia's abstracts, lists of
# titles and indexes of multistream dumps (https://meta.wikimedia.org/wiki/Data_dumps); XML exports of other engines.
FILES: dict[str, re.Pattern[bytes]] = {
    DATABASE: re.compile(
        rb"PGDMP|(?=\s*(?:--|/\*|SET |PRAGMA |BEGIN|DROP |CREATE ))"
        rb"(?s:.)*?(?:CREATE TABLE|INSERT INTO|(?:SQL|database) dump|(?:MySQL|MariaDB) dump)",
        re.IGNORECASE,
    ),
    "a PDF: a book made of pages, from which no wiki comes back": re.compile(rb"%PDF-"),
    "a ZIM file, which holds pages for reading and neither texts nor histories: look for a dump of that wiki": (
        re.compile(rb"ZIM\x04")
    ),
    "packed by RAR, which is not read: unpack it and give what is in it": re.compile(rb"Rar!\x1a\x07"),
    "a list of abstracts, which has no texts: give pages-meta-history or pages-articles of the same dump": (
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<feed>\s*<doc>")
    ),
    "a web feed, which tells of the newest changes only: give the wiki's address": (
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?xml-[^>]*>\s*)*<(?:feed\s[^>]*Atom|rss\s)")
    ),
    "the index of a multistream dump: give the dump itself, without `-index` in its name": (
        re.compile(rb"\d+:\d+:[^\n]+\n")
    ),
    "a list of titles: give pages-meta-history or pages-articles of the same dump": re.compile(rb"page_title\n"),
    f"an export of Confluence: {OTHER}": re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<hibernate-generic"),
    f"an export of XWiki: {OTHER}": re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:xwikidoc|package>\s*<infos)"),
}

# Each engine's own names, in its data or its export.
NAMES: dict[str, re.Pattern[str]] = {
    f"the data of DokuWiki: {OTHER}": re.compile(r"(?:^|/)(?:doku\.php|attic/.+\.txt\.gz|meta/.+\.changes)$"),
    f"a YesWiki or WakkaWiki: {OTHER}": re.compile(r"(?:^|/)(?:wakka|wikka)(?:\.config)?\.php$"),
    f"the data of PmWiki: {OTHER}": re.compile(r"(?:^|/)wiki\.d/"),
    f"the data of MoinMoin: {OTHER}": re.compile(r"/revisions/0000\d{4}$"),
    f"the data of TWiki or Foswiki: {OTHER}": re.compile(r"(?:^|/)WebHome\.txt(?:,v)?$"),
    f"an export of XWiki: {OTHER}": re.compile(r"(?:^|/)WebHome\.xml$"),
    f"an export of Confluence: {OTHER}": re.compile(r"(?:^|/)(?:exportDescriptor\.properties|entities\.xml)$"),
    f"an export of Notion: {OTHER}": re.compile(r" [0-9a-f]{32}(?:_all)?\.(?:md|csv|html)$"),
    "the program of MediaWiki: the wiki's texts are in its database. Give the wiki's address, or let its dumpBackup.php"
    " write a dump, and give that": re.compile(r"(?:^|/)(?:LocalSettings\.php|includes/(?:Setup|Defines)\.php)$"),
    DATABASE: re.compile(r"\.sql(?:\.(?:gz|bz2|xz|zst))?$", re.IGNORECASE),
    MEDIAWIKI_SQLITE: re.compile(r"(?:^|/)(?!archive\.)[^/]*\.sqlite3?$", re.IGNORECASE),
}
PICTURES = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|tiff?|pdf|og[gv]|webm|mp[34])$", re.IGNORECASE)
ONLY_PICTURES = (
    "a heap of files without any page that tells of them: give a dump of their wiki, in a folder where they lie in"
    " `images` beside it"
)


def foreign_file(head: bytes) -> str:
    """What a file is that begins so, empty where nothing is known of it."""
    return next((what for what, mark in FILES.items() if mark.match(head)), "")


def foreign_folder(names: Iterable[str]) -> str:
    """What a folder, zip or tar is with such paths in it (``/`` between their parts); empty as above."""
    paths = list(names)
    for what, mark in NAMES.items():
        if any(mark.search(path) for path in paths):
            return what
    return ONLY_PICTURES if paths and all(PICTURES.search(path) for path in paths) else ""


def foreign_tables(names: Iterable[str]) -> str:
    """What an SQLite database with such tables is."""
    tables = set(names)
    if {"harvests", "frontier", "revisions"} <= tables:
        return RENAMED_ARCHIVE
    return (
        MEDIAWIKI_SQLITE
        if any(f"{name[:-4]}revision" in tables for name in tables if name.endswith("page"))
        else SQLITE
    )
