"""Damage to one thing of a copy costs that thing, is told, and ends nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from scraper.problems import Problem
from scraper.sources.captured.containers import captures_at
from tests.captured.test_bad_input import SHORT, harvest, packed, problems, titles, zipped
from tests.captured.warcs import HOST, gzipped, page, response

TITLES = ("Accueil", "Compost", "Semis")


def codes(folder: Path) -> list[str]:
    return [code for code, *_ in problems(folder)]


def stored(members: dict[str, bytes]) -> bytearray:
    """A zip file whose members are not compressed: damage shows in their checksums alone."""
    return bytearray(zipped(members, zipfile.ZIP_STORED))


def damage(content: bytearray, mark: bytes) -> bytes:
    at = content.index(mark)
    content[at] ^= 0x20
    return bytes(content)


PAGES = {f"wiki/{title}.html": page(title) for title in TITLES}


@pytest.mark.parametrize("length", [1, 200])
def test_a_zip_member_with_a_wrong_checksum(tmp_path: Path, length: int) -> None:
    members = PAGES | {"wiki/Compost.html": page("Compost") * length}
    (tmp_path / "copy.zip").write_bytes(damage(stored(members), b"Texte de Compost"))
    assert harvest(tmp_path / "copy.zip", tmp_path / "archive").exit_code == SHORT
    assert titles(tmp_path / "archive") == ["Accueil", "Semis"]
    assert codes(tmp_path / "archive") == ["capture-damaged"]


def test_a_tar_that_is_cut_within_a_page(tmp_path: Path) -> None:
    whole = packed(PAGES | {"wiki/Zinnia.html": page("Zinnia") * 200}, "w")
    (tmp_path / "copy.tar").write_bytes(whole[: whole.index(b"Texte de Zinnia") + 20_000])
    assert harvest(tmp_path / "copy.tar", tmp_path / "archive").exit_code == SHORT
    assert titles(tmp_path / "archive") == list(TITLES)
    assert set(codes(tmp_path / "archive")) == {"capture-damaged"}


def test_a_zip_whose_members_have_no_date(tmp_path: Path) -> None:
    content = stored(PAGES)
    at = content.index(b"PK\1\2")
    content[at + 12 : at + 16] = bytes(4)
    (tmp_path / "copy.zip").write_bytes(content)
    harvest(tmp_path / "copy.zip", tmp_path / "archive")
    assert titles(tmp_path / "archive") == list(TITLES)


def test_a_collection_with_a_wrong_checksum(tmp_path: Path) -> None:
    good, bad = (gzipped([response(f"/wiki/{title}", page(title))]) for title in ("Accueil", "Semis"))
    content = stored({"archive/1.warc.gz": bad, "archive/2.warc.gz": good})
    (tmp_path / "x.wacz").write_bytes(damage(content, bad[-8:]))
    [container] = captures_at(tmp_path / "x.wacz")
    found = list(container.items())
    assert f"{HOST}/wiki/Accueil" in {one.url for one in found if not isinstance(one, Problem)}
    assert {one.code for one in found if isinstance(one, Problem)} == {"capture-damaged"}
