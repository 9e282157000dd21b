"""What the roads through pages read purely: where lists go on, bare texts and their times, forms, versions of files."""

from __future__ import annotations

import pytest

from scraper.model import Capture, Exactness, FileVersion, Place, Timestamp, Title, Via
from scraper.queries import index
from scraper.readers.file_times import with_known_times, with_times
from scraper.readers.html.addresses import AddressRules
from scraper.readers.login_form import is_same_origin, read_login_form
from scraper.readers.raw_text import offset_between, read_raw_text
from scraper.sources.live.paging import Paging

URL = "http://garden.example/w/index.php"
PAGE = Title(0, "Compost")
SHOWN = Timestamp("2017-05-25T16:56:00Z", Exactness.UNKNOWN_ZONE)


def capture(body: str, **headers: str) -> Capture:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Capture(URL, 200, named, body.encode(), Timestamp("2026-01-01T00:00:00Z"), Via.RAW)


def test_a_raw_text_tells_the_exact_second() -> None:
    answer = capture(
        "Un tas.", content_type="text/x-wiki; charset=UTF-8", last_modified="Thu, 25 May 2017 14:56:03 GMT"
    )
    mention = read_raw_text(answer, PAGE, 7, SHOWN)
    assert mention is not None
    assert (mention.rev_id, mention.place, mention.text) == (7, Place.RAW, b"Un tas.")
    assert mention.timestamp == Timestamp("2017-05-25T14:56:03Z")


@pytest.mark.parametrize("moment", ["Thu, 25 May 2017 14:57:03 GMT", "Sat, 27 May 2017 14:56:03 GMT", "lately", ""])
def test_a_time_that_cannot_be_the_revisions_is_not_believed(moment: str) -> None:
    mention = read_raw_text(capture("Un tas.", last_modified=moment), PAGE, 7, SHOWN)
    assert mention is not None
    assert mention.timestamp is None


def test_a_page_is_no_raw_text() -> None:
    assert read_raw_text(capture("<html>Closed</html>", content_type="text/html; charset=utf-8"), PAGE, 7, None) is None


def test_the_offset_of_displayed_times() -> None:
    assert offset_between(SHOWN, Timestamp("2017-05-25T14:56:41Z")) == 120
    assert offset_between(SHOWN, Timestamp("2017-05-25T14:53:41Z")) is None


@pytest.mark.parametrize(
    ("url", "link", "following"),
    [
        (f"{URL}?title=Compost&action=history&limit=500&uselang=en",
         "/w/index.php?title=Compost&offset=20170525145603&limit=500&action=history",
         f"{URL}?title=Compost&action=history&limit=500&uselang=en&offset=20170525145603"),
        (f"{URL}?title=Compost&action=history&limit=500&offset=20170525145603",
         "/w/index.php?title=Compost&dir=prev&offset=20170525145603&limit=500&action=history", None),
        (f"{URL}?title=Compost&action=history&limit=500", "/w/index.php?title=Compost&limit=20&action=history", None),
        (f"{URL}?title=Compost&action=history", "/w/index.php?title=Other&offset=2017&action=history", None),
        ("http://garden.example/wiki/Spécial:Journal?limit=500", "/wiki/Sp%C3%A9cial:Journal?offset=2017|3&limit=500",
         "http://garden.example/wiki/Spécial:Journal?limit=500&offset=2017%7C3"),
    ],
)  # fmt: skip
def test_histories_and_tables_go_on_to_what_is_older(url: str, link: str, following: str | None) -> None:
    assert Paging(AddressRules(("/wiki/$1",))).older([link], url) == following


def test_all_pages_go_on_to_every_part_of_the_same_namespace() -> None:
    here = f"{URL}?title=Special:AllPages&namespace=2"
    links = [f"{here}&from=Brume&to=Orme", f"{here}&from=Ysé", f"{URL}?title=Special:AllPages&namespace=3&from=A", here]
    assert list(Paging(AddressRules()).parts(links, here)) == [
        f"{URL}?title=Special%3AAllPages&namespace=2&from=Brume&to=Orme",
        f"{URL}?title=Special%3AAllPages&namespace=2&from=Ys%C3%A9",
    ]


def test_exports_are_cut_into_addresses_that_servers_take() -> None:
    titles = [f"Page {'é' * 100} {number}" for number in range(60)]
    batches = list(index.export_batches(URL, titles))
    assert [title for batch in batches for title in batch] == titles
    assert all(len(index.export_histories(URL, batch)) <= 6000 for batch in batches)
    assert max(map(len, index.export_batches(URL, "ABC" * 40))) == index.TITLES_OF_AN_EXPORT


@pytest.mark.parametrize(
    "form",
    [
        '<input type="submit" name="wpLoginattempt" value="Go">',
        '<input type="hidden" name="wpLoginToken" value="t"><input type="hidden" name="authAction" value="login">'
        '<button name="wploginattempt" value="">Go</button>',
    ],
    ids=["1.15", "1.39"],
)
def test_a_login_form_is_sent_back_with_all_that_it_holds(form: str) -> None:
    form = f'<input name="wpName"><input name="wpPassword" type="password">{form}'
    found = read_login_form(capture(f'<form action="/search"></form><form action="/w/login">{form}</form>'))
    assert found is not None
    filled = found.filled("Orme", "secret")
    assert found.action == "http://garden.example/w/login"
    assert (filled["wpName"], filled["wpPassword"]) == ("Orme", "secret")
    assert {name.lower() for name in filled} >= {"wploginattempt"}
    assert filled.get("wpLoginToken", "t") == "t"


@pytest.mark.parametrize(
    ("url", "is_same"),
    [("http://garden.example/login", True), ("https://garden.example/login", True),
     ("https://elsewhere.example/login", False), ("http://garden.example:8080/login", False)],
)  # fmt: skip
def test_passwords_stay_at_home(url: str, is_same: bool) -> None:
    assert is_same_origin(url, URL) is is_same


def version(minute: str, archive_name: str | None = None, size: int = 9) -> FileVersion:
    moment = Timestamp(f"2017-05-25T{minute}:00Z", Exactness.MINUTE)
    return FileVersion("Heap.png", moment, None, "", size, 1, 1, None, None, None, None, None, archive_name, Via.HTML)


def test_old_versions_names_tell_when_the_next_one_came() -> None:
    shown = [version("14:56"), version("14:56", "20170525145633!Heap.png"), version("14:55", "20170525145602!Heap.png")]
    assert [found.timestamp.iso[11:19] for found in with_times(shown) if found.timestamp] == [
        "14:56:33",
        "14:56:02",
        "14:55:00",
    ]


def test_versions_keep_the_exact_times_that_are_known() -> None:
    known = [("2017-05-25T14:56:41Z", "", 9), ("2017-05-25T14:55:07Z", "20170525145641!Heap.png", 9)]
    shown = [version("14:56"), version("14:55", "20170525145641!Heap.png")]
    found = [one.timestamp.iso for one in with_known_times(with_times(shown), known) if one.timestamp]
    assert found == ["2017-05-25T14:56:41Z", "2017-05-25T14:55:07Z"]


def test_the_index_of_1_11_leads_to_parts_by_subpages() -> None:
    here = "https://wiki.example/index.php?title=Special:Allpages&namespace=4&uselang=en"
    links = ["/index.php?title=Special:Allpages/Bac_%C3%A0_compost&namespace=4", "/index.php?title=Special:Log/move"]
    (part,) = Paging(AddressRules()).parts(links, here)
    assert index.parameters(part) == {
        "title": "Special:Allpages", "namespace": "4", "uselang": "en", "from": "Bac à compost"
    }  # fmt: skip
