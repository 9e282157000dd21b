"""A proxy that makes a real wiki's API answer as MediaWiki did long ago.

What MediaWiki of today still does by itself is left to it: ``formatversion=1`` and ``rawcontinue`` give the old JSON
and the old continuation. Modules and values that did not exist are refused as they were then, before 1.13 by an
error, later by a warning; log parameters stand where they stood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.lab.serving import Handler, Serving

Params = dict[str, str]
KNOWN_LISTS = {"allpages", "logevents", "recentchanges", "allusers", "allimages"}
REVISION = {"ids", "timestamp", "flags", "comment", "user", "size", "content"}
PASSED = {"content-type", "location", "last-modified", "set-cookie"}
NOT_THEN = {"formatversion", "errorformat", "continue", "maxlag"}


@dataclass(frozen=True, slots=True)
class Age:
    """What an API of some age knew. ``values`` are those known of a parameter, as far as they are limited."""

    lists: frozenset[str]
    values: Mapping[str, frozenset[str]]
    parameters_gone: frozenset[str]
    has_warnings: bool = True
    knows_max: bool = True


META = frozenset({"siteinfo", "userinfo", "allmessages"})
SITEINFO = {"general", "namespaces", "namespacealiases", "interwikimap", "statistics", "specialpagealiases"}
AGES = {
    "1.11": Age(
        frozenset(KNOWN_LISTS - {"allimages"}),
        {
            "rvprop": frozenset(REVISION),
            "meta": META,
            "siprop": frozenset(SITEINFO - {"specialpagealiases"}),
            "prop": frozenset({"info", "revisions", "imageinfo"}),
        },
        frozenset({"lecontinue", "rvslots", "amlang", "amcustomised"}),
        has_warnings=False,
        knows_max=False,
    ),
    "1.19": Age(
        frozenset(KNOWN_LISTS | {"protectedtitles"}),
        {
            "rvprop": frozenset(REVISION | {"userid", "sha1", "tags"}),
            "meta": META,
            "siprop": frozenset(SITEINFO | {"usergroups"}),
        },
        frozenset({"lecontinue", "rvslots"}),
    ),
}


@dataclass
class OldApi(Serving):
    """Stands in front of the wiki at `upstream`; a context manager. ``closed`` are parts of addresses that get 403."""

    upstream: str
    age: Age
    closed: tuple[str, ...] = ()
    requests: list[str] = field(default_factory=list)

    @property
    def handler(self) -> type[Handler]:
        return _Handler


class _Handler(Handler):
    place: OldApi

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.place.requests.append(self.path)
        if any(part in self.path for part in self.place.closed):
            self._send(403, [("Content-Type", "text/html")], b"<html>Forbidden</html>")
        elif "/api.php?" in self.path:
            self._answer_api()
        else:
            self._send(*self._ask(self.path, body))

    do_POST = do_GET  # noqa: N815 (as above)

    def _answer_api(self) -> None:
        parts = urlsplit(self.path)
        params = dict(parse_qsl(parts.query))
        params, refused = as_then(params, self.place.age)
        if refused is not None and ("error" in refused or not params):
            denied = json.loads(self._ask(f"{parts.path}?action=query&format=json", b"")[2])
            answer = denied if "error" in denied else refused  # whether one may read at all was looked at first
            self._send(200, [("Content-Type", "application/json")], json.dumps(answer).encode())
            return
        status, headers, body = self._ask(f"{parts.path}?{urlencode(params)}", b"")
        data = json.loads(body)
        warnings = {**data.pop("warnings", {}), **(refused or {}).get("warnings", {})}
        data.pop("batchcomplete", None)
        answer = _old(data) | ({"warnings": warnings} if warnings else {})
        self._send(status, headers, json.dumps(answer or []).encode())

    def _ask(self, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = HTTPConnection(urlsplit(self.place.upstream).netloc, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
        connection.request(self.command, path, body or None, headers)
        response = connection.getresponse()
        answer = response.status, response.getheaders(), response.read()
        connection.close()
        return answer

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() in PASSED:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def as_then(params: Params, age: Age) -> tuple[Params, dict[str, Any] | None]:
    """The question as an old API understood it, and what it said about the rest."""
    asked = {name: value for name, value in params.items() if name not in NOT_THEN | age.parameters_gone}
    for name, value in asked.items():
        if value == "max" and not age.knows_max:
            return {}, _error(name, f"{name} may not be less than 1 (set to 0)")
    for name in ("list", "generator"):
        if name in asked and asked[name] not in age.lists:
            return {}, _refusal(name, [asked[name]], age, "query")
    said: dict[str, Any] | None = None
    for name in asked.keys() & age.values.keys():
        values = asked[name].split("|")
        unknown = [value for value in values if value not in age.values[name]]
        if unknown:
            said = _refusal(name, unknown, age, asked.get("meta", "query"))
            asked[name] = "|".join(value for value in values if value in age.values[name])
            if not asked[name]:
                return {}, said
    return asked | {"rawcontinue": "1"}, said


def _refusal(name: str, values: list[str], age: Age, module: str) -> dict[str, Any]:
    text = f"Unrecognized value{'s' if len(values) > 1 else ''} for parameter '{name}': {', '.join(values)}"
    return {"warnings": {module: {"*": text}}} if age.has_warnings else _error(f"unknown_{name}", text)


def _error(code: str, text: str) -> dict[str, Any]:
    return {"error": {"code": code, "info": text}}


def _old(data: dict[str, Any]) -> dict[str, Any]:
    """Log lines with their parameters beside the other parts, and continued by time alone."""
    events = data.get("query", {}).get("logevents")
    if events is not None:
        data["query"]["logevents"] = [_old_event(event) for event in events]
        place = data.get("query-continue", {}).get("logevents", {}).get("lecontinue")
        if place:
            moment = re.sub(r"(....)(..)(..)(..)(..)(..)\|.*", r"\1-\2-\3T\4:\5:\6Z", place)
            data["query-continue"] = {"logevents": {"lestart": moment}}
    return data


def _old_event(event: dict[str, Any]) -> dict[str, Any]:
    params = event.pop("params", {})
    if event.get("type") == "move" and params:
        moved = {"new_ns": params["target_ns"], "new_title": params["target_title"]}
        return event | {"move": moved | ({"suppressedredirect": ""} if "suppressredirect" in params else {})}
    if event.get("type") == "merge" and params:
        return event | {"0": params["dest_title"], "1": re.sub(r"\D", "", params["mergepoint"])}
    if event.get("type") == "delete" and "ids" in params and "type" in params:
        lines = [params["type"], ",".join(map(str, params["ids"]))]
        lines += [
            f"{name}={params[side]['bitmask']}"
            for name, side in (("ofield", "old"), ("nfield", "new"))
            if side in params
        ]
        return event | {str(number): line for number, line in enumerate(lines)}
    return event | {name: value for name, value in params.items() if name.startswith("img_")}
