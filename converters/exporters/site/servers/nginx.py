"""The rules in the words of nginx (https://nginx.org/en/docs/http/ngx_http_map_module.html).

A map is looked at only when its value is needed, its expressions in their order. ``return`` sends titles on as they
came over the wire, so that no character is decoded and encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.rules import Rule, rules
from converters.links import FILES

HEAD = """\
# The wiki's old addresses, for nginx 1.18 and newer. Put this file into /etc/nginx/conf.d, set server_name and root,
# then: nginx -t && systemctl reload nginx
"""
BELOW = """\
# The files of the site belong into {base}/ below root.
map $request_uri $wiki_address {{
    "~^{pattern}(/.*)$" $1;
}}
"""
SERVER = """\
server {{
    listen 80;
    server_name {host};
    root /var/www/{host};
    index index.html index.txt;
    charset utf-8;
    absolute_redirect off;
    error_page 403 =404 {base}/404.html;
    error_page 404 {base}/404.html;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy no-referrer always;
    add_header Content-Security-Policy "{policy}" always;

    if ($wiki_moved) {{ return 301 "{base}$wiki_moved"; }}
    set $wiki_lost yes;
    if (-f "$request_filename") {{ set $wiki_lost ""; }}
    if (-f "$request_filename/index.html") {{ set $wiki_lost ""; }}
    if (-f "$request_filename/index.txt") {{ set $wiki_lost ""; }}
    set $wiki_mended "$wiki_lost$wiki_missing";
    if ($wiki_mended ~ "^yes(/.*)$") {{ return 301 "{base}$1"; }}
    set $wiki_outside "$wiki_lost$wiki_away";
    if ($wiki_outside ~ "^yes(http.*)$") {{ return 302 "$1"; }}

    location ~ "/\\.(?!well-known/)" {{ return 404; }}
"""
UPLOADS = """\
    location ^~ "{base}{folder}/" {{
        add_header X-Content-Type-Options nosniff always;
        add_header Referrer-Policy no-referrer always;
        add_header Content-Security-Policy "{policy}" always;
    }}
"""


def nginx_conf(old: OldAddresses) -> str:
    """The whole file."""
    found = rules(old)
    below = BELOW.format(base=old.base, pattern=re.escape(old.base)) if old.base else ""
    address = "$wiki_address" if old.base else "$request_uri"
    maps = (
        _map(address, "$wiki_moved", found.always),
        _map(address, "$wiki_missing", (*found.missing, *found.fallbacks)),
        _map(address, "$wiki_away", found.away),
    )
    server = SERVER.format(host=old.host or "localhost", base=old.base, policy=PAGE_POLICY)
    folders = (UPLOADS.format(base=old.base, folder=one, policy=FILE_POLICY) for one in (f"/{FILES}", *old.uploads))
    return "\n".join([HEAD, below, *maps, server, *folders, "}\n"])


def _map(source: str, name: str, found: Iterable[Rule]) -> str:
    lines = "".join(
        f'    "~{"*" if rule.ignores_case else ""}{_escaped(rule.pattern)}" "{rule.target}";\n' for rule in found
    )
    return f'map {source} {name} {{\n    default "";\n{lines}}}\n'


def _escaped(pattern: str) -> str:
    return pattern.replace("\\", "\\\\")
