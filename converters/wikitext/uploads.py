"""Where a wiki keeps its files (FileRepo: $wgUploadPath, $wgHashedUploadDirectory)."""

from __future__ import annotations

from hashlib import md5
from urllib.parse import quote

from converters.document.wiki import Wiki


def upload_path(name: str, wiki: Wiki) -> str:
    """The path or address of a file itself, in the folders that follow from its name."""
    general = wiki.siteinfo.get("general") or {}
    folder = general.get("uploadpath") or f"{wiki.site.script_path}/images"
    stored = name.replace(" ", "_")
    digest = md5(stored.encode(), usedforsecurity=False).hexdigest()
    return f"{folder}/{digest[0]}/{digest[:2]}/{quote(stored)}"


def upload_address(name: str, wiki: Wiki) -> str:
    """The same with the wiki's server before it."""
    path = upload_path(name, wiki)
    return path if "//" in path else wiki.site.server + path
