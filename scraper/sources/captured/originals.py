"""Files of a wiki, told by the addresses that MediaWiki gives them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from scraper.sources.captured.addresses import parts_of

ARCHIVED = re.compile(r"\d{14}!(?P<name>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Original:
    """A file version by MediaWiki's own naming. ``archive_name`` is set for old versions."""

    name: str
    archive_name: str | None


def original_of(url: str) -> Original | None:
    """The file whose bytes stand at this address.

    MediaWiki keeps files in folders named by the first digits of the MD5 of their name
    (https://www.mediawiki.org/wiki/Manual:$wgHashedUploadDirectory), so an address proves itself; thumbnails stand
    below ``thumb``.
    """
    parts = unquote(parts_of(url).path).split("/")
    if len(parts) < 4 or "thumb" in parts:
        return None
    *_, folder, first, second, written = parts
    archived = ARCHIVED.fullmatch(written) if folder == "archive" else None
    name = archived["name"] if archived else written
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    if (first, second) != (digest[0], digest[:2]):
        return None
    return Original(name.replace("_", " "), written if archived else None)
