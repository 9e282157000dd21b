"""WARC files as other tools write them, and damaged in every way."""

from __future__ import annotations

import gzip

from backports import zstd

HOST = "http://wiki.example.org"
MOMENT = "2015-03-01T12:00:00Z"


def record(kind: str, url: str, block: bytes, *more: str, length: int | None = None) -> bytes:
    """One record; ``length`` is what it says of its own size."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {MOMENT}",
        *more,
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(path: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """An answer over HTTP."""
    head = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html; charset=UTF-8", *headers]).encode()
    kind = "Content-Type: application/http; msgtype=response"
    return record("response", HOST + path, head + b"\r\n\r\n" + body, kind, length=length)


def page(title: str) -> bytes:
    """A page of a wiki that has just enough to be one."""
    return (
        f"<!DOCTYPE html><html><head><title>{title} - Jardin</title><meta name='generator' content='MediaWiki 1.27.6'>"
        f"</head><body class='mediawiki ns-0 action-view'><h1 id='firstHeading'>{title}</h1>"
        f"<div id='mw-content-text'><p>Texte de {title}.</p></div></body></html>"
    ).encode()


def gzipped(records: list[bytes]) -> bytes:
    """Each record a member of its own, as WARC files are."""
    return b"".join(gzip.compress(one) for one in records)


def zstandard(records: list[bytes], dictionary: bytes | None = None) -> bytes:
    """Each record a frame of its own; with a dictionary in a skippable frame before them."""
    if dictionary is None:
        return b"".join(zstd.compress(one) for one in records)
    known = zstd.finalize_dict(zstd.ZstdDict(dictionary, is_raw=True), records * 20, 2**16, 3)
    head = b"\x5d\x2a\x4d\x18" + len(known.dict_content).to_bytes(4, "little") + known.dict_content
    return head + b"".join(zstd.compress(one, zstd_dict=known) for one in records)
