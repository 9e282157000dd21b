"""Rules for addresses: they find every form of a title at every wiki's paths, and hold nothing that speaks to a server.

Here Python follows them, as ``find.js`` does; :mod:`test_servers` asks real servers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from converters.exporters import History, SiteOptions
from converters.exporters.site.servers import old_addresses
from converters.exporters.site.servers.encodings import old_bytes
from converters.exporters.site.servers.rules import Rules, rules
from converters.exporters.site.servers.sent import as_sent, one_of, target
from converters.links import Addresses, layout_of, special_pages
from scraper.model import Namespace, Site, Via

# Of what cannot stand in a title, line breaks and the like would be the most dangerous.
TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=255)
DIFFICULT = (
    "Accueil", "Qui ?", "??", "Quoi?action=edit", "A+B & C", "100%", "50%/50%", 'Dit "oui"', "C$1", "//", "/", "A//B",
    "/etc/passwd", "A/", "Fin.", "...", ".htaccess", "A\\B", "X^y", "`cd`", "A=B", "A&action=edit", "Index.php/Foo",
    "Index.html", "Api.php", "Con", "A" * 255, "漢" * 85, "1:2:3", "http://example.org", "😀 Emoji", "Été", "+", "%",
    "\\", "\\\\A",
    "Un titre de beaucoup de mots qui a plus d'espaces que tous les autres titres de ce wiki et plus encore",
)  # fmt: skip
# Whose names no disk takes as they are, and somebody whose name is like any other.
PEOPLE = ("J. D.", "Luce", "Con", ".o.", "Zoé...", "A/B.")
# Article path, script path; where the script was.
PATHS = {
    ("/wiki/$1", "/w"): "/w/index.php",
    ("/$1", "/w"): "/w/index.php",
    ("/$1", ""): "/index.php",
    ("/w/index.php/$1", "/w"): "/w/index.php",
    ("/index.php/$1", ""): "/index.php",
    ("/index.php5/$1", ""): "/index.php5",
    ("/index.php?title=$1", ""): "/index.php",
    ("/w/index.php5?title=$1", "/w"): "/w/index.php5",
    ("/fr/$1", "/fr"): "/fr/index.php",
    ("/wiki/fr/$1", "/w/fr"): "/w/fr/index.php",
    ("/wiki/$1", "/wiki"): "/wiki/index.php",
    ("/~odile/é/$1", "/~odile/w"): "/~odile/w/index.php",
}
DANGEROUS = re.compile(r"[\"`{}<>#\x00-\x20\x7f]")


@given(TITLES, st.text(EITHER := "!'()*,;@&=+$:/", max_size=14))
@example('x"; } server { return 200 owned; } $uri', "")
@example("(?i)[a-z]{2,}^$|\\", "$")
def test_a_title_is_found_however_it_is_encoded(title: str, unencoded: str) -> None:
    pattern = re.compile(as_sent(title))
    written = target(title.replace(" ", "_"))
    is_short = pattern.pattern != re.escape(written)
    names = {quote(title, safe=unencoded), quote(title.replace(" ", "_"), safe="")} if is_short else {written}
    names |= {name.replace(".", "%2e").replace("~", "%7E") for name in names if is_short}
    assert all(pattern.fullmatch(name) for name in names)


@given(TITLES)
@example("\u2028\u00a0\u0085")
def test_no_title_speaks_to_a_server(title: str) -> None:
    assert not DANGEROUS.search(as_sent(title))
    assert not DANGEROUS.search(target(title))
    assert "$" not in target(title)


@given(st.lists(TITLES, min_size=1, max_size=30))
def test_each_of_many_is_found_by_one_short_expression(titles: list[str]) -> None:
    found = list(one_of(titles))
    assert all(len(expression.encode()) < 4_096 for expression in found)
    for title in titles:
        assert any(re.fullmatch(expression, target(title.replace(" ", "_"))) for expression in found)


def garden(article_path: str, script_path: str, **general: object) -> Site:
    """A wiki at these paths; ``general`` is what it says of itself besides."""
    return Site(
        "Jardin", "https://jardin.example:8080/", "MediaWiki 1.39.7", "fr", "Accueil", "https://jardin.example:8080",
        article_path, script_path, "first-letter", "UTC", None, None, {"general": general}, Via.API,
    )  # fmt: skip


def made(
    article_path: str,
    script_path: str,
    titles: Sequence[str] = DIFFICULT,
    history: History = History.FULL,
    namespaces: Sequence[Namespace] = (),
) -> tuple[Addresses, Rules]:
    """The addresses and rules of a wiki with these titles; the first namespace is that of pages without one."""
    site = replace(garden(article_path, script_path), case=namespaces[0].case if namespaces else "first-letter")
    addresses = Addresses(layout_of(article_path), special_pages(site), enumerate(titles, 1))
    return addresses, rules(old_addresses(site, namespaces, addresses, PEOPLE, SiteOptions(history=history)))


def followed(found: Rules, address: str, there: Collection[str] = ()) -> str:
    """Where rules lead, decoded, and no further than to a place that is there. They have to end."""
    for _ in range(20):
        if unquote(address).strip("/") in there:
            return unquote(address).strip("/")
        following = next(
            (re.sub(r"\$(\d)", lambda group, match=match: match[int(group[1])] or "", rule.target)
             for rule in (*found.always, *found.missing)
             if (match := re.search(rule.pattern, address, re.I if rule.ignores_case else 0))),
            None,
        )  # fmt: skip
        if following is None or following.rstrip("/") == address.rstrip("/"):
            return unquote(urlsplit(address).path).strip("/")
        address = following
    raise AssertionError(f"no end: {address}")


def test_rules_take_the_whole_address() -> None:
    """The script replaces what an expression found, servers all of the address."""
    _, found = made("/wiki/$1", "/w")
    for rule in (*found.always, *found.missing, *found.fallbacks, *found.away):
        assert rule.pattern.startswith("^")
        assert rule.pattern.endswith("$")


@pytest.mark.parametrize(("article_path", "script_path"), PATHS)
def test_difficult_titles_are_found_whatever_the_paths_of_the_wiki(article_path: str, script_path: str) -> None:
    addresses, found = made(article_path, script_path)
    script = quote(PATHS[article_path, script_path], safe="/~")
    pages = quote("/".join(("", *addresses.layout.prefix, "")), safe="/~")
    for title in DIFFICULT:
        name, whole = quote(title.replace(" ", "_"), safe=";@$!*(),/~:"), quote(title, safe="")
        place = addresses.of_title(title) or ""
        forms = (
            f"{pages}{name}", f"{pages}{name}?useskin=monobook", f"{script}?title={name}", f"{script}?title={whole}",
            f"{script}?title={whole.replace('%20', '+')}&printable=yes", f"{script}?action=view&title={name}",
            f"{script}/{name}", f"{script}?&title={name}", f"{script.rpartition('/')[0]}/?title={name}&printable=yes",
        )  # fmt: skip
        assert {form: followed(found, form) for form in forms} == dict.fromkeys(forms, place)
        history = followed(found, f"{script}?title={name}&action=history")
        assert history == addresses.history_of(place)


@pytest.mark.parametrize(("article_path", "script_path"), PATHS)
def test_what_special_pages_are_asked_has_a_plus_for_a_space(article_path: str, script_path: str) -> None:
    addresses, found = made(
        article_path, script_path, ("C++", "A+B & C", "Le grand tas de feuilles mortes du fond", "/a b")
    )
    script = quote(PATHS[article_path, script_path], safe="/~")
    for page_id, title, place in addresses:
        asked = f"target={quote(title, safe=' ').replace(' ', '+')}&limit=20"
        for name in ("Special:WhatLinksHere", "special:WhatLinksHere"):
            assert followed(found, f"{script}?title={name}&{asked}") == addresses.info_of(place), page_id
    for form in ("Special:WhatLinksHere//a_b", "Special:WhatLinksHere&target=/a+b", "Special:Log&type=&page=/a+b"):
        assert followed(found, f"{script}?title={form}&limit=20") == addresses.info_of(addresses.of_title("/a b") or "")
    for asked in ("&target=Luce+d%27Aval%2B", "/Luce_d%27Aval%2B", "/Luce+d%27Aval%2B"):
        assert followed(found, f"{script}?title=Special:Contributions{asked}") == "contributions/Luce_d'Aval+"


@pytest.mark.parametrize("script", ["/w/index.php?title=", "/w/index.php?action=view&title="])
def test_a_title_with_a_slash_at_its_end_leaves_the_page_without_it_in_peace(script: str) -> None:
    addresses, found = made("/wiki/$1", "/w", ("A", "A/", "B/"))
    leads = {"A": "wiki/A", "A/": addresses.of_title("A/"), "B/": addresses.of_title("B/")}
    assert {title: followed(found, script + title) for title in leads} == leads
    assert followed(found, f"{script}A/&action=history") == addresses.history_of(addresses.of_title("A/") or "")
    linking = "Special:WhatLinksHere"
    told = {"A": "info/A", "A/": addresses.info_of(leads["A/"] or "")}
    for title, place in told.items():
        assert followed(found, f"{script}{linking}/{title}") == followed(found, f"/wiki/{linking}/{title}") == place
        assert followed(found, f"{script}{linking}&target={title}&limit=5") == place
    for form, place in {"/wiki/A": "wiki/A", "/wiki/A?action=info": "info/A", "/wiki/B/": leads["B/"]}.items():
        assert followed(found, form) == place


@pytest.mark.parametrize(("article_path", "script_path"), PATHS)
def test_versions_that_were_left_out_are_never_the_main_page(article_path: str, script_path: str) -> None:
    script = quote(PATHS[article_path, script_path], safe="/~")
    pages = quote("/".join(("", *layout_of(article_path).prefix, "")), safe="/~")
    versions = ("oldid=5", "diff=5", "diff=prev&oldid=5", "oldid=5&diff=cur&printable=yes")
    for history, place in ((History.LIST, "history/Qui_?"), (History.NONE, "archive/versions")):
        _, found = made(article_path, script_path, history=history)
        for special in ("PermanentLink/5", "Redirect/revision/5"):
            assert followed(found, f"{script}?title=Special:{special}") == "archive/versions"
        assert followed(found, f"{script}?title=Special:PageHistory/Qui_%3F") == place
        for query in versions:
            assert followed(found, f"{script}?{query}") == "archive/versions"
        for query in (*versions, "action=history"):
            for form in (
                f"{script}?title=Qui+%3F&{query}",
                f"{script}?{query}&title=Qui_%3F",
                f"{pages}Qui_%3F?{query}",
            ):
                assert followed(found, form) == place
        moved = "/history/Is_gone/?version=5"
        assert next(rule.target for rule in found.fallbacks if re.search(rule.pattern, moved)) == "/archive/versions/"


@pytest.mark.parametrize(
    ("main", "lab", "titles"),
    [
        ("case-sensitive", "first-letter", ("potager", "Membre:Zoé", "Labo:Essai")),
        ("first-letter", "case-sensitive", ("Potager", "Membre:Zoé", "Labo:essai")),
    ],
)
def test_each_namespace_has_its_own_rule_for_first_letters(main: str, lab: str, titles: tuple[str, ...]) -> None:
    namespaces = (Namespace(0, "", "", main), Namespace(2, "Membre", "User"), Namespace(100, "Labo", "Labo", lab))
    _, found = made("/wiki/$1", "/w", titles, namespaces=namespaces)
    there = [*(f"wiki/{title}" for title in titles), "contributions/Zoé"]
    for title, place in zip(("potager", "membre:zo%C3%A9", "labo:essai"), there, strict=False):
        assert followed(found, f"/w/index.php?title={title}", there) == place
    assert followed(found, "/wiki/Special:Contributions/zo%C3%A9", there) == "contributions/Zoé"
    redirect = followed(found, f"/wiki/{titles[2]}?redirect=no", there)
    assert redirect == ("wiki/Labo:essai" if lab == "case-sensitive" else "redirect/Labo:Essai")


def test_what_only_looks_like_a_namespace_keeps_its_small_letters() -> None:
    _, found = made("/wiki/$1", "/w", ("Http:x", "Foo:bar", "Hôtel:étage", "Bar"))
    for form in ("Foo:bar", "foo:bar", "Http:x", "http%3Ax", "Hôtel:étage", "h%C3%B4tel:%C3%A9tage"):
        place = f"wiki/{unquote(form).capitalize()}"
        assert followed(found, f"/redirect/{form}", [place]) == followed(found, f"/wiki/{form}", [place]) == place


@pytest.mark.parametrize("encoding", ["undefined", "\0", "\ud800", "rot13", "utf-8"])
def test_an_encoding_that_is_none_has_no_letters(encoding: str) -> None:
    assert old_bytes(garden("/wiki/$1", "/w", fallback8bitEncoding=encoding), ["É"]) == {}


def test_titles_are_found_as_mediawiki_mends_them() -> None:
    _, found = made("/wiki/$1", "/w")
    for form in ("E%CC%81te%CC%81", "%C3%89te%CC%81", "%E2%80%8E%C3%89t%C3%A9", "%c3%89t%c3%a9%e2%80%ac"):
        assert followed(found, f"/wiki/{form}") == followed(found, f"/w/index.php?title={form}") == "wiki/Été"
    for form in ("%C9t%E9", "%e9t%C3%A9", "%E9t%E9?useskin=monobook"):
        assert followed(found, f"/wiki/{form}") == "wiki/Été"
    for space in ("%C2%A0", "%E3%80%80", "_%C2%A0", "%E2%80%AF"):
        assert followed(found, f"/wiki/Qui{space}%3F") == "wiki/Qui_?"
    for section in ("%23Semis", "_%23", "%23Semis%3F?printable=yes"):
        assert followed(found, f"/wiki/Qui_%3F{section}") == "wiki/Qui_?"
        assert followed(found, f"/history/Qui_%3F{section}") == "history/Qui_?"


@pytest.mark.parametrize("path", ["/$2/$1", "/wiki/$2/$1"])
def test_pages_answer_in_each_script_of_their_language(path: str) -> None:
    codes = [{"code": code, "name": code} for code in ("sr", "sr-ec", "sr-el", "sr;x")]
    site = garden("/wiki/$1", "/w", variantarticlepath=path, variants=codes)
    addresses = Addresses(layout_of("/wiki/$1"), special_pages(site), [(1, "Accueil"), (2, "Qui ?")])
    found = rules(old_addresses(site, (), addresses, (), SiteOptions()))
    for code in ("sr", "sr-ec", "sr-el"):
        start = path.replace("$2", code).removesuffix("$1")
        assert followed(found, f"{start}Qui_%3F?useskin=monobook") == "wiki/Qui_?"
        assert followed(found, f"{start}Qui_%3F?action=history") == "history/Qui_?"
    assert not any(";x" in rule.pattern for rule in found.always)


def test_to_other_wikis_titles_go_as_they_are() -> None:
    entries = [
        {"prefix": prefix, "url": f"https://{prefix}.example/$1", "local": True} for prefix in ("wikt", "fr", "labo")
    ]
    site = replace(garden("/wiki/$1", "/w"), siteinfo={"interwikimap": entries})
    addresses = Addresses(layout_of("/wiki/$1"), special_pages(site), [(1, "Accueil"), (2, "Wiktionnaire")])
    namespaces = [Namespace(0, "", ""), Namespace(100, "Labo", "Labo")]
    found = rules(old_addresses(site, namespaces, addresses, (), SiteOptions()))
    leads = {
        "/wiki/wikt:x/y": "https://wikt.example/x/y",
        "/wiki/WIKT%3A_x%20y?action=raw": "https://wikt.example/x%20y",
        "/wiki/:fr:Qui_%3F": "https://fr.example/Qui_%3F",
        "/wiki/fr:": "https://fr.example/",
        "/history/fr:Accueil/": "https://fr.example/Accueil",
        "/wiki/Labo:Essai": None,
        "/wiki/Wiktionnaire": None,
    }
    for address, place in leads.items():
        ways = ((re.search(rule.pattern, address, re.I), rule.target) for rule in found.away)
        assert next((way.replace("$1", match[1] or "") for match, way in ways if match), None) == place, address


@pytest.mark.parametrize(("article_path", "script_path"), PATHS)
def test_people_are_found_whatever_their_names(article_path: str, script_path: str) -> None:
    addresses, found = made(article_path, script_path)
    script = PATHS[article_path, script_path]
    for name in PEOPLE:
        asked = f"Special:Contributions/{quote(name.replace(' ', '_'), safe='/')}"
        there = {addresses.contributions_of(name)}
        assert followed(found, f"{quote(script, safe='/~')}?title={asked}", there) in there
        assert followed(found, f"/contributions/{quote(name, safe='/')}/", there) in there
