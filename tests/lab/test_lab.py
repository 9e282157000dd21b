"""The laboratory itself: its wikis hold each oddity that the other tests rely on."""

from __future__ import annotations

import hashlib
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import WikiFactory, installation_or_skip
from tests.lab.api import ApiError
from tests.lab.changes import CHANGES, change
from tests.lab.installation import Installation
from tests.lab.logparams import as_api
from tests.lab.rows import COMMENT, RESTRICTED, TEXT, USER
from tests.lab.script import ScriptError, read_script
from tests.lab.truth import Truth
from tests.lab.verbs import VERBS
from tests.lab.verbs.people import BOT_PASSWORD
from tests.lab.visitors import Visitors
from tests.lab.wiki import Layout, RealWiki


@pytest.fixture(scope="module")
def truth(each_seeded_wiki: RealWiki) -> Truth:
    return Truth(each_seeded_wiki.database)


def test_serves_its_pages_and_its_api(each_seeded_wiki: RealWiki) -> None:
    general = each_seeded_wiki.api().get("query", meta="siteinfo")["query"]["general"]
    assert general["generator"] == f"MediaWiki {each_seeded_wiki.installation.version}"
    assert general["server"] == each_seeded_wiki.url


@pytest.mark.parametrize(
    "layout", [Layout("/index.php/$1", ""), Layout("/w/index.php?title=$1"), Layout("/$1", "/w")], ids=str
)
def test_serves_articles_in_every_layout(wiki_copies: WikiFactory, layout: Layout) -> None:
    wiki = wiki_copies(language="en", layout=layout)
    with urllib.request.urlopen(wiki.page_url("General_assembly")) as page:
        assert "The wheelbarrow moves in spring." in page.read().decode()


def test_the_sample_is_part_of_it(truth: Truth) -> None:
    assert truth.page("Veillée des communs 1")


def test_statistics_agree_with_the_rows(truth: Truth) -> None:
    assert truth.statistics()["pages"] == len(truth.pages())
    assert truth.statistics()["users"] == len(truth.users())


def test_every_text_has_the_hash_and_the_size_that_the_wiki_says(truth: Truth) -> None:
    for revision in truth.revisions():
        assert revision.text is not None
        assert _sha1(revision.text) == revision.sha1
        assert len(revision.text) == revision.size


def test_awkward_titles(truth: Truth) -> None:
    names = {page.name for page in truth.pages()}
    assert {"Qui ? Quoi & comment + pourquoi", '100 % de "restes" : le «bilan»', "C++", "0", "Fin/"} <= names
    assert max(len(name.encode()) for name in names) == 255


def test_a_title_that_can_no_longer_be_asked_for(each_seeded_wiki: RealWiki, truth: Truth) -> None:
    lost = truth.page("essai").page_id
    asked = each_seeded_wiki.api().get("query", titles="essai")["query"]["pages"]
    assert asked[0]["pageid"] not in (lost, None)


def test_three_thousand_revisions(truth: Truth) -> None:
    history = truth.history("Relevés de température")
    assert len(history) == 3000
    assert len({revision.timestamp for revision in history}) < 3000


def test_a_revision_above_the_limit_of_answers(each_seeded_wiki: RealWiki, truth: Truth) -> None:
    large = truth.history("Très long relevé")[0]
    answer = each_seeded_wiki.api().get("query", prop="revisions", revids=large.rev_id, rvprop="content")
    assert answer["query"]["pages"][0]["revisions"] == []
    assert answer["continue"]["rvcontinue"] == large.rev_id


def test_an_unknown_content_model_fails_its_batch(each_seeded_wiki: RealWiki, truth: Truth) -> None:
    page = truth.page("Extension retirée")
    beside = truth.page("Essai")
    batch = f"{page.latest}|{beside.latest}"
    with pytest.raises(ApiError, match="MWUnknownContentModelException"):
        each_seeded_wiki.api().get("query", prop="revisions", revids=batch, rvprop="content", rvslots="main")


def test_the_whole_wiki_can_give_that_text_too(whole_wiki: RealWiki) -> None:
    latest = Truth(whole_wiki.database).page("Extension retirée").latest
    answer = whole_wiki.api().get("query", prop="revisions", revids=latest, rvprop="content", rvslots="main")
    slots = answer["query"]["pages"][0]["revisions"][0]["slots"]
    assert slots["main"]["content"] == "Cette page venait d'une extension."


def test_hidden_parts(truth: Truth) -> None:
    history = truth.history("Parties cachées")
    everything = TEXT | COMMENT | USER
    bits = [TEXT, USER, COMMENT, everything, everything | RESTRICTED, 0, 0]
    assert [revision.deleted for revision in history] == bits
    assert history[3].public().user is None
    events = {(event.type, event.action, event.name): event for event in truth.log_events()}
    assert events["delete", "delete", "Nom regrettable"].deleted == everything
    assert events["move", "move", "Réunion de mars"].deleted == COMMENT
    assert [version.deleted for version in truth.file_versions() if version.name == "Versions.png"] == [3, 0]


def test_moved_deleted_restored_merged(truth: Truth) -> None:
    pages = {page.name: page for page in truth.pages() if page.namespace == 0}
    assert pages["Compte rendu de mars"].is_redirect
    assert "Réunion de mars" not in pages
    assert "Publicité" not in pages
    assert len(truth.history("Brouillon perdu")) == 2
    assert len(truth.history("Adresses")) == 2  # of three
    assert len(truth.history("Semis d'avril")) >= 2
    kinds = {(event.type, event.action) for event in truth.log_events()}
    assert {("move", "move_redir"), ("delete", "restore"), ("merge", "merge"), ("import", "upload")} <= kinds


def test_contributors_of_every_kind(truth: Truth) -> None:
    names = {revision.user for revision in truth.revisions()}
    assert {"198.51.100.7", "2001:DB8:0:0:0:0:0:7", "62.147.xxx.xxx", "vieux>Mousse", "ancien>Brume"} <= names
    assert {user.name: user.groups for user in truth.users()}["Orme"] == ("bot", "sysop")


def test_tags_models_protections_properties(truth: Truth) -> None:
    revisions, pages = truth.revisions(), truth.pages()
    tags = {tag for revision in revisions for tag in revision.tags}
    assert {"relecture", "mw-undo", "mw-rollback", "mw-reverted", "mw-blank", "mw-new-redirect"} <= tags
    assert {"css", "javascript", "json", "Scribunto", "wikitext"} <= {page.model for page in pages}
    assert [protection["type"] for protection in truth.page("Carnet de clôture").protections] == [
        "edit",
        "move",
    ]
    assert truth.page("Carnet de clôture").protections[0]["cascade"]
    assert [title.name for title in truth.protected_titles()] == ["Page interdite"]
    assert truth.page("Pages à relire", 14).properties == {"hiddencat": ""}


def test_files_in_several_versions(each_seeded_wiki: RealWiki, truth: Truth) -> None:
    versions = [version for version in truth.file_versions() if version.name == "Tas brun.png"]
    assert versions[0].sha1 == versions[2].sha1 != versions[1].sha1
    for version in Visitors(each_seeded_wiki).file_versions("Tas brun.png"):
        assert version["sha1"] in {row.sha1 for row in versions}
    with urllib.request.urlopen(f"{each_seeded_wiki.url}/w/images/{_hashed('Tas_brun.png')}") as file:
        assert _sha1(file.read()) == versions[2].sha1


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _hashed(name: str) -> str:
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return f"{digest[0]}/{digest[:2]}/{name}"


def test_the_bot_password_logs_in(seeded_wiki: RealWiki) -> None:
    api = seeded_wiki.api("Orme@moisson", BOT_PASSWORD)
    assert api.get("query", meta="userinfo")["query"]["userinfo"]["name"] == "Orme"


def test_log_parameters_in_the_shape_of_the_api(each_seeded_wiki: RealWiki, truth: Truth) -> None:
    api = each_seeded_wiki.api()
    names = api.get("query", meta="siteinfo", siprop="namespaces")["query"]["namespaces"]
    namespaces = {namespace["name"]: namespace["id"] for namespace in names.values()}
    shown = {
        event["logid"]: event.get("params", {})
        for answer in api.pages(list="logevents", lelimit="max", leprop="ids|type|details")
        for event in answer["logevents"]
    }
    assert {event.log_id: as_api(event.public(), namespaces) for event in truth.log_events()} == shown


def test_every_change_can_be_made_and_changes_something(fresh_wiki: RealWiki) -> None:
    truth = Truth(fresh_wiki.database)
    before: list[object] = []
    for name in CHANGES:
        change(fresh_wiki, name)
        after: list[object] = [truth.revisions(), truth.log_events(), truth.file_versions()]
        assert after != before, name
        before = after


def test_a_maintenance_script_is_noticed_by_the_running_server(fresh_wiki: RealWiki) -> None:
    fresh_wiki.maintenance("edit", "--summary", "de côté", "Essai", text="Écrit à côté du serveur.")
    page = fresh_wiki.api().get("parse", page="Essai")
    assert "Écrit à côté du serveur." in page["parse"]["text"]


def test_scripts_say_where_they_are_wrong(tmp_path: Path) -> None:
    script = tmp_path / "wrong.txt"
    script.write_text("edit: Essai\n\nUn.\n%%%\nedit Essai\n%%%\n")
    with pytest.raises(ScriptError, match=r"wrong\.txt:5: no colon in 'edit Essai'"):
        read_script(script)


def test_every_verb_is_used() -> None:
    scripts = (Path(__file__).parent / "content").glob("*/*.txt")
    assert {step.verb for script in scripts for step in read_script(script)} == set(VERBS)


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_mediawiki_a_test_is_skipped_but_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("WIKICOMPOST_MEDIAWIKI_1_39", str(tmp_path))
    with pytest.raises(outcome, match=r"no MediaWiki 1\.39 in .*: run \.ci/run, or set WIKICOMPOST_MEDIAWIKI_1_39"):
        installation_or_skip("1.39")


def test_a_folder_with_another_mediawiki_is_named(monkeypatch: pytest.MonkeyPatch, seeded_wiki: RealWiki) -> None:
    found: Installation = seeded_wiki.installation
    monkeypatch.setenv("CI", "")
    monkeypatch.setenv("WIKICOMPOST_MEDIAWIKI_1_43", str(found.root))
    with pytest.raises(pytest.skip.Exception, match=rf"holds MediaWiki {found.version}, not 1\.43"):
        installation_or_skip("1.43")
