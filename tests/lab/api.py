"""A small client of MediaWiki's API, for filling the laboratory's wikis."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from http.cookiejar import CookieJar
from typing import Any

Answer = dict[str, Any]


class ApiError(Exception):
    """The wiki refused a request; `code` is MediaWiki's own word for the reason."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code


class Api:
    """One visitor of a wiki: cookies, tokens, and the address that the wiki sees.

    `address` is what an edit without an account is signed with.
    """

    def __init__(self, url: str, address: str = "") -> None:
        self.url = url
        self.headers = {"X-Forwarded-For": address} if address else {}
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token_of: dict[str, str] = {}

    def login(self, user: str, password: str) -> None:
        """Log in with an account's own password or a bot password. Raises ApiError."""
        answer = self.post("login", lgname=user, lgpassword=password, lgtoken=self.token("login"))
        if answer["login"]["result"] != "Success":
            raise ApiError("login", str(answer["login"]))
        self.token_of.clear()

    def token(self, kind: str = "csrf") -> str:
        """The token of a kind: csrf, login, rollback, userrights, createaccount."""
        if kind not in self.token_of:
            tokens = self.get("query", meta="tokens", type=kind)["query"]["tokens"]
            self.token_of[kind] = tokens[f"{kind}token"]
        return self.token_of[kind]

    def get(self, action: str, **parameters: str | int) -> Answer:
        """Ask by GET. Raises ApiError."""
        query = urllib.parse.urlencode(_fixed(action, parameters))
        return self._answer(urllib.request.Request(f"{self.url}?{query}", headers=self.headers))

    def pages(self, **parameters: str | int) -> Iterator[Answer]:
        """The ``query`` part of every answer until the continuation ends."""
        continuation: dict[str, str | int] = {}
        while True:
            answer = self.get("query", **{**parameters, **continuation})
            yield answer.get("query", {})
            if "continue" not in answer:
                return
            continuation = answer["continue"]

    def post(self, action: str, **parameters: str | int) -> Answer:
        """Ask by POST with an urlencoded body. Raises ApiError."""
        body = urllib.parse.urlencode(_fixed(action, parameters)).encode()
        return self._answer(urllib.request.Request(self.url, body, self.headers))

    def do(self, action: str, **parameters: str | int) -> Answer:
        """POST with a csrf token: whatever changes the wiki. Raises ApiError."""
        return self.post(action, token=self.token(), **parameters)

    def send(self, action: str, files: Mapping[str, tuple[str, bytes]], **parameters: str | int) -> Answer:
        """POST as multipart; `files` maps a parameter to a file's name and bytes. Raises ApiError."""
        boundary = secrets.token_hex(16)
        fields = _fixed(action, {"token": self.token(), **parameters})
        body = _multipart(boundary, fields, files)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", **self.headers}
        return self._answer(urllib.request.Request(self.url, body, headers))

    def _answer(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=120) as response:
                answer: Answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise ApiError(f"http-{error.code}", error.read().decode(errors="replace")) from error
        if "error" in answer:
            raise ApiError(answer["error"]["code"], answer["error"].get("info", ""))
        return answer


def _fixed(action: str, parameters: Mapping[str, str | int]) -> dict[str, str | int]:
    return {"action": action, "format": "json", "formatversion": 2, **parameters}


def _multipart(boundary: str, fields: Mapping[str, str | int], files: Mapping[str, tuple[str, bytes]]) -> bytes:
    parts = [_part(f'name="{name}"', str(value).encode()) for name, value in fields.items()]
    parts += [_part(f'name="{name}"; filename="{filename}"', data) for name, (filename, data) in files.items()]
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _part(disposition: str, data: bytes) -> bytes:
    return f"Content-Disposition: form-data; {disposition}\r\n\r\n".encode() + data
