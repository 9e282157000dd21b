"""A wiki made from a description: the header and the single questions of ``render --jsonl``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from converters.document.wiki import Wiki
from converters.language import language
from converters.wikitext.functions.grammar import inflected
from converters.wikitext.targets import WITH_SUBPAGES
from scraper.model import Namespace, Site, Via
from scraper.titles import TitleParser

# MediaWiki's parser tests run with thumbnails of $wgThumbLimits[2], 180 pixels, with pictures from anywhere, and with
# files on another server. They expect what MediaWiki and Cite wrote after 1.35 and before 1.39.
PARSER_TESTS_SITEINFO: Mapping[str, Any] = {
    "defaultoptions": {"thumbsize": 2},
    "general": {
        "generator": "MediaWiki 1.38",
        "externalimages": [""],
        "uploadpath": "http://example.com/images",
    },
}
ENGLISH = "en"
GRAMMAR = re.compile(r"\{\{grammar:(.*?)\|(.*?)\}\}", re.I)
# The namespaces from 100 on are a wiki's own ($wgExtraNamespaces).
FIRST_OF_THE_WIKI = 100


def settings_of(question: Mapping[str, Any]) -> dict[str, Any]:
    """What of MediaWiki's configuration a question changes, by the names of siteinfo's ``general``."""
    options = question.get("options") or {}
    settings: dict[str, Any] = {}
    if "thumbsize" in options:
        settings["thumblimits"] = [int(options["thumbsize"])]
    if options.get("wgenableuploads") == "0":
        settings["uploadsenabled"] = False
    if question.get("language") not in (None, ENGLISH):
        settings["lang"] = question["language"]
    if question.get("subpage"):
        settings["subpages"] = True
    config = question.get("config") or {}
    if "wgParserEnableLegacyMediaDOM" in config:
        settings["legacymediadom"] = config["wgParserEnableLegacyMediaDOM"]
    if "wgFragmentMode" in config:
        settings["fragmentmode"] = config["wgFragmentMode"]
    return settings


def described_wiki(header: Mapping[str, Any], settings: Mapping[str, Any]) -> Wiki:
    """The wiki of a header, with some settings of its own."""
    siteinfo = dict(header.get("siteinfo") or PARSER_TESTS_SITEINFO)
    general = siteinfo["general"] = {**siteinfo.get("general", {}), **settings}
    siteinfo.setdefault("interwikimap", _interwikis(header))
    siteinfo.setdefault("statistics", {"images": len(header.get("files") or ())})
    if "namespaces" not in siteinfo:
        _add_namespaces(siteinfo, general.get("lang", ENGLISH), bool(settings.get("subpages")))
        _add_own_namespaces(siteinfo, header.get("articles") or ())
    aliases = siteinfo.get("namespacealiases") or ()
    namespaces = (_namespace(entry, aliases) for entry in siteinfo["namespaces"].values())
    titles = TitleParser(namespaces, siteinfo["general"].get("lang", ""))
    return Wiki(_site(siteinfo), titles)


def _interwikis(header: Mapping[str, Any]) -> list[dict[str, str]]:
    spoken = set(header.get("language_prefixes") or ())
    addresses = (header.get("interwiki") or {}).items()
    return [
        {"prefix": prefix, "url": url, **({"language": prefix} if prefix in spoken else {})}
        for prefix, url in addresses
    ]


def _add_namespaces(siteinfo: dict[str, Any], spoken: str, main_has_subpages: bool) -> None:
    """MediaWiki's own namespaces in a language, as siteinfo tells them."""
    shipped = json.loads(files(__package__).joinpath("namespaces.json").read_text("utf-8"))
    own = language(spoken)
    entries = {key: dict(entry) for key, entry in shipped["namespaces"].items()}
    for key, entry in entries.items():
        number = int(key)
        name = own.namespaces.get(number, entry["name"]) if spoken != ENGLISH else entry["name"]
        name = name.replace("$1", entries["4"]["name"]).replace("_", " ")
        # Only names of talk namespaces have the wiki's own name in another case (Language::fixVariableInNamespace).
        entry["name"] = GRAMMAR.sub(lambda found: inflected(found[2], found[1], spoken), name)
        if (number % 2 == 1 and number > 0) or number in WITH_SUBPAGES or (main_has_subpages and number == 0):
            entry["subpages"] = True
    siteinfo["namespaces"] = entries
    siteinfo["namespacealiases"] = shipped["namespacealiases"] + [
        {"id": number, "alias": alias.replace("_", " ")} for alias, number in own.aliases.items()
    ]


def _add_own_namespaces(siteinfo: dict[str, Any], articles: Iterable[str]) -> None:
    """A page whose name begins like an interwiki link is in a namespace of that name, which goes first."""
    prefixes = {entry["prefix"] for entry in siteinfo["interwikimap"]}
    names = {title.partition(":")[0] for title in articles if title.partition(":")[0].lower() in prefixes}
    for number, name in enumerate(sorted(names)):
        key = FIRST_OF_THE_WIKI + 2 * number
        siteinfo["namespaces"][str(key)] = {"id": key, "name": name, "case": "first-letter", "subpages": False}


def _namespace(entry: Mapping[str, Any], aliases: Iterable[Mapping[str, Any]]) -> Namespace:
    number = int(entry["id"])
    own = tuple(alias["alias"] for alias in aliases if int(alias["id"]) == number)
    return Namespace(number, entry["name"], entry.get("canonical", ""), entry.get("case", "first-letter"), aliases=own)


def _site(siteinfo: Mapping[str, Any]) -> Site:
    general = siteinfo.get("general") or {}
    return Site(
        name=general.get("sitename", "MediaWiki"),
        base_url=general.get("base", "http://example.org/wiki/Main_Page"),
        generator=general.get("generator", ""),
        language=general.get("lang", ENGLISH),
        main_page=general.get("mainpage", "Main Page"),
        server=general.get("server", "http://example.org"),
        article_path=general.get("articlepath", "/wiki/$1"),
        script_path=general.get("scriptpath", ""),
        case=general.get("case", "first-letter"),
        timezone=general.get("timezone", "UTC"),
        license_name="",
        license_url="",
        siteinfo=siteinfo,
        via=Via.API,
    )
