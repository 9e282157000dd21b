"""A wiki behind a proxy that fails: the harvest ends with the same archive, or says what is short."""

from __future__ import annotations

from pathlib import Path

from tests.captured.test_bad_input import problems, titles
from tests.harvest.compare import differences
from tests.harvest.running import COMPLETE, SHORT, harvest
from tests.lab.faults import PASSING, Chance, Fault, FaultProxy, Request, never
from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki


def test_one_request_in_ten_fails(seeded_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(seeded_wiki.url) as proxy:
        harvest(proxy.url, tmp_path / "undisturbed", "--timeout", "2")
        proxy.choose = Chance(0.1, seed=2)
        proxy.requests.clear()
        harvest(proxy.url, tmp_path / "disturbed", "--timeout", "2")
        met = {fault for fault in Fault if proxy.counts[fault.value]}
    assert len(met) > len(PASSING) / 2
    found = differences(tmp_path / "undisturbed", tmp_path / "disturbed")
    assert [one for one in found if not one.startswith("problems encoding-untrue")] == []


def test_retry_fetches_what_failed_alone(english_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(english_wiki.url, choose=failing("meta", "allmessages")) as proxy:
        assert harvest(proxy.url, tmp_path / "one") == SHORT
        asked = len(proxy.requests)
        proxy.choose = never
        assert harvest(proxy.url, tmp_path / "one", verb="retry") == COMPLETE
        assert len(proxy.requests) - asked <= 4
        harvest(proxy.url, tmp_path / "other")
    assert differences(tmp_path / "one", tmp_path / "other") == []


def test_many_at_once(whole_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(whole_wiki.url) as proxy:
        harvest(proxy.url, tmp_path / "one")
        harvest(proxy.url, tmp_path / "other", "--concurrency", "4")
    assert differences(tmp_path / "one", tmp_path / "other") == []


def test_values_of_other_types(english_wiki: RealWiki, tmp_path: Path) -> None:
    """Nothing ends the harvest, whichever they are; what could not be read comes once the wiki gives it."""
    with FaultProxy(english_wiki.url, choose=Chance(0.4, seed=1, kinds=[Fault.MISSHAPEN])) as proxy:
        outcome = harvest(proxy.url, tmp_path, "--no-renderings")
        assert proxy.counts[Fault.MISSHAPEN.value] > 3
        assert outcome == COMPLETE or problems(tmp_path)
        proxy.choose = never
        harvest(proxy.url, tmp_path, "--no-renderings", "--sweep")
    assert len(titles(tmp_path)) == len(Truth(english_wiki.database).pages())


def test_ids_of_which_the_wiki_says_nothing(english_wiki: RealWiki, tmp_path: Path) -> None:
    """It names no ids that it does not know: they have an end all the same."""
    with FaultProxy(english_wiki.url) as proxy:
        harvest(proxy.url, tmp_path, "--no-renderings")
        asked = len(proxy.requests)
        proxy.choose = lambda request: Fault.NOTHING if "revids" in request.parameters else None
        harvest(proxy.url, tmp_path, "--no-renderings")
    assert len(proxy.requests) - asked < 150


def failing(name: str, value: str):  # type: ignore[no-untyped-def]
    """Chooses an error for each question that has this parameter."""

    def choose(request: Request) -> Fault | None:
        return Fault.SERVER_ERROR if request.parameters.get(name) == value else None

    return choose
