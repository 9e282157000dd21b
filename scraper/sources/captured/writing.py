"""Answers written as WARC 1.1, record by record, each a gzip member: what is written so far can always be read.

The format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/. Sessions and passwords are
never written: no cookies, no questions that log in.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO
from uuid import uuid4

from scraper.archive import now
from scraper.model import Timestamp

SECRET = re.compile(rb"(?:action=login|clientlogin|lgpassword|lgtoken|wpPassword|wpLoginToken|type=login|type=csrf)")
# Of the answer's transport, or of somebody's session.
UNWRITTEN = {b"transfer-encoding", b"set-cookie", b"set-cookie2", b"content-length", b"connection", b"keep-alive"}
PIECE = 2**20  # bytes
Headers = Iterable[tuple[bytes, bytes]]
Block = tuple[bytes, bytes | Path]  # the head of a message, and its body


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, as they went over the wire; ``form`` is what was posted, empty for a GET.

    ``body`` is a file's path where it is too large for memory.
    """

    url: str
    form: bytes
    status: int
    headers: Headers
    body: bytes | Path
    at: Timestamp

    @property
    def is_secret(self) -> bool:
        """Whether somebody logs in by it."""
        return SECRET.search(self.form) is not None or SECRET.search(self.url.encode()) is not None


class WarcWriter:
    """One WARC file; it comes into being with the first record."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target: IO[bytes] | None = None

    def write(self, exchange: Exchange) -> None:
        """The answer, and before it the form that was posted. What is secret is left out."""
        if exchange.is_secret:
            return
        answer_id = _id()
        if exchange.form:
            question = (_question(exchange), exchange.form)
            self._record("request", exchange, question, WARC_Record_ID=_id(), WARC_Concurrent_To=answer_id)
        self._record("response", exchange, (_answer(exchange), exchange.body), WARC_Record_ID=answer_id)

    def close(self) -> None:
        if self._target is not None:
            self._target.close()

    def _record(self, kind: str, exchange: Exchange, block: Block, **ids: str) -> None:
        fields = {
            "WARC-Type": kind,
            "WARC-Target-URI": exchange.url,
            "WARC-Date": exchange.at.iso,
            "Content-Type": f"application/http; msgtype={kind}",
            **{name.replace("_", "-"): value for name, value in ids.items()},
        }
        if kind == "response":
            fields["WARC-Payload-Digest"] = _digest(exchange.body)
        self._write(fields, block)

    def _write(self, fields: dict[str, str], block: Block) -> None:
        if self._target is None:
            self._target = self._begun()
        _write_member(self._target, fields, block)
        self._target.flush()

    def _begun(self) -> IO[bytes]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        target = self._path.open("ab")
        about = f"software: wikicompost/{version('wikicompost')}\r\nformat: WARC file version 1.1\r\n".encode()
        fields = {"WARC-Type": "warcinfo", "WARC-Record-ID": _id(), "WARC-Date": now().iso}
        fields["Content-Type"] = "application/warc-fields"
        _write_member(target, fields, (b"", about))
        return target


def _write_member(target: IO[bytes], fields: dict[str, str], block: Block) -> None:
    head, body = block
    length = len(head) + _size(body)
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields.items()), f"Content-Length: {length}"]
    with gzip.GzipFile("", "wb", 6, target, mtime=0) as member:
        member.write("\r\n".join(lines).encode() + b"\r\n\r\n" + head)
        for piece in _pieces(body):
            member.write(piece)
        member.write(b"\r\n\r\n")


def _pieces(body: bytes | Path) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _size(body: bytes | Path) -> int:
    return len(body) if isinstance(body, bytes) else body.stat().st_size


def _question(exchange: Exchange) -> bytes:
    head = f"POST {exchange.url} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    return head.encode()


def _answer(exchange: Exchange) -> bytes:
    kept = [name + b": " + value for name, value in exchange.headers if name.lower() not in UNWRITTEN]
    lines = [b"HTTP/1.1 %d" % exchange.status, *kept, b"Content-Length: %d" % _size(exchange.body)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _digest(body: bytes | Path) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    for piece in _pieces(body):
        digest.update(piece)
    return "sha1:" + base64.b32encode(digest.digest()).decode()
