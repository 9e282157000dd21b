"""``<upload>``: one version of a file, and its bytes where the dump carries them (``dumpBackup --include-files``)."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import FileVersion, Hidden, Via
from scraper.readers.dump_values import (
    Element,
    children,
    is_deleted,
    number_of,
    read_sha1,
    read_timestamp,
    read_user,
    text_of,
)


@dataclass(frozen=True, slots=True)
class FileContent:
    """That the dump carries the bytes of one version of a file; ``archive_name`` is empty for the current one.

    ``contents`` is what stands in ``<contents>``: the source puts base64 aside and a name of its own there.
    """

    name: str
    archive_name: str
    contents: str


def read_upload(element: Element) -> FileVersion:
    """An empty comment is written like a hidden one (XmlDumpWriter::writeUpload): it is taken as not said.

    Raises ValueError without a name.
    """
    parts = children(element)
    return FileVersion(
        name=_name(parts),
        timestamp=read_timestamp(text_of(parts, "timestamp")),
        user=read_user(parts.get("contributor")),
        comment=None if is_deleted(parts.get("comment")) else text_of(parts, "comment") or "",
        size=number_of(parts, "size"),
        width=None,
        height=None,
        mime=None,
        media_type=None,
        bits=None,
        sha1=read_sha1(text_of(parts, "sha1base36")),
        url=text_of(parts, "src") or None,
        archive_name=text_of(parts, "archivename") or None,
        via=Via.DUMP,
        hidden=frozenset({Hidden.USER}) if is_deleted(parts.get("contributor")) else frozenset(),
    )


def read_content(element: Element) -> FileContent | None:
    """``<contents encoding="base64">``, ``None`` when the dump carries only what is known of the file."""
    parts = children(element)
    contents = parts.get("contents")
    if contents is None or not contents.text:
        return None
    return FileContent(_name(parts), text_of(parts, "archivename") or "", contents.text)


def _name(parts: dict[str, Element]) -> str:
    name = text_of(parts, "filename")
    if not name:
        raise ValueError("it has no filename")
    return name.replace("_", " ")
