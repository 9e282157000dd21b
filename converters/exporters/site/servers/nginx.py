"""The old addresses in the words of nginx.

Maps hold what is decided by looks alone (https://nginx.org/en/docs/http/ngx_http_map_module.html); ``return`` sends
titles on as they came over the wire, so that no character is decoded and encoded again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import quote

from converters.exporters.site.options import History
from converters.exporters.site.servers.old_addresses import GONE, GONE_ACTIONS, PATH_SAFE, OldAddresses

SPACES = 12  # so many spaces of a title become underscores
HEAD = """\
# The wiki's old addresses, for nginx 1.18 and newer. Put this file into /etc/nginx/conf.d, set server_name and root,
# then: nginx -t && systemctl reload nginx
"""
SERVER = """\
server {{
    listen 80;
    server_name {host};
    root /var/www/{host};
    index index.html;
    charset utf-8;
    absolute_redirect off;
    error_page 404 /404.html;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy no-referrer always;

    location ~ /\\. {{ return 404; }}
    location /files/ {{
        add_header X-Content-Type-Options nosniff always;
        add_header Content-Security-Policy "sandbox; default-src 'none'; style-src 'unsafe-inline'" always;
    }}
"""
SCRIPT = """\
    location = {script} {{
        if ($wiki_by_id) {{ return 301 $wiki_by_id; }}
        if ($arg_title = "") {{ return 302 "{main_page}"; }}
        rewrite ^ /.title/$wiki_view/$arg_title? last;
    }}
"""
PATH_INFO = """\
    location {script}/ {{
        if ($request_uri ~ "^{pattern}/([^?]+)") {{ return 301 "{pages}$1$is_args$args"; }}
    }}
"""
TITLES = """\
    location /history/ {{
        if ($wiki_alias) {{ return 301 $wiki_alias; }}
    }}
    location ^~ /.title/ {{
        internal;
{spaces}
        if ($uri ~ "^/\\.title/(history|info)/(?:/|%2[Ff])*(.+)$") {{ return 301 /$1/$2/; }}
        if ($uri ~ "^/\\.title/page/(?:/|%2[Ff])*(.+)$") {{ return 301 "{pages}$1"; }}
        return 302 {gone};
    }}
"""
PAGES = """\
    location {pages} {{
        if ($wiki_by_id) {{ return 301 $wiki_by_id; }}
        set $wiki_here "$wiki_view$request_uri";
        if ($wiki_here ~ "^(history|info){pattern}([^?]+)") {{ return 301 /$1/$2/; }}
        if ($wiki_alias) {{ return 301 $wiki_alias; }}
{subpages}
        if ($wiki_view = gone) {{ return 302 {gone}; }}
{spaces}
{namespaces}    }}
"""
THUMBNAILS = """\
    location ~ "^{folder}/thumb/(?<wiki_file>.+)/[^/]+$" {{ rewrite ^ "{folder}/$wiki_file" permanent; }}
"""


def nginx_conf(old: OldAddresses) -> str:
    """The whole file."""
    host = old.host or "localhost"
    return "\n".join([HEAD, *_maps(old), SERVER.format(host=host), *_locations(old), "}\n"])


def _maps(old: OldAddresses) -> Iterator[str]:
    yield _map("$uri", "$wiki_alias", dict(_aliases(old)))
    views = dict.fromkeys(GONE_ACTIONS, "gone") | {"info": "info"}
    if old.history is not History.NONE:
        views |= {"history": "history"}
    yield _map("$arg_action", "$wiki_view", {"default": "page"} | views)
    yield _map('"curid=$arg_curid;oldid=$arg_oldid;diff=$arg_diff;"', "$wiki_by_id", dict(_by_id(old.history)))


def _aliases(old: OldAddresses) -> Iterator[tuple[str, str]]:
    """nginx takes plain strings in any case of their letters, so twins need expressions."""
    alike: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for place, path in old.aliases.items():
        # What differs from its target in case alone would lead to itself.
        forms = (place, f"{place}/") if f"{place}/".lower() != path.lower() else (place,)
        alike[place.lower()] |= dict.fromkeys(forms, _url(path))
    for twins in alike.values():
        if len(set(twins.values())) == 1:
            yield from islice(twins.items(), 2)
        else:
            yield from ((f"~^{re.escape(address)}$", path) for address, path in twins.items())


def _by_id(history: History) -> Iterator[tuple[str, str]]:
    yield "~^curid=(?<wiki_id>[0-9]+);", "/page/$wiki_id/"
    if history is History.FULL:
        yield "~;oldid=(?<wiki_since>[0-9]+);diff=(?:cur|0);", "/difference/$wiki_since/current/"
        yield "~;oldid=(?<wiki_prev>[0-9]+);diff=prev;", "/difference/$wiki_prev/"
        yield "~;diff=(?<wiki_diff>[1-9][0-9]*);", "/difference/$wiki_diff/"
        yield "~;oldid=(?<wiki_old>[1-9][0-9]*);", "/revision/$wiki_old/"


def _map(source: str, target: str, values: Mapping[str, str]) -> str:
    lines = "".join(f"    {_quoted(key)} {_quoted(value)};\n" for key, value in values.items())
    return f"map {source} {target} {{\n{lines}}}\n"


def _locations(old: OldAddresses) -> Iterator[str]:
    spaces = "\n".join(['        rewrite "^(.*) (.*)$" "$1_$2";'] * SPACES)
    signs = "\n".join(['        rewrite "^(.*)(?:[+]|%20)(.*)$" "$1_$2";'] * SPACES)
    common = {"pages": _url(old.pages), "pattern": re.escape(_url(old.pages)), "gone": GONE}
    yield TITLES.format(**common, spaces=signs)
    for script in old.scripts:
        yield SCRIPT.format(script=script, main_page=_url(old.main_page))
        if f"{script}/" != old.pages:
            yield PATH_INFO.format(script=script, pattern=re.escape(script), pages=_url(old.pages))
    subpages = "\n".join(_subpage(old.pages, title, path) for title, path in old.subpages.items())
    names = "".join(_renamed(old.pages, name, own) for name, own in old.namespaces.items())
    yield PAGES.format(**common, spaces=spaces, namespaces=names, subpages=subpages)
    yield from (THUMBNAILS.format(folder=folder) for folder in old.uploads)


def _subpage(pages: str, title: str, path: str) -> str:
    pattern = _quoted(f"^{re.escape(_url(pages))}(?i:{re.escape(_url(title))})/([^?]+)")
    return f"        if ($request_uri ~ {pattern}) {{ return 301 {path}$1/; }}"


def _renamed(pages: str, name: str, own: str) -> str:
    target = f"{own}:" if own else ""
    return f"        rewrite {_quoted(f'^{pages}(?i:{re.escape(name)}):(.*)$')} {_quoted(f'{pages}{target}$1')};\n"


def _url(path: str) -> str:
    return quote(path, safe=PATH_SAFE)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return text if text == "default" else f'"{escaped}"'
