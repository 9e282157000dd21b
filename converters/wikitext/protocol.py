"""``wikicompost render --jsonl``: wikitext in, HTML out, one JSON line each, to measure the renderer against MediaWiki.

The first line describes the wiki: ``articles`` (title → wikitext), ``files``, ``interwiki`` (prefix → URL),
``language_prefixes``, and, when it is a real one, ``siteinfo`` and ``existing`` titles. Every further line has ``id``,
``title`` and ``wikitext``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from converters.document import Lookups, plain
from converters.document.limit import PAGE_SECONDS, in_time
from converters.document.lookups import read_timestamp
from converters.document.page import WIKITEXT
from converters.document.tree import Element, article, inner_html
from converters.document.vocabulary import MARKS, LinkKind
from converters.document.wiki import Wiki
from converters.wikitext.described import described_wiki, settings_of
from converters.wikitext.door import hostile, render
from converters.wikitext.links import TO_UPLOAD
from converters.wikitext.models import LANGUAGES, default_model
from converters.wikitext.uploads import upload_path
from converters.wikitext.verbatim import render_script
from scraper.model import Title
from scraper.problems import Problem
from scraper.titles import IllegalTitle

# The clock of MediaWiki's parser tests (ParserTestRunner): 123 seconds after the epoch.
PARSER_TESTS_MOMENT = datetime(1970, 1, 1, 0, 2, 3, tzinfo=UTC)
# And the number that it gives to the revision of every page.
PARSER_TESTS_REVISION = 1337
# What MediaWiki adds to the name of a file that it draws in another format.
DRAWN_AS = {"svg": ".png", "djvu": ".jpg", "pdf": ".jpg", "tif": ".jpg", "tiff": ".jpg", "xcf": ".png"}


def serve(lines: Iterable[str], seconds: float = PAGE_SECONDS) -> Iterator[str]:
    """Answers in the order of the questions: ``{"id", "html"}``, or ``{"id", "error"}`` for one that failed.

    What was hostile or could not be understood stands in ``problems``. No answer takes longer than ``seconds`` of
    processor time: of such a text comes its source.
    """
    questions = (json.loads(line) for line in lines if line.strip())
    header: Mapping[str, Any] = next(questions, {})
    renderer = _Renderer(header, seconds)
    for question in questions:
        yield json.dumps({"id": question.get("id"), **renderer.answer(question)}, ensure_ascii=False)


class _Renderer:
    def __init__(self, header: Mapping[str, Any], seconds: float) -> None:
        self.header = header
        self.seconds = seconds
        self.wikis: dict[str, Wiki] = {}
        self.wiki = self._wiki({})
        self.articles = {self._key(name): text for name, text in (header.get("articles") or {}).items()}
        self.files = {self._key(f"File:{name}"): facts for name, facts in (header.get("files") or {}).items()}
        existing = {self._key(name) for name in header.get("existing") or ()}
        self.existing = self.files.keys() | existing | self.articles.keys()
        self.lookups = Lookups(
            self._template,
            self._exists,
            self._has_file,
            self._file_size,
            shows_boxes=False,
            moment=_moment(header),
            rev_id=None if header.get("siteinfo") else PARSER_TESTS_REVISION,
        )

    def answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        try:
            wiki = self._wiki(settings_of(question))
            title, text = wiki.titles.parse(question.get("title") or "Main Page"), str(question["wikitext"])
        except (IllegalTitle, KeyError) as error:
            return {"error": str(error)}
        lookups = replace(self.lookups, variant=question.get("variant") or "")
        html, problems = lay_out(text, title, wiki, lookups, self.seconds)
        told = [{"code": problem.code, "detail": problem.detail} for problem in problems]
        return {"html": html} | ({"problems": told} if told else {})

    def _wiki(self, settings: Mapping[str, Any]) -> Wiki:
        """The wiki with some settings of its own."""
        key = json.dumps(settings, sort_keys=True)
        if key not in self.wikis:
            self.wikis[key] = described_wiki(self.header, settings)
        return self.wikis[key]

    def _key(self, name: str) -> tuple[int, str]:
        """Number of the namespace and name in it: the same in every language."""
        try:
            title = self.wiki.titles.parse(name)
        except IllegalTitle:
            return 0, name
        return title.namespace_id, title.name

    def _template(self, title: Title) -> str | None:
        return self.articles.get((title.namespace_id, title.name))

    def _has_file(self, title: Title) -> bool:
        return (title.namespace_id, title.name) in self.files

    def _file_size(self, title: Title) -> tuple[int, int] | None:
        facts = self.files.get((title.namespace_id, title.name))
        return (int(facts["width"]), int(facts["height"])) if facts and "width" in facts else None

    def _exists(self, title: Title) -> bool:
        return (title.namespace_id, title.name) in self.existing or title.namespace_id < 0


def _moment(header: Mapping[str, Any]) -> datetime:
    """The time that pages tell: when a real wiki answered, or that of the parser tests."""
    told = ((header.get("siteinfo") or {}).get("general") or {}).get("time")
    return read_timestamp(told) or PARSER_TESTS_MOMENT


def lay_out(
    text: str, title: Title, wiki: Wiki, lookups: Lookups, seconds: float = PAGE_SECONDS
) -> tuple[str, tuple[Problem, ...]]:
    """HTML of a page with plain addresses, its source where that takes too long; and what was not understood."""

    def laid_out() -> tuple[str, tuple[Problem, ...]]:
        script = _script(text, title, wiki)
        root, problems = (script, ()) if script is not None else render(text, title, wiki, lookups)
        publish(root, wiki)
        return inner_html(root), problems

    def as_written(reason: str) -> tuple[str, tuple[Problem, ...]]:
        return inner_html(plain.as_tree(text, has_headings=False)), (hostile(title, reason),)

    return in_time(laid_out, as_written, seconds)


def _script(text: str, title: Title, wiki: Wiki) -> Element | None:
    """A page that is no wikitext, on wikis that draw source."""
    model = default_model(title)
    has_highlighter = any(entry.get("name") == "SyntaxHighlight" for entry in wiki.siteinfo.get("extensions") or ())
    return article(render_script(text, LANGUAGES[model])) if has_highlighter and model != WIKITEXT else None


def publish(root: Element, wiki: Wiki) -> None:
    """Write plain addresses into a tree, in place: ``/wiki/Title`` for pages, the name for pictures."""
    for element in root.iter():
        name = element.get("data-file")
        if name is not None and element.tag in ("img", "audio", "video"):
            element.set("src", _thumbnail(name.replace(" ", "_")))
        if element.get("data-link") in (LinkKind.INTERNAL, LinkKind.FILE, LinkKind.CATEGORY):
            element.set("href", _address(element, wiki))
        elif element.get("href") == "#":
            element.set("href", "")
        for attribute in [str(key) for key in element.attrib if str(key) in MARKS]:
            del element.attrib[attribute]


def _thumbnail(name: str) -> str:
    return name + DRAWN_AS.get(name.rpartition(".")[2].lower(), "")


def _address(link: Element, wiki: Wiki) -> str:
    if link.attrib.pop(TO_UPLOAD, None) is not None:
        return upload_path((link.get("data-title") or "").partition(":")[2], wiki)
    fragment, query = link.get("data-fragment"), link.get("data-query")
    page = quote((link.get("data-title") or "").replace(" ", "_"), safe="/:")
    if "mw-broken-media" in (link.get("class") or ""):
        return f"/index.php?title=Special:Upload&wpDestFile={page.partition(':')[2]}"
    if query:
        return f"/index.php?title={page}&{query}"
    if link.get("data-missing") is not None:
        return f"/index.php?title={page}&action=edit&redlink=1"
    return f"/wiki/{page}" + (f"#{fragment}" if fragment else "")
