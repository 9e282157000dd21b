"""The roads to a wiki's revisions: each tells what the wiki's own database says, and one takes over from another."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.harvest import kept
from tests.harvest.compare import differences
from tests.harvest.running import COMPLETE, harvest
from tests.harvest.test_live import assert_same
from tests.lab.changes import CHANGES, change
from tests.lab.faults import Fault, FaultProxy, Request
from tests.lab.old_api import AGES, OldApi
from tests.lab.rows import RESTRICTED, Revision
from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki

SIGN_OF_LIFE = "siprop=general%7Cstatistics%7Cnamespaces"  # asked whenever something failed
FEW = 8  # requests, to see that nothing changed
PLAIN = ("--no-renderings", "--no-files")


def assert_tells_all(folder: Path, wiki: RealWiki, as_told: Callable[[Revision], Revision] = lambda told: told) -> None:
    """All pages, and all revisions with all that this road can tell of them."""
    truth = Truth(wiki.database)
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.row_factory = sqlite3.Row
        held = [as_told(revision) for revision in kept.revisions(connection)]
        pages = {page.page_id: page.name for page in kept.pages(connection)}
    wanted = [as_told(revision.public()) for revision in truth.revisions()]
    assert_same(wanted, held, lambda revision: revision.rev_id)
    assert pages == {page.page_id: page.name for page in truth.pages()}


def without_tags(revision: Revision) -> Revision:
    """Exports tell neither tags nor whether administrators may see what is hidden."""
    return replace(revision, tags=(), deleted=revision.deleted & ~RESTRICTED)


def as_before_content_models(revision: Revision) -> Revision:
    return replace(revision, model="wikitext")


def test_export(whole_wiki: RealWiki, tmp_path: Path) -> None:
    assert harvest(whole_wiki.url, tmp_path, "--road", "export", *PLAIN) == COMPLETE
    assert_tells_all(tmp_path, whole_wiki, without_tags)


def test_export_of_1_43(wiki_copies: Callable[..., RealWiki], tmp_path: Path) -> None:
    wiki = wiki_copies(language="en", series="1.43")
    assert harvest(wiki.url, tmp_path, "--road", "export", *PLAIN) == COMPLETE
    assert_tells_all(tmp_path, wiki, without_tags)


def test_histories_of_an_old_api(whole_wiki: RealWiki, tmp_path: Path) -> None:
    with OldApi(whole_wiki.url, AGES["1.19"]) as old:
        assert harvest(old.url, tmp_path, "--road", "histories", *PLAIN) == COMPLETE
    assert_tells_all(tmp_path, whole_wiki, as_before_content_models)


def test_a_refresh_of_an_old_wiki_equals_a_fresh_harvest(fresh_whole_wiki: RealWiki, tmp_path: Path) -> None:
    refreshed, fresh = tmp_path / "refreshed", tmp_path / "fresh"
    with OldApi(fresh_whole_wiki.url, AGES["1.11"]) as old:
        harvest(old.url, refreshed, *PLAIN)
        assert requests_of_a_refresh(old, refreshed) <= FEW
        change(fresh_whole_wiki, *CHANGES[::2])
        harvest(old.url, refreshed, *PLAIN)
        harvest(old.url, fresh, *PLAIN)
    assert differences(refreshed, fresh, with_gone=False) == []


def test_another_road_takes_over(whole_wiki: RealWiki, tmp_path: Path) -> None:
    """The list of all revisions fails for good after some answers; no address is asked for twice."""
    with FaultProxy(whole_wiki.url) as proxy:

        def lists_fail(request: Request) -> Fault | None:
            answered = sum("list=allrevisions" in earlier.path for earlier in proxy.requests)
            return Fault.SERVER_ERROR if "list=allrevisions" in request.path and answered > 20 else None

        proxy.choose = lists_fail
        assert harvest(proxy.url, tmp_path, *PLAIN) == COMPLETE
        good = Counter(f"{request.path} {request.parameters}" for request in proxy.requests if request.fault is None)
    assert_tells_all(tmp_path, whole_wiki, without_tags)
    repeated = [asked for asked, count in good.items() if count > 1 and SIGN_OF_LIFE not in asked]
    assert repeated == []


def requests_of_a_refresh(old: OldApi, folder: Path) -> int:
    old.requests.clear()
    harvest(old.url, folder, *PLAIN)
    return len(old.requests)
