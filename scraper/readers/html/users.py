"""Special:ListUsers (Listusers before 1.15): accounts, their groups, since 1.15 when they were made (UsersPager)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scraper.model import User, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import classes, content_of, is_inside, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import user_in
from scraper.readers.reading import Reading


def read_user_list(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """Accounts as the list shows them; it tells no ids."""
    frame = frame_of(page, what, known)
    groups = _groups(page)
    return Reading.of(user for item in content_of(page).iter("li") for user in _user(item, frame, groups))


def _user(item: Element, frame: Frame, groups: Mapping[str, str]) -> Iterator[User]:
    user = user_in(item, frame)
    if user is None:
        return
    own = tuple(groups[name] for name in _linked_groups(item, frame) if name in groups)
    registered_at = frame.time_within(plain_text(item))
    yield User(user.name, None, None, registered_at, own, is_blocked=False, via=Via.HTML)


def _groups(page: ParsedPage) -> Mapping[str, str]:
    """Group by what its page is called: the form offers every group under that name."""
    choices = (choice for choice in page.body.iter("select") if choice.get("name") == "group")
    options = (option for choice in choices for option in choice.iter("option") if option.get("value"))
    return {plain_text(option).strip().casefold(): option.get("value") or "" for option in options}


def _linked_groups(item: Element, frame: Frame) -> Iterator[str]:
    """A group links to its page in the project's namespace."""
    for link in item.iter("a"):
        if "mw-userlink" in classes(link) or is_inside(link, "mw-usertoollinks"):
            continue
        address = frame.link(link)
        if address:
            yield address.title.partition(":")[2].casefold()
