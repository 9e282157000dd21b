"""prop=imageinfo with iilimit=max: files and all their versions, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from scraper.model import FileVersion, Hidden, Via
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

FLAGS = {
    "filehidden": Hidden.FILE,
    "userhidden": Hidden.USER,
    "commenthidden": Hidden.COMMENT,
    "suppressed": Hidden.SUPPRESSED,
}


def read_files(answer: Answer, titles: TitleParser, api_url: str) -> Reading:
    """File versions; addresses without scheme are completed from ``api_url``."""
    return Reading.of(
        _version(titles.split(page["title"], page["ns"]).name, item, api_url)
        for page in answer.query.get("pages", ())
        for item in page.get("imageinfo", ())
    )


def _version(name: str, item: Mapping[str, Any], api_url: str) -> FileVersion:
    url = item.get("url")
    return FileVersion(
        name=name,
        timestamp=parts.timestamp(item.get("timestamp")),
        user=parts.user(item),
        comment=parts.comment(item),
        size=parts.number(item.get("size")),
        width=parts.number(item.get("width")),
        height=parts.number(item.get("height")),
        mime=item.get("mime"),
        media_type=item.get("mediatype"),
        bits=parts.number(item.get("bitdepth")),
        sha1=parts.sha1(item.get("sha1")),
        url=_whole(url, api_url) if isinstance(url, str) and url else None,
        archive_name=item.get("archivename"),
        via=Via.API,
        metadata=item.get("metadata"),
        hidden=parts.hidden(item, FLAGS),
    )


def _whole(url: str, api_url: str) -> str:
    """As the wiki gave it where nobody can read it (``http://[::::]/``)."""
    try:
        return urljoin(api_url, url)
    except ValueError:
        return url
