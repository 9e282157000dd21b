"""A server that answers as a recorded wiki did: pages from its WARC as they are, the API by what the answers in it say.

Recorded questions are not ours, so ``api.php`` is emulated: what the wiki told of its pages, revisions, log lines and
files is served under whatever question asks for it, in the recorded shapes; unknown modules and values are refused as
they were then; lists go on in the style of that time. Nothing is invented: what was not recorded is not there.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.lab.serving import Handler, Serving

RECORDINGS = Path(__file__).parents[3] / "shared" / "recordings"
Params = dict[str, str]
Key = tuple[str, frozenset[tuple[str, str]]]
BATCH = 50  # of any list, so that lists go on
NOT_SAID = {"uselang"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def read_recording(path: Path) -> Iterator[Recorded]:
    """The answers in a WARC."""
    with gzip.open(path) as file:
        while line := file.readline():
            if not line.strip():
                continue
            fields = dict(_fields(file))
            block = file.read(int(fields["content-length"]))
            if fields["warc-type"] == "response":
                head, _, body = block.partition(b"\r\n\r\n")
                status, *lines = head.decode("latin-1").split("\r\n")
                headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
                yield Recorded(fields["warc-target-uri"], int(status.split()[1]), headers, body)


def _fields(file: gzip.GzipFile) -> Iterator[tuple[str, str]]:
    while line := file.readline().strip():
        name, _, value = line.decode().partition(":")
        yield name.lower(), value.strip()


def key_of(path: str, params: Params) -> Key:
    """Titles are the same with spaces and with underscores."""
    title = {"title": params["title"].replace("_", " ")} if "title" in params else {}
    return unquote(path), frozenset({**params, **title}.items())


@dataclass
class Recording:
    """What a recorded wiki said: its answers by address, and the facts in the answers of its API."""

    path: Path
    answers: dict[Key, Recorded] = field(default_factory=dict)
    api: list[tuple[Params, dict[str, Any]]] = field(default_factory=list)
    thrown: dict[str, Recorded] = field(default_factory=dict)
    host: str = ""
    api_path: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        recording = cls(path)
        for answer in read_recording(path):
            parts = urlsplit(answer.url)
            params = dict(parse_qsl(parts.query, keep_blank_values=True))
            recording.host = parts.netloc
            recording.answers[key_of(parts.path, params)] = answer
            if parts.path.endswith("api.php"):
                recording.api_path = parts.path
                if params.get("format") == "json":
                    recording.keep(params, answer)
        return recording

    def keep(self, params: Params, answer: Recorded) -> None:
        """An answer of the API; some lists threw instead of answering."""
        if answer.body.startswith((b"{", b"[")):
            self.api.append((params, json.loads(answer.body)))
        else:
            self.thrown[params.get("list", "")] = answer

    def queries(self, name: str, value: str) -> Iterator[tuple[Params, dict[str, Any]]]:
        """Answers of ``action=query`` in which a parameter has a value, with their parameters."""
        for params, data in self.api:
            if params.get("action") == "query" and params.get(name) == value and "query" in data:
                yield params, data

    @cached_property
    def pages(self) -> dict[int, dict[str, Any]]:
        """prop=info of every page, by id."""
        found: dict[int, dict[str, Any]] = {}
        for params, data in self.api:
            if "info" in params.get("prop", "").split("|"):
                for page in data.get("query", {}).get("pages", {}).values():
                    plain = {k: v for k, v in page.items() if not isinstance(v, list) and not k.startswith("image")}
                    if "pageid" in page:
                        found.setdefault(page["pageid"], plain)
        return found

    @cached_property
    def revisions(self) -> dict[int, tuple[int, dict[str, Any]]]:
        """Page id and revision, by the revision's id: as the histories of pages tell them, whole with their texts."""
        found: dict[int, tuple[int, dict[str, Any]]] = {}
        for params, data in self.queries("prop", "revisions"):
            if "content" in params.get("rvprop", "") and "titles" in params:
                for page in data["query"]["pages"].values():
                    for revision in page.get("revisions", ()):
                        found[revision["revid"]] = (page["pageid"], revision)
        return found

    def listed(self, name: str) -> list[dict[str, Any]]:
        """All items of a list, from the longest of its answers."""
        answers = [data["query"][name] for _, data in self.queries("list", name)]
        return max(answers, key=len, default=[])

    @cached_property
    def exports(self) -> tuple[bytes, dict[str, bytes]]:
        """What stands before the pages in Special:Export, and each page's XML with its whole history."""
        head, pages = b"", {}
        for (_, params), answer in self.answers.items():
            if "history" in dict(params) and answer.body.startswith(b"<mediawiki"):
                head = answer.body[: answer.body.index(b"<page>")]
                for page in re.findall(rb"<page>.*?</page>\s*", answer.body, re.DOTALL):
                    title = re.search(rb"<title>(.*?)</title>", page)
                    pages[title[1].decode() if title else ""] = page
        return head, pages


class Api:
    """Answers questions out of a recording."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._is_new = any("continue" in data for _, data in recording.api)
        self._lists: dict[str, Callable[[Params], dict[str, Any]]] = {
            "allpages": self._all_pages,
            "logevents": self._log_events,
            "recentchanges": lambda params: self._one("recentchanges"),
            "allusers": lambda params: self._one("allusers"),
            "protectedtitles": lambda params: self._one("protectedtitles"),
        }
        if any(recording.queries("list", "allrevisions")):
            self._lists["allrevisions"] = self._all_revisions

    def answer(self, params: Params) -> dict[str, Any]:
        """The answer as JSON's object."""
        if params.get("action") == "parse":
            return self._parse(params)
        if params.get("action") != "query":
            return {"error": {"code": "unknown_action", "info": "Unrecognized value for parameter 'action'"}}
        if "list" in params:
            known = self._lists.get(params["list"])
            return known(params) if known else _unknown("query", "list", params["list"])
        for name in ("generator", "revids", "titles", "pageids", "meta"):
            if name in params:
                return getattr(self, f"_{name}")(params)  # type: ignore[no-any-return]
        return {}

    def _meta(self, params: Params) -> dict[str, Any]:
        if params["meta"] == "allmessages":
            return self._messages(params)
        if params["meta"] != "siteinfo":
            return next((data for _, data in self._recording.queries("meta", params["meta"])), {})
        known: dict[str, Any] = {}
        for _, data in self._recording.queries("meta", "siteinfo"):
            known |= data["query"]
        asked = params.get("siprop", "general").split("|")
        unknown = [name for name in asked if name not in known]
        answer: dict[str, Any] = {"query": {name: known[name] for name in asked if name in known}}
        return answer | (_unknown("siteinfo", "siprop", ", ".join(unknown)) if unknown else {})

    def _messages(self, params: Params) -> dict[str, Any]:
        if "ammessages" not in params:
            return {"query": {"allmessages": []}}
        named = params["ammessages"].split("|")
        answers = (data["query"]["allmessages"] for _, data in self._recording.queries("meta", "allmessages"))
        return {"query": {"allmessages": [item for item in max(answers, key=len) if item["name"] in named]}}

    def _one(self, name: str) -> dict[str, Any]:
        return {"query": {name: self._recording.listed(name)}}

    def _titles_of(self, namespace: str) -> list[dict[str, Any]]:
        found = (page for page in self._recording.pages.values() if page["ns"] == int(namespace))
        return sorted(found, key=lambda page: page["title"].replace(" ", "_"))

    def _all_pages(self, params: Params) -> dict[str, Any]:
        items, following = self._batch(self._titles_of(params["apnamespace"]), params, "ap", "allpages")
        return {"query": {"allpages": [{k: item[k] for k in ("pageid", "ns", "title")} for item in items]}} | following

    def _generator(self, params: Params) -> dict[str, Any]:
        if params["generator"] == "allimages":
            return next((data for _, data in self._recording.queries("prop", "imageinfo")), {})
        if params["generator"] != "allpages":
            return {"error": {"code": "unknown_generator", "info": "Unrecognized value for parameter 'generator'"}}
        items, following = self._batch(self._titles_of(params["gapnamespace"]), params, "gap", "allpages")
        return ({"query": {"pages": {str(item["pageid"]): item for item in items}}} if items else {}) | following

    def _batch(
        self, items: list[dict[str, Any]], params: Params, prefix: str, module: str
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        name = f"{prefix}continue" if self._is_new else f"{prefix}from"
        first = next((n for n, item in enumerate(items) if item["title"] == params.get(name)), 0)
        batch, rest = items[first : first + BATCH], items[first + BATCH :]
        return batch, self._going_on(module, {name: rest[0]["title"]} if rest else {})

    def _going_on(self, module: str, following: Mapping[str, str]) -> dict[str, Any]:
        if not following:
            return {"batchcomplete": ""} if self._is_new else {}
        if self._is_new:
            return {"batchcomplete": "", "continue": {**following, "continue": "-||"}}
        return {"query-continue": {module: dict(following)}}

    def _log_events(self, params: Params) -> dict[str, Any]:
        items = sorted(self._recording.listed("logevents"), key=lambda item: (item["timestamp"], item["logid"]))
        if self._is_new:
            place = params.get("lecontinue", "|0").rpartition("|")[2]
            left = [item for item in items if item["logid"] >= int(place)]
        else:
            start = re.sub(r"\D", "", params.get("lestart", ""))
            left = [item for item in items if re.sub(r"\D", "", item["timestamp"]) >= start]
        if len(left) <= BATCH:
            return {"query": {"logevents": left}} | self._going_on("logevents", {})
        following = left[BATCH]
        moment = re.sub(r"\D", "", following["timestamp"])
        place = (
            {"lecontinue": f"{moment}|{following['logid']}"} if self._is_new else {"lestart": following["timestamp"]}
        )
        return {"query": {"logevents": left[:BATCH]}} | self._going_on("logevents", place)

    def _all_revisions(self, params: Params) -> dict[str, Any]:
        ordered = sorted(self._recording.revisions.values(), key=lambda pair: (pair[1]["timestamp"], pair[1]["revid"]))
        if params.get("arvdir") == "older":
            return {"query": {"allrevisions": self._by_page(ordered[-1:], params["arvprop"])}}
        places = [f"{re.sub(r'[^0-9]', '', revision['timestamp'])}|{revision['revid']}" for _, revision in ordered]
        asked = params.get("arvcontinue")
        first = next((n for n, place in enumerate(places) if place >= asked), len(places)) if asked else 0
        rest = places[first + BATCH :]
        following = self._going_on("allrevisions", {"arvcontinue": rest[0]} if rest else {})
        pages = self._by_page(ordered[first : first + BATCH], params["arvprop"])
        return {"query": {"allrevisions": pages}} | following

    def _by_page(self, found: list[tuple[int, dict[str, Any]]], fields: str) -> list[dict[str, Any]]:
        pages: dict[int, dict[str, Any]] = {}
        for page_id, revision in found:
            kept = {name: value for name, value in revision.items() if name != "*" or "content" in fields.split("|")}
            page = {name: self._recording.pages[page_id][name] for name in ("pageid", "ns", "title")}
            pages.setdefault(page_id, page | {"revisions": []})["revisions"].append(kept)
        return list(pages.values())

    def _revids(self, params: Params) -> dict[str, Any]:
        ids = [int(number) for number in params["revids"].split("|")]
        known = [self._recording.revisions[number] for number in ids if number in self._recording.revisions]
        bad = {str(number): {"revid": number} for number in ids if number not in self._recording.revisions}
        pages = {str(page["pageid"]): page for page in self._by_page(known, params["rvprop"])}
        return {"query": ({"badrevids": bad} if bad else {}) | ({"pages": pages} if pages else {})}

    def _titles(self, params: Params) -> dict[str, Any]:
        ids = [page["pageid"] for page in self._recording.pages.values() if page["title"] == params["titles"]]
        return (
            self._pageids(params | {"pageids": str(ids[0])}) if ids else {"query": {"pages": {"-1": {"missing": ""}}}}
        )

    def _pageids(self, params: Params) -> dict[str, Any]:
        ids = [int(number) for number in params["pageids"].split("|")]
        if params.get("prop") == "revisions":
            found = [pair for pair in self._recording.revisions.values() if pair[0] in ids]
            return {"query": {"pages": {str(p["pageid"]): p for p in self._by_page(found, params["rvprop"])}}}
        return {"query": {"pages": {str(n): self._recording.pages.get(n, {"pageid": n, "missing": ""}) for n in ids}}}

    def _parse(self, params: Params) -> dict[str, Any]:
        for asked, data in self._recording.api:
            if asked.get("action") == "parse" and str(data.get("parse", {}).get("revid")) == params.get("oldid"):
                return data
        return {"error": {"code": "missingtitle", "info": "not recorded"}}


def _unknown(module: str, parameter: str, values: str) -> dict[str, Any]:
    s = "s" if ", " in values else ""
    return {"warnings": {module: {"*": f"Unrecognized value{s} for parameter '{parameter}': {values}"}}}


@dataclass
class Replay(Serving):
    """A recorded wiki on a port of its own; ``closed`` parts of paths are refused with 403. A context manager."""

    recording: Recording
    closed: tuple[str, ...] = ()
    requests: list[str] = field(default_factory=list)

    @property
    def handler(self) -> type[Handler]:
        return _Handler

    def answer(self, target: str, body: bytes) -> Recorded:
        """The answer to one request."""
        parts = urlsplit(target)
        params = dict(parse_qsl(f"{parts.query}&{body.decode()}", keep_blank_values=True))
        if any(part in target for part in self.closed):
            return Recorded(target, 403, [("Content-Type", "text/html")], b"<html>Forbidden</html>")
        if parts.path == self.recording.api_path and params.get("list") in self.recording.thrown:
            return self.recording.thrown[params["list"]]
        if parts.path == self.recording.api_path and params.get("format") == "json":
            return Recorded(
                target, 200, [("Content-Type", "application/json")], json.dumps(self.api.answer(params) or []).encode()
            )
        if "history" in params and "pages" in params:
            head, pages = self.recording.exports
            found = b"".join(
                pages.get(escape(title, quote=False).replace('"', "&quot;"), b"")
                for title in params["pages"].split("\n")
            )
            return Recorded(target, 200, [("Content-Type", "application/xml")], head + found + b"</mediawiki>")
        for asked in (params, {name: value for name, value in params.items() if name not in NOT_SAID}):
            answer = self.recording.answers.get(key_of(parts.path, asked))
            if answer is not None:
                return answer
        return Recorded(target, 404, [("Content-Type", "text/html")], b"<html>not recorded</html>")

    def moved(self, data: bytes) -> bytes:
        """With our own host instead of the recorded one."""
        return data.replace(self.recording.host.encode(), self.host.encode())

    def __enter__(self) -> Self:
        self.api = Api(self.recording)
        return super().__enter__()


class _Handler(Handler):
    place: Replay

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.place.requests.append(f"{self.path}&{body.decode()}" if body else self.path)
        answer = self.place.answer(self.path, body)
        content = self.place.moved(answer.body)
        self.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() in {"content-type", "location", "last-modified"}:
                self.send_header(name, self.place.moved(value.encode("latin-1")).decode("latin-1"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 (as above)
