"""Session fixtures: the real MediaWikis of the laboratory. See ``tests/README.md``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.lab.database import remember_model
from tests.lab.installation import Installation, NotInstalled, find_installation
from tests.lab.seeding import NAMES, seeded
from tests.lab.wiki import Character, Layout, RealWiki

SERIES = ("1.39", "1.43")

# The same examples for everybody, however slow the machine.
settings.load_profile("ci")

WikiFactory = Callable[..., RealWiki]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: what packers write holds the time, and the workers must agree on every id."""
    return argname if isinstance(val, bytes) else None


def installation_or_skip(series: str) -> Installation:
    """The MediaWiki of a series; skips the test without it, and fails it in CI."""
    try:
        return find_installation(series)
    except NotInstalled as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"needed in CI: {error}", pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def wiki_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WikiFactory]:
    """Makes started twins of the seeded wikis; stops them all at the end of the session.

    ``wiki_copies(language="fr", series="1.39", layout=Layout(), **settings)``
    """
    wikis: list[RealWiki] = []

    def make(language: str = "fr", series: str = "1.39", layout: Layout | None = None, **settings: object) -> RealWiki:
        original = seeded(installation_or_skip(series), language)
        character = Character(NAMES[language], language, layout or Layout(), settings=settings)
        folder = tmp_path_factory.mktemp("wiki") / "wiki"
        wikis.append(original.fresh_copy(folder, character).start())
        return wikis[-1]

    yield make
    for wiki in wikis:
        wiki.stop()


@pytest.fixture(scope="session")
def seeded_wiki(wiki_copies: WikiFactory) -> RealWiki:
    """The French wiki on MediaWiki 1.39, running; tests must not change it."""
    return wiki_copies()


@pytest.fixture(scope="session", params=SERIES)
def each_seeded_wiki(request: pytest.FixtureRequest, wiki_copies: WikiFactory) -> RealWiki:
    """The French wiki, on each MediaWiki in turn, running; tests must not change it."""
    return wiki_copies(series=request.param)


def whole(folder: Path) -> RealWiki:
    """A copy of the French wiki on MediaWiki 1.39 that can give every text: it knows all content models."""
    copy = seeded(installation_or_skip("1.39"), "fr").fresh_copy(folder)
    remember_model(copy.database, "Extension retirée")
    return copy


@pytest.fixture(scope="session")
def whole_wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealWiki]:
    """The French wiki on MediaWiki 1.39, able to give every text; tests must not change it."""
    with whole(tmp_path_factory.mktemp("wiki") / "wiki") as wiki:
        yield wiki


@pytest.fixture
def fresh_whole_wiki(tmp_path: Path) -> Iterator[RealWiki]:
    """The same, for one test that may change it."""
    with whole(tmp_path / "wiki") as wiki:
        yield wiki


@pytest.fixture(scope="session")
def english_wiki(wiki_copies: WikiFactory) -> RealWiki:
    """The small English wiki on MediaWiki 1.39, running; tests must not change it."""
    return wiki_copies(language="en")


@pytest.fixture
def fresh_wiki(tmp_path: Path) -> Iterator[RealWiki]:
    """A running copy of the French wiki on MediaWiki 1.39 that the test may change."""
    with seeded(installation_or_skip("1.39"), "fr").fresh_copy(tmp_path / "wiki") as wiki:
        yield wiki
