"""Files that come compressed, or are said to."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.archive import WantedBytes
from scraper.model import Capture, Sha1, Timestamp, Via
from scraper.sources.live.files import Download, as_it_was

PICTURE = b"<svg>" + b"\0" * 50_000
PACKED = gzip.compress(PICTURE)


@dataclass
class Case:
    """What the wiki has, what came under which encoding, and what of it is to be kept."""

    name: str
    told: bytes
    body: bytes
    encoding: str
    kept: bytes


CASES = {
    "compressed": Case("A.svg", PICTURE, PACKED, "gzip", PICTURE),
    "plain": Case("A.svg", PICTURE, PICTURE, "gzip", PICTURE),
    "silent": Case("A.svg", PICTURE, PICTURE, "", PICTURE),
    "a gzip file": Case("A.tar.gz", PACKED, PACKED, "x-gzip", PACKED),
    "compressed twice": Case("A.svgz", PACKED, gzip.compress(PACKED), "gzip", PACKED),
    "cut": Case("A.svg", PICTURE, PACKED[:-9], "gzip", PACKED[:-9]),
}


def kept(case: Case, folder: Path, is_told: bool) -> tuple[bytes, bool]:
    told = (len(case.told), Sha1.of(case.told).hex) if is_told else (None, None)
    version = WantedBytes(1, case.name, None, "http://wiki.example/x", *told)
    headers = {"content-encoding": case.encoding} if case.encoding else {}
    capture = Capture(version.url, 200, headers, case.body, Timestamp("2020-01-01T00:00:00Z"), Via.RAW)
    damage = None if not is_told or case.body == case.told else "other bytes"
    found = as_it_was(folder, version, Download(capture, case.body, damage))
    return found.content if isinstance(found.content, bytes) else found.content.read_bytes(), found.damage is None


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_the_wiki_told_counts(tmp_path: Path, case: Case) -> None:
    assert kept(case, tmp_path, True) == (case.kept, case.kept == case.told)


@pytest.mark.parametrize("name", ["compressed", "plain", "silent", "a gzip file"])
def test_where_it_told_nothing_the_name_counts(tmp_path: Path, name: str) -> None:
    assert kept(CASES[name], tmp_path, False)[0] == CASES[name].kept
