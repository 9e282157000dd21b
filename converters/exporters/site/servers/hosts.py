"""The old addresses in ``_redirects`` and ``_headers``, which Netlify, Cloudflare Pages and hosts like them read.

They know no expressions. What they can say: parameters by name (Netlify,
https://docs.netlify.com/routing/redirects/redirect-options/), and all that begins alike
(https://developers.cloudflare.com/pages/configuration/redirects/); the script of ``404.html`` does the rest. Names are
as browsers send them; a file may hold 2,000 lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from converters.exporters.site.options import History
from converters.exporters.site.servers.old_addresses import GONE, GONE_ACTIONS, OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.sent import target
from converters.links import CONTRIBUTIONS, FILES, HISTORY, INFO, PAGE, REVISION, SOURCE

MOST_LINES = 2_000
HEAD = """\
# The wiki's old addresses, for Netlify, Cloudflare Pages and hosts that read the same. What is asked by parameters
# works on Netlify only.
"""
HEADERS = """\
{base}/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Content-Security-Policy: {page_policy}
"""
FILE_HEADERS = """\
{base}{folder}/*
  ! Content-Security-Policy
  Content-Security-Policy: {file_policy}
"""


def redirects(old: OldAddresses) -> str:
    """The file ``_redirects``."""
    lines = (f"{old.base}{asked} {old.base}{place} 301\n" for asked, place in _lines(old))
    return HEAD + "".join(islice(lines, MOST_LINES))


def headers(old: OldAddresses) -> str:
    """The file ``_headers``."""
    folders = (f"/{FILES}", *old.uploads)
    files = (FILE_HEADERS.format(base=old.base, folder=folder, file_policy=FILE_POLICY) for folder in folders)
    return HEADERS.format(base=old.base, page_policy=PAGE_POLICY) + "".join(files)


def _lines(old: OldAddresses) -> Iterator[tuple[str, str]]:
    """What is asked, with its parameters, and where it leads; the first that fits counts."""
    for script in old.scripts:
        yield from ((f"{script} {query}", place) for query, place in _queries(old))
        yield script, target(old.main_page)
        if f"{script}/" != old.pages:
            yield f"{script}/*", f"{target(old.pages)}:splat"
    yield from _special_pages(old)
    for own, names in old.namespaces.items():
        yield from ((f"{target(old.pages + name)}:*", f"{target(old.pages + own)}::splat") for name in names)
    for title, name in old.moved.items():
        yield target(old.pages + title.replace(" ", "_")), f"{target(old.pages + name)}/"


def _queries(old: OldAddresses) -> Iterator[tuple[str, str]]:
    titled = ("", "title=:title ")
    if old.history is History.FULL:
        for query, place in (
            ("diff=prev oldid=:id", "/difference/:id/"),
            ("diff=next oldid=:id", "/difference/:id/next/"),
            ("diff=cur oldid=:id", "/difference/:id/current/"),
            ("direction=prev oldid=:id", "/revision/:id/prev/"),
            ("direction=next oldid=:id", "/revision/:id/next/"),
            ("diff=:id oldid=:old", "/difference/:id/"),
            ("diff=:id", "/difference/:id/"),
            ("oldid=:id", f"/{REVISION}/:id/"),
        ):
            yield from ((title + query, place) for title in titled)
    yield from ((f"title=:title action={action}", GONE) for action in GONE_ACTIONS)
    views = {"history": HISTORY, "info": INFO, "raw": SOURCE}
    yield from ((f"title=:title action={action}", f"/{view}/:title/") for action, view in views.items())
    yield "curid=:id", f"/{PAGE}/:id/"
    yield "title=:title", f"{target(old.pages)}:title"


def _special_pages(old: OldAddresses) -> Iterator[tuple[str, str]]:
    for leads_to, names in old.special_pages.items():
        kind, _, takes = leads_to.partition("/")
        for name in names:
            for asked in (target(f"{old.pages}{prefix}:{name}") for prefix in old.special_prefixes):
                if takes and kind in (CONTRIBUTIONS, INFO, HISTORY):
                    yield f"{asked}/*", f"/{kind}/:splat"
                if kind in old.lists and asked != target(old.lists[kind]).rstrip("/"):
                    yield asked, target(old.lists[kind])
                if kind == "gone":
                    yield asked, GONE
