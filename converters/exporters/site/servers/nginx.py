"""The rules in the words of nginx (https://nginx.org/en/docs/http/ngx_http_map_module.html).

A map is looked at only when its value is needed, its expressions in their order. ``return`` sends titles on as they
came over the wire, so that no character is decoded and encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.rule import Rule
from converters.exporters.site.servers.rules import rules
from converters.links import FILES

HEAD = """\
# The wiki's old addresses, for nginx 1.18 and newer. Copy the site into the folder that is root below, put this file
# into /etc/nginx/conf.d, set server_name and root, for https also listen and the certificates, then:
# nginx -t && systemctl reload nginx
# Where the host has a server of its own already, what stands between the braces of this one goes into that.
"""
BELOW = """\
# The files of the site belong into {base}/ below root.
map $request_uri ${name}_address {{
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

    if (${name}_moved) {{ return 301 "{base}${name}_moved"; }}
    set ${name}_lost yes;
    if (-f "$request_filename") {{ set ${name}_lost ""; }}
    if (-f "$request_filename/index.html") {{ set ${name}_lost ""; }}
    if (-f "$request_filename/index.txt") {{ set ${name}_lost ""; }}
    set ${name}_outside "${name}_lost${name}_away";
    if (${name}_outside ~ "^yes(http.*)$") {{ return 302 "$1"; }}
    set ${name}_mended "${name}_lost${name}_missing";
    if (${name}_mended ~ "^yes(/.*)$") {{ return 301 "{base}$1"; }}

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
    name = _name(old)
    below = BELOW.format(name=name, base=old.base, pattern=re.escape(old.base)) if old.base else ""
    address = f"${name}_address" if old.base else "$request_uri"
    maps = (
        _map(address, f"${name}_moved", found.always),
        _map(address, f"${name}_missing", (*found.missing, *found.fallbacks)),
        _map(address, f"${name}_away", found.away),
    )
    server = SERVER.format(name=name, host=old.host or "localhost", base=old.base, policy=PAGE_POLICY)
    folders = (UPLOADS.format(base=old.base, folder=one, policy=FILE_POLICY) for one in (f"/{FILES}", *old.uploads))
    return "\n".join([HEAD, below, *maps, server, *folders, "}\n"])


def _name(old: OldAddresses) -> str:
    """What its variables begin with: maps of several wikis on one server must not meet."""
    return "wiki_" + re.sub(r"\W", "_", f"{old.host}{old.base}", flags=re.ASCII)


def _map(source: str, name: str, found: Iterable[Rule]) -> str:
    lines = "".join(
        f'    "~{"*" if rule.ignores_case else ""}{_escaped(rule.pattern)}" "{rule.target}";\n' for rule in found
    )
    return f'map {source} {name} {{\n    default "";\n{lines}}}\n'


def _escaped(pattern: str) -> str:
    return pattern.replace("\\", "\\\\")
