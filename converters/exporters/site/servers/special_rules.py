"""Where special pages lead, however they were asked; ``special_pages.tsv`` says which leads where."""

from __future__ import annotations

from collections.abc import Iterator

from converters.exporters.site.options import History
from converters.exporters.site.servers.old_addresses import GONE, LEFT_OUT, OldAddresses
from converters.exporters.site.servers.rule import COLON, END, PARAMETERS, TITLE, VALUE, Parted, Rule
from converters.exporters.site.servers.sent import as_path, as_sent, one_of, target
from converters.links import ABOUT, CONTRIBUTIONS, HISTORY, INFO, PAGE, RANDOM, REVISION, SEARCH

# Where those lead that were asked nothing more.
ALONE = {
    CONTRIBUTIONS: CONTRIBUTIONS, INFO: ABOUT, HISTORY: ABOUT, "about": ABOUT, "search": SEARCH, "random": RANDOM,
    "revision": ABOUT, "difference": ABOUT, "redirect": ABOUT,
}  # fmt: skip
# Which parameter of a list asks for a part of it that the site has too.
ASKS_FOR_A_PART = {"Log": "type", "Allpages": "namespace"}
# Parameters of special pages whose values are titles and names of users.
NAMED = "target|page|user|file|wpvalue"
NUMBER = r"([1-9]\d*)"
REST = r"(?:&\S*)?$"
# What a special page is asked, and where that leads.
Asked = Iterator[tuple[str, str]]


def list_rules(old: OldAddresses) -> Iterator[Rule]:
    """What a list is asked by parameters under the name that it has on the site: something stands there."""
    for kind, place in old.lists.items():
        own = f"^{as_path(place.rstrip('/'))}"
        if kind == "Log":
            yield from _values(old, own)
        for pattern, leads_to in _asked_of_list(old, kind):
            yield Rule(f"{own}{pattern}", leads_to)


def special_rules(old: OldAddresses) -> Iterator[Rule]:
    """Of one wiki, for all names of its special pages."""
    for kind, names in old.parts.items():
        # For the script, which does not know that they are there.
        for parts in one_of(names):
            yield Rule(rf"^{as_path(old.lists[kind])}({parts}){END}", f"{target(old.lists[kind])}$1/")
    for prefixes in one_of(old.special_prefixes):
        before = f"^{as_path(old.pages)}{prefixes}{COLON}(?:_|%20)*"
        yield from _values(old, before)
        for title, name in old.out_of_the_way():
            yield Rule(rf"^({before[1:]}[^/?\s]+/){as_sent(title)}{END}", f"$1{target(name)}")
        for leads_to, names in old.special_pages.items():
            for name in one_of(names) if leads_to != "gone" else ():
                yield from _special_page(old, before + name, leads_to)
        yield Rule(rf"{before}\S*$", GONE, ignores_case=True)


def _values(old: OldAddresses, before: str) -> Iterator[Rule]:
    """Titles and names that parameters tell, as they stand in the paths to which these lead.

    A plus is a space there (wfArrayToCgi writes so); in paths it is itself.
    """
    # No group may hold a question mark: Apache takes it for an attack.
    asked = rf"^({before[1:]}[^?\s]*)\?((?:[^?\s]*&)?(?:{NAMED})="
    for title, name in old.out_of_the_way():
        yield Rule(rf"{asked}){as_sent(title)}(?:&([^?\s]*))?$", f"$1?$2{target(name)}&$3")
    value = rf"{asked}[^+?&\s]*)"
    yield from Parted(value, r"\+", r"([^+?&\s]*)", r"([^?\s]*)$", "$1?", ignores_case=True).joined(6, 3, 1)


def _special_page(old: OldAddresses, asked: str, leads_to: str) -> Iterator[Rule]:
    kind, _, takes = leads_to.partition("/")
    for pattern, place in _subpages(old, kind) if takes else (*_asked_of_list(old, kind), *_logs(old, kind)):
        yield Rule(rf"{asked}{pattern}", place, ignores_case=True)
    yield Rule(rf"{asked}(?:/[^?\s]*)?{END}", _alone(old, kind), ignores_case=True)


def _alone(old: OldAddresses, kind: str) -> str:
    if kind in old.lists:
        return target(old.lists[kind])
    if kind in ("revision", "difference") and old.history is not History.FULL:
        return LEFT_OUT
    return f"/{ALONE[kind]}/" if kind in ALONE else GONE


def _logs(old: OldAddresses, kind: str) -> Asked:
    """One log, below the name of all."""
    for logs in one_of(old.parts[kind]) if kind == "Log" else ():
        yield rf"/({logs}){END}", f"{target(old.lists[kind])}$1/"


def _asked_of_list(old: OldAddresses, kind: str) -> Asked:
    """What is asked by parameters of one page or person, of one log, of one namespace."""
    if kind == "Log":
        yield rf"{PARAMETERS}page={VALUE}{REST}", f"/{INFO}/$1/"
        yield rf"{PARAMETERS}user={VALUE}{REST}", f"/{CONTRIBUTIONS}/$1/"
    for parts in one_of(old.parts[kind]) if kind in ASKS_FOR_A_PART else ():
        yield rf"{PARAMETERS}{ASKS_FOR_A_PART[kind]}=({parts}){REST}", f"{target(old.lists[kind])}$1/"


def _subpages(old: OldAddresses, kind: str) -> Asked:
    below = rf"/{TITLE}{END}"
    if kind in (CONTRIBUTIONS, INFO):
        yield rf"{PARAMETERS}target={VALUE}{REST}", f"/{kind}/$1/"
    if kind in (CONTRIBUTIONS, INFO):
        yield below, f"/{kind}/$1/"
    if kind == HISTORY:
        yield below, old.history_of("$1")
    if kind == PAGE:
        yield below, f"{target(old.pages)}$1"
    if kind == "file":
        yield below, f"{old.media}$1"
        yield rf"{PARAMETERS}file={VALUE}{REST}", f"{old.media}$1"
    if kind == "search":
        yield rf"{PARAMETERS}search={VALUE}{REST}", f"/{SEARCH}/?search=$1"
        yield below, f"/{SEARCH}/?search=$1"
    if kind == "redirect":
        yield from _redirected(old)
    if old.history is History.FULL:
        yield from _versions(kind)


def _redirected(old: OldAddresses) -> Asked:
    """What is told by a number or a name: https://www.mediawiki.org/wiki/Help:Redirects#Special:Redirect."""
    version = f"/{REVISION}/$1/" if old.history is History.FULL else LEFT_OUT
    ways = (("page", NUMBER, f"/{PAGE}/$1/"), ("file", VALUE, f"{old.media}$1"), ("revision", NUMBER, version))
    for type_, value, place in ways:
        yield rf"/{type_}/{TITLE if value is VALUE else value}{END}", place
        yield rf"{PARAMETERS}wptype={type_}&(?:\S*&)?wpvalue={value}{REST}", place
    # Nobody's number stands on the site, nor that of a line in a log.
    yield rf"/user/{NUMBER}{END}", f"/{CONTRIBUTIONS}/"
    yield rf"/logid/{NUMBER}{END}", target(old.lists["Log"])


def _versions(kind: str) -> Asked:
    if kind == "revision":
        yield rf"/{NUMBER}{END}", f"/{REVISION}/$1/"
        yield rf"{PARAMETERS}id={NUMBER}{REST}", f"/{REVISION}/$1/"
    if kind == "difference":
        yield rf"/{NUMBER}/(?:cur|0){END}", "/difference/$1/current/"
        yield rf"/{NUMBER}/next{END}", "/difference/$1/next/"
        yield rf"/{NUMBER}(?:/prev)?{END}", "/difference/$1/"
        yield rf"/(?:\d+|prev)/{NUMBER}{END}", "/difference/$1/"
