"""A wiki behind a proxy that fails: the harvest ends with the same archive, or says what is short."""

from __future__ import annotations

from pathlib import Path

from tests.harvest.compare import differences
from tests.harvest.running import COMPLETE, SHORT, harvest
from tests.lab.faults import PASSING, Chance, Fault, FaultProxy, Request, never
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


def failing(name: str, value: str):  # type: ignore[no-untyped-def]
    """Chooses an error for each question that has this parameter."""

    def choose(request: Request) -> Fault | None:
        return Fault.SERVER_ERROR if request.parameters.get(name) == value else None

    return choose
