"""``wikicompost render --jsonl``: wikitext in, HTML out, one JSON line each, to measure the renderer against MediaWiki.

The first line describes the wiki: ``articles`` (title → wikitext), ``files``, ``interwiki`` (prefix → URL),
``language_prefixes``, and, when it is a real one, ``siteinfo`` and ``existing`` titles. Every further line has ``id``,
``title`` and ``wikitext``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from converters.document.tree import Element, inner_html
from converters.document.vocabulary import LinkKind
from converters.document.wiki import Wiki
from converters.wikitext.door import render
from converters.wikitext.state import Lookups
from scraper.model import Namespace, Site, Title, Via
from scraper.titles import IllegalTitle, TitleParser

# MediaWiki's parser tests run with thumbnails of $wgThumbLimits[2], 180 pixels.
PARSER_TESTS_THUMB_CHOICE = 2
# What MediaWiki adds to the name of a file that it draws in another format.
DRAWN_AS = {"svg": ".png", "djvu": ".jpg", "pdf": ".jpg", "tif": ".jpg", "tiff": ".jpg", "xcf": ".png"}


def serve(lines: Iterable[str]) -> Iterator[str]:
    """Answers in the order of the questions: ``{"id", "html"}``, or ``{"id", "error"}`` for one that failed."""
    questions = (json.loads(line) for line in lines if line.strip())
    header: Mapping[str, Any] = next(questions, {})
    renderer = _Renderer(header)
    for question in questions:
        yield json.dumps({"id": question.get("id"), **renderer.answer(question)}, ensure_ascii=False)


class _Renderer:
    def __init__(self, header: Mapping[str, Any]) -> None:
        self.header = header
        self.wikis: dict[str, Wiki] = {}
        self.wiki = self._wiki({})
        self.articles = {self._full(name): text for name, text in (header.get("articles") or {}).items()}
        self.files = {self._full(f"File:{name}"): facts for name, facts in (header.get("files") or {}).items()}
        existing = {self._full(name) for name in header.get("existing") or ()}
        self.existing = self.files.keys() | existing | self.articles.keys()
        self.lookups = Lookups(self._template, self._exists, self._has_file, self._file_size, shows_boxes=False)

    def answer(self, question: Mapping[str, Any]) -> dict[str, str]:
        try:
            wiki = self._wiki(_settings(question))
            title = wiki.titles.parse(question.get("title") or "Main Page")
            root = render(question["wikitext"], title, wiki, self.lookups)
        except (IllegalTitle, KeyError) as error:
            return {"error": str(error)}
        publish(root)
        return {"html": inner_html(root)}

    def _wiki(self, settings: Mapping[str, Any]) -> Wiki:
        """The wiki with some settings of its own."""
        key = json.dumps(settings, sort_keys=True)
        if key not in self.wikis:
            self.wikis[key] = _wiki(self.header, settings)
        return self.wikis[key]

    def _full(self, name: str) -> str:
        try:
            return self.wiki.titles.parse(name).full
        except IllegalTitle:
            return name

    def _template(self, title: Title) -> str | None:
        return self.articles.get(title.full)

    def _has_file(self, title: Title) -> bool:
        return title.full in self.files

    def _file_size(self, title: Title) -> tuple[int, int] | None:
        facts = self.files.get(title.full)
        return (int(facts["width"]), int(facts["height"])) if facts and "width" in facts else None

    def _exists(self, title: Title) -> bool:
        return title.full in self.existing or title.namespace_id < 0


def publish(root: Element) -> None:
    """Write plain addresses into a tree, in place: ``/wiki/Title`` for pages, the name for files."""
    for element in root.iter():
        name = element.get("data-file")
        if name is not None and element.tag in ("img", "audio", "video"):
            element.set("src", _thumbnail(name.replace(" ", "_")))
        if element.get("data-link") in (LinkKind.INTERNAL, LinkKind.FILE, LinkKind.CATEGORY):
            element.set("href", _address(element))
        for attribute in [str(key) for key in element.attrib if str(key).startswith("data-")]:
            del element.attrib[attribute]


def _thumbnail(name: str) -> str:
    return name + DRAWN_AS.get(name.rpartition(".")[2].lower(), "")


def _address(link: Element) -> str:
    fragment, query = link.get("data-fragment"), link.get("data-query")
    page = quote((link.get("data-title") or "").replace(" ", "_"), safe="/:")
    if "mw-broken-media" in (link.get("class") or ""):
        return f"/index.php?title=Special:Upload&wpDestFile={page.partition(':')[2]}"
    if query:
        return f"/index.php?title={page}&{query}"
    return f"/wiki/{page}" + (f"#{fragment}" if fragment else "")


def _settings(question: Mapping[str, Any]) -> dict[str, Any]:
    """What of MediaWiki's configuration a question changes."""
    options = question.get("options") or {}
    settings: dict[str, Any] = {}
    if "thumbsize" in options:
        settings["thumblimits"] = [int(options["thumbsize"])]
    if options.get("wgenableuploads") == "0":
        settings["uploadsenabled"] = False
    return settings


def _wiki(header: Mapping[str, Any], settings: Mapping[str, Any]) -> Wiki:
    siteinfo = dict(header.get("siteinfo") or {"defaultoptions": {"thumbsize": PARSER_TESTS_THUMB_CHOICE}})
    siteinfo["general"] = {**siteinfo.get("general", {}), **settings}
    shipped = json.loads(files(__package__).joinpath("namespaces.json").read_text("utf-8"))
    spoken = set(header.get("language_prefixes") or ())
    siteinfo.setdefault(
        "interwikimap",
        [
            {"prefix": prefix, "url": url, **({"language": prefix} if prefix in spoken else {})}
            for prefix, url in (header.get("interwiki") or {}).items()
        ],
    )
    namespaces = (siteinfo.get("namespaces") or shipped["namespaces"]).values()
    aliases = siteinfo.get("namespacealiases") or shipped["namespacealiases"]
    titles = TitleParser(_namespace(entry, aliases) for entry in namespaces)
    return Wiki(_site(siteinfo), titles)


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
        language=general.get("lang", "en"),
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
