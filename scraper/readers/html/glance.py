"""What a page's own scripts say of it, read without building its tree: enough for a first look at many pages."""

from __future__ import annotations

import re

from scraper.model import Capture
from scraper.readers.html.addresses import number, tidy
from scraper.readers.html.context import Kind, PageContext
from scraper.readers.html.variables import Value, read_variables

SPECIAL = -1
END_OF_HEAD = re.compile(rb"</head>|<body\b", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
GENERATOR = re.compile(r"""<meta name=["']generator["'] content=["']MediaWiki ([^"']+)["']""", re.IGNORECASE)
# What pages have that show anything else than a page as it stands, though their action is the same (recognition.py).
OTHERWISE = (b"mw-revision-info", b"diff-ntitle", b"firstrevisionheader", b"noarticletext")


def glance(capture: Capture) -> PageContext | None:
    """What most pages of MediaWiki say in their head; ``None`` where the page has to be looked at more closely.

    ``kind`` is VIEW for pages as they stand, ACTION for anything else.
    """
    head = _head(capture.body)
    told = read_variables(SCRIPT.findall(head))
    title, namespace_id, action = _text(told, "wgPageName"), told.get("wgNamespaceNumber"), _text(told, "wgAction")
    is_view = action == "view" and namespace_id != SPECIAL
    if not title or not isinstance(namespace_id, int) or not action:
        return None
    if is_view and (not number(str(told.get("wgArticleId"))) or any(mark in capture.body for mark in OTHERWISE)):
        return None
    generator = GENERATOR.search(head)
    return PageContext(
        kind=Kind.VIEW if is_view else Kind.ACTION,
        title=tidy(title),
        namespace_id=namespace_id,
        language=_text(told, "wgPageContentLanguage") or _text(told, "wgContentLanguage"),
        user_language=_text(told, "wgUserLanguage"),
        version=generator[1].strip() if generator else _text(told, "wgVersion"),
        site_name=_text(told, "wgSiteName"),
        server=_text(told, "wgServer"),
        article_path=_text(told, "wgArticlePath"),
        script_path=_text(told, "wgScriptPath"),
    )


def _head(body: bytes) -> str:
    """Empty where it cannot be read at once."""
    end = END_OF_HEAD.search(body)
    try:
        return body[: end.start()].decode() if end else ""
    except UnicodeDecodeError:
        return ""


def _text(told: dict[str, Value], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
