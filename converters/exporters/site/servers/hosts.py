"""The old addresses in ``_redirects`` and ``_headers``, which Netlify, Cloudflare, GitLab and hosts like them read.

They know no expressions. What they can say: parameters by name (Netlify alone,
https://docs.netlify.com/routing/redirects/redirect-options/), and all that begins alike
(https://developers.cloudflare.com/pages/configuration/redirects/); the script of ``404.html`` does the rest. Cloudflare
sends on whatever stands at an address, so no line may hold for one at which the site has a page; it wants lines for
single addresses first, and takes a colon with a letter behind it, as in ``Special:Log``, for any text. GitLab reads
1,000 lines and 64 KiB (https://docs.gitlab.com/user/project/pages/redirects/). Names are as browsers send them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from converters.exporters.site.options import History
from converters.exporters.site.servers.old_addresses import GONE, GONE_ACTIONS, LEFT_OUT, OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.sent import target
from converters.links import FILES, INFO, PAGE, REVISION, SOURCE

MOST_LINES, MOST_BYTES = 1_000, 64_000
PLACEHOLDER = re.compile(r":[A-Za-z]")
HEAD = """\
# The wiki's old addresses, for Netlify, Cloudflare Pages, GitLab Pages and hosts that read the same. Leave this file
# where it is, in the folder that you upload. What is asked by parameters works on Netlify only; elsewhere, and for
# special pages, the script of 404.html leads on.
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
    return HEAD + "".join(_fitting(lines))


def headers(old: OldAddresses) -> str:
    """The file ``_headers``."""
    folders = (f"/{FILES}", *old.uploads)
    files = (FILE_HEADERS.format(base=old.base, folder=folder, file_policy=FILE_POLICY) for folder in folders)
    return HEADERS.format(base=old.base, page_policy=PAGE_POLICY) + "".join(files)


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    size = len(HEAD)
    for line in islice(lines, MOST_LINES):
        size += len(line.encode())
        if size > MOST_BYTES:
            return
        yield line


def _lines(old: OldAddresses) -> Iterator[tuple[str, str]]:
    """What is asked, with its parameters, and where it leads; the first that fits counts."""
    for title, name in old.moved.items():
        asked = target(old.pages + title.replace(" ", "_"))
        # What ends in a slash is also where the page stands whose title does not.
        if not PLACEHOLDER.search(asked) and not asked.endswith("/"):
            yield asked, f"{target(old.pages + name)}/"
    for script in (*old.scripts, *old.variants):
        if f"{script}/" != old.pages:
            yield f"{script}/:title", f"{target(old.pages)}:title"
            yield f"{script}/:title/:part", f"{target(old.pages)}:title/:part"
    for own, names in old.namespaces.items():
        yield from ((f"{target(old.pages + name)}:*", f"{target(old.pages + own)}::splat") for name in names)
    for script in old.scripts:
        yield from ((f"{script} {query}", place) for query, place in _queries(old))


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
    else:
        for query in ("oldid=:id", "diff=:id"):
            yield f"title=:title {query}", old.history_of(":title")
            yield query, LEFT_OUT
    yield from ((f"title=:title action={action}", GONE) for action in GONE_ACTIONS)
    yield "title=:title action=history", old.history_of(":title")
    views = {"info": INFO, "raw": SOURCE}
    yield from ((f"title=:title action={action}", f"/{view}/:title/") for action, view in views.items())
    yield "curid=:id", f"/{PAGE}/:id/"
    yield "title=:title", f"{target(old.pages)}:title"
