"""Real wikis with closed doors: the same pages, revisions and texts come by every road."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.closed.doors import Door, closed, is_api, is_export, is_feed, is_raw
from tests.closed.told import by_the_archive, by_the_wiki, differences
from tests.conftest import WikiFactory
from tests.harvest.compare import differences as differences_of
from tests.harvest.running import COMPLETE, harvest
from tests.lab.faults import Fault, FaultProxy, Request
from tests.lab.truth import Truth
from tests.lab.wiki import PASSWORD, SYSOP, Layout, RealWiki

DOORS: dict[str, tuple[Door, ...]] = {
    "API open": (),
    "API closed": (is_api,),
    "API and export closed": (is_api, is_export),
}
SERIES = ("1.35", "1.39", "1.43")
SUPPRESSED = 8  # this bit no export shows


def archived(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "archive.db")


def told_wrong(wiki: RealWiki, folder: Path) -> list[str]:
    """What the archive tells otherwise than the wiki's own database."""
    with archived(folder) as connection:
        return differences(by_the_wiki(Truth(wiki.database)), by_the_archive(connection))


@pytest.fixture(scope="module", params=SERIES)
def small_wiki(request: pytest.FixtureRequest, wiki_copies: WikiFactory) -> RealWiki:
    """The small English wiki, on each MediaWiki in turn."""
    return wiki_copies(language="en", series=request.param)


@pytest.mark.parametrize("doors", DOORS.values(), ids=DOORS)
def test_every_road_tells_the_same(small_wiki: RealWiki, tmp_path: Path, doors: tuple[Door, ...]) -> None:
    with FaultProxy(small_wiki.url, choose=closed(*doors)) as proxy:
        assert harvest(proxy.url, tmp_path) == COMPLETE
    assert told_wrong(small_wiki, tmp_path) == []


def test_titles_in_the_path_behind_the_script(wiki_copies: WikiFactory, tmp_path: Path) -> None:
    layout = Layout("/index.php/$1", "")
    wiki = wiki_copies(language="en", layout=layout)
    with FaultProxy(wiki.url, choose=closed(is_api, is_export)) as proxy:
        assert harvest(proxy.url, tmp_path, "--no-files") == COMPLETE
    assert [line for line in told_wrong(wiki, tmp_path) if not line.startswith("file versions")] == []
    with archived(tmp_path) as connection:
        row = connection.execute("SELECT article_path, script_path, name, language, license_name FROM site").fetchone()
    assert row == (layout.article_path, layout.script_path, "Garden notes", "en", "CC BY-SA 4.0")


def test_titles_of_all_kinds(whole_wiki: RealWiki, tmp_path: Path) -> None:
    """Every page of the French wiki, through Special:AllPages and Special:Export, but one that no title leads to."""
    with FaultProxy(whole_wiki.url, choose=closed(is_api)) as proxy:
        harvest(proxy.url, tmp_path, "--no-files", "--no-renderings", "--concurrency", "2")
        gets = (request for request in proxy.requests if request.method == "GET")
        asked = Counter(request.path for request in gets if is_export(request))
    with archived(tmp_path) as connection:
        wanted, found = by_the_wiki(Truth(whole_wiki.database)), by_the_archive(connection)
    unreachable = {page_id for page_id, (_, name, *_) in wanted["pages"].items() if name == "essai"}
    assert set(wanted["pages"].items()) - set(found["pages"].items()) == {(n, wanted["pages"][n]) for n in unreachable}
    differing = {n: row for n, row in wanted["revisions"].items() if found["revisions"].get(n) != row}
    assert {row[0] for row in differing.values() if row[-1] < SUPPRESSED} == unreachable
    assert max(asked.values()) == 1


def test_texts_from_edit_forms_where_closed_doors_answer_with_status_200(
    english_wiki: RealWiki, tmp_path: Path
) -> None:
    with FaultProxy(english_wiki.url, choose=closed(is_api, is_export, is_raw, how=Fault.HTML)) as proxy:
        assert harvest(proxy.url, tmp_path, "--no-files", "--no-renderings") == COMPLETE
    assert [line for line in told_wrong(english_wiki, tmp_path) if line.startswith("revisions")] == []


def test_displayed_times_where_special_export_alone_tells_exact_ones(english_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(english_wiki.url, choose=closed(is_api, is_feed, is_raw)) as proxy:
        assert harvest(proxy.url, tmp_path, "--no-files", "--no-renderings") == COMPLETE
    assert [line for line in told_wrong(english_wiki, tmp_path) if line.startswith("log events")] == []


def test_doors_that_close_in_mid_harvest(english_wiki: RealWiki, tmp_path: Path) -> None:
    """First the API, then Special:Export: what is there already is not asked for again."""
    with FaultProxy(english_wiki.url, choose=closing_after(12)) as proxy:
        assert harvest(proxy.url, tmp_path) == COMPLETE
        answered = Counter(request.path for request in proxy.requests if request.fault is None and is_raw(request))
    assert told_wrong(english_wiki, tmp_path) == []
    assert all(count == 1 for count in answered.values())


def test_a_private_wiki_is_read_through_its_login_form(wiki_copies: WikiFactory, tmp_path: Path) -> None:
    wiki = wiki_copies(language="en", wgGroupPermissions={"*": {"read": False}, "user": {"read": True}})
    with FaultProxy(wiki.url, choose=closed(is_api)) as proxy:
        assert harvest(proxy.url, tmp_path, "--user", SYSOP, "--password", PASSWORD) == COMPLETE
    with archived(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM revisions WHERE text_id IS NOT NULL").fetchone()[0] >= 15
    assert PASSWORD.encode() not in (tmp_path / "archive.db").read_bytes()


def test_retry_goes_through_the_doors_that_are_open(english_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(english_wiki.url) as proxy:
        assert harvest(proxy.url, tmp_path, "--no-files") == COMPLETE
        with archived(tmp_path) as connection:
            connection.execute("UPDATE revisions SET text_id = NULL WHERE rev_id % 2 AND hidden = '[]'")
            connection.execute("DELETE FROM renderings WHERE page_id % 2")
        proxy.choose = closed(is_api, is_export)
        assert harvest(proxy.url, tmp_path, "--no-files", verb="retry") == COMPLETE
    assert [line for line in told_wrong(english_wiki, tmp_path) if not line.startswith("file versions")] == []


def closing_after(count: int):  # type: ignore[no-untyped-def]
    """Chooses 403 for the API after so many requests, and for Special:Export after its form was shown."""

    def choose(request: Request) -> Fault | None:
        is_late = request.number >= count
        return Fault.FORBIDDEN if (is_api(request) and is_late) or (is_export(request) and is_late) else None

    return choose


def test_a_refresh_tells_what_a_fresh_harvest_tells(wiki_copies: WikiFactory, tmp_path: Path) -> None:
    wiki = wiki_copies(language="en")
    refreshed, fresh = tmp_path / "refreshed", tmp_path / "fresh"
    with FaultProxy(wiki.url, choose=closed(is_api, is_export)) as proxy:
        harvest(proxy.url, refreshed, "--no-files")
        gardener = wiki.api(SYSOP)
        for title, new in (("Shed", "Old shed"), ("Keys", "Lost keys")):
            gardener.do("move", **{"from": title, "to": new})
        gardener.do("edit", title="General assembly", text="Not again.")
        gardener.do("delete", title="Talk:General assembly")
        harvest(proxy.url, refreshed, "--no-files")
        harvest(proxy.url, fresh, "--no-files")
    assert differences_of(refreshed, fresh, with_gone=False, leaving_out=frozenset({"file_versions"})) == []
