"""Harvests killed at random moments and resumed: the archive is that of a harvest which nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.closed.doors import closed, is_api, is_export
from tests.harvest.compare import differences
from tests.harvest.running import command, harvest
from tests.lab.faults import Choice, Fault, FaultProxy, Request, never
from tests.lab.wiki import RealWiki

KILLS_OF_SMALL, KILLS_OF_LARGE, KILLS_OF_CLOSED = 13, 7, 2
DOORS = {"API closed": (is_api,), "API and export closed": (is_api, is_export)}
# The answer being saved and the next one, or the questions about one item that is taken alone; robots.txt; and, before
# there is an archive, where the API is, or that there is none.
ASKED_TWICE = 10


@dataclass
class Undisturbed:
    """A harvest that nobody killed: through which proxy, its options, its archive, the faults it met by design, and how
    many requests it took."""

    proxy: FaultProxy
    options: tuple[str, ...]
    folder: Path
    choose: Choice = never
    requests: int = field(init=False)

    def __post_init__(self) -> None:
        harvest(self.proxy.url, self.folder, *self.options)
        self.requests = len(self.proxy.requests)


@pytest.fixture(scope="module")
def small(english_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """The English wiki with everything."""
    with FaultProxy(english_wiki.url) as proxy:
        yield Undisturbed(proxy, (), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(whole_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """The French wiki, whose lists go on over many answers; its renderings would only take time."""
    with FaultProxy(whole_wiki.url) as proxy:
        yield Undisturbed(proxy, ("--no-renderings",), tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="module", params=DOORS.values(), ids=DOORS)
def shut(
    request: pytest.FixtureRequest, english_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Undisturbed]:
    """The English wiki through the doors that are left."""
    doors = closed(*request.param, how=Fault.ABSENT)
    with FaultProxy(english_wiki.url, choose=doors) as proxy:
        yield Undisturbed(proxy, (), tmp_path_factory.mktemp("shut"), doors)


@pytest.mark.parametrize("seed", range(KILLS_OF_SMALL))
def test_small_wiki(small: Undisturbed, tmp_path: Path, seed: int) -> None:
    kill_and_resume(small, tmp_path, seed)


@pytest.mark.parametrize("seed", range(KILLS_OF_LARGE))
def test_large_wiki(large: Undisturbed, tmp_path: Path, seed: int) -> None:
    kill_and_resume(large, tmp_path, seed)


@pytest.mark.parametrize("seed", range(KILLS_OF_CLOSED))
def test_closed_doors(shut: Undisturbed, tmp_path: Path, seed: int) -> None:
    kill_and_resume(shut, tmp_path, seed)


def kill_and_resume(calm: Undisturbed, folder: Path, seed: int) -> None:
    """Kill a harvest while it waits for an answer or works on the one before, then let it go on."""
    proxy = calm.proxy
    last = random.Random(seed).randrange(calm.requests)

    def kill(request: Request) -> Fault | None:
        if request.number == last:
            os.kill(victim.pid, signal.SIGKILL)
        return calm.choose(request)

    proxy.requests.clear()
    proxy.choose = kill
    line = command(proxy.url, folder, *calm.options)
    victim = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    victim.wait(120)
    proxy.choose = calm.choose
    harvest(proxy.url, folder, *calm.options)
    assert differences(calm.folder, folder) == []
    assert len(proxy.requests) <= calm.requests + ASKED_TWICE
