"""The old addresses in the words of Apache's mod_rewrite: https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html.

Titles are taken as they came over the wire (``%{THE_REQUEST}``, ``%{QUERY_STRING}``), mended in a variable, and sent
on with ``NE``, so that no character is decoded and encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from converters.exporters.site.options import History
from converters.exporters.site.servers.old_addresses import GONE, GONE_ACTIONS, PATH_SAFE, OldAddresses

HEAD = """\
# The wiki's old addresses, for Apache 2.4 with mod_rewrite and AllowOverride All. Pages whose titles hold a slash that
# is written %2F need `AllowEncodedSlashes NoDecode` in the server's own configuration.
Options -Indexes -MultiViews
DirectoryIndex index.html
AddDefaultCharset utf-8
ErrorDocument 404 /404.html
<IfModule mod_headers.c>
Header always set X-Content-Type-Options nosniff
Header always set Referrer-Policy no-referrer
<If "%{REQUEST_URI} =~ m#^/files/#">
Header always set Content-Security-Policy "sandbox; default-src 'none'; style-src 'unsafe-inline'"
</If>
</IfModule>
<IfModule !mod_rewrite.c>
# Without mod_rewrite only the addresses of pages answer.
</IfModule>
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteRule (^|/)\\.(?!well-known/) - [R=404,L]
"""
TITLE = """\
# The title as it came over the wire, with underscores.
RewriteCond %{{ENV:WIKI_TITLE}} ^$
RewriteCond %{{QUERY_STRING}} (?:^|&)title=(?:/|%2[Ff])*([^&]+)
RewriteRule ^(?:{scripts})$ - [E=WIKI_TITLE:%1,E=WIKI_MOVED:1,E=WIKI_QUERY:1]
RewriteCond %{{ENV:WIKI_TITLE}} ^$
RewriteCond %{{THE_REQUEST}} "^\\S+ /(?:{pages}|(?:{scripts})/)([^?\\s]+)"
RewriteRule ^ - [E=WIKI_TITLE:%1]
RewriteCond %{{ENV:WIKI_TITLE}} "^(.*)%20(.*)$"
RewriteRule ^ - [E=WIKI_TITLE:%1_%2,E=WIKI_MOVED:1,N=100]
RewriteCond %{{ENV:WIKI_QUERY}} 1
RewriteCond %{{ENV:WIKI_TITLE}} "^(.*)\\+(.*)$"
RewriteRule ^ - [E=WIKI_TITLE:%1_%2,N=100]
RewriteCond %{{ENV:WIKI_QUERY}} 1
RewriteCond %{{ENV:WIKI_TITLE}} "^(.*)%2[Ff](.*)$"
RewriteRule ^ - [E=WIKI_TITLE:%1/%2,N=100]
"""


def htaccess(old: OldAddresses) -> str:
    """The whole file."""
    return HEAD + "\n".join(_rules(old)) + "\n</IfModule>\n"


def _rules(old: OldAddresses) -> Iterator[str]:
    scripts = "|".join(re.escape(script.lstrip("/")) for script in old.scripts)
    pages = _pattern(old.pages)
    asked = f"^(?:(?:{scripts})$|{pages})"
    for query, target in _by_id(old.history):
        yield from _when(query, f"RewriteRule {asked} {target} [R=301,L,QSD]")
    yield from _when(f"(?:^|&)action=(?:{'|'.join(GONE_ACTIONS)})(?:&|$)", f"RewriteRule {asked} {GONE} [R=302,L,QSD]")
    for folder in old.uploads:
        yield f'RewriteRule "^{_pattern(folder)}/thumb/(.+)/[^/]+$" "{_target(folder)}/$1" [R=301,L]'
    yield TITLE.format(scripts=scripts, pages=pages)
    yield from _namespaces(old)
    for view in ("info",) if old.history is History.NONE else ("history", "info"):
        yield from _when(
            f"(?:^|&)action={view}(?:&|$)",
            f"RewriteCond %{{ENV:WIKI_TITLE}} ^(.+?)/?$\nRewriteRule {asked} /{view}/%1/ [R=301,L,QSD,NE]",
        )
    for title, path in old.subpages.items():
        encoded = re.escape(quote(title, safe=":"))
        yield f'RewriteCond %{{ENV:WIKI_TITLE}} "^(?:{_escaped(title)}|{encoded})/(.+?)/?$" [NC]'
        yield f"RewriteRule {asked} {path}%1/ [R=301,L,QSD,NE]"
    for place, path in old.aliases.items():
        yield f'RewriteRule "^{_pattern(place)}/?$" "{_target(path)}" [R=301,L,QSD,NE]'
    yield "RewriteCond %{ENV:WIKI_MOVED} 1"
    yield "RewriteCond %{ENV:WIKI_TITLE} ^(.+)$"
    yield f'RewriteRule ^ "{_target(old.pages)}%1" [R=301,L,QSD,NE]'
    yield f'RewriteRule ^(?:{scripts})$ "{_target(old.main_page)}" [R=302,L,QSD,NE]'
    for script in old.scripts:
        if f"{script}/" != old.pages:
            yield "RewriteCond %{ENV:WIKI_TITLE} ^(.+)$"
            yield f'RewriteRule ^{_pattern(script)}/ "{_target(old.pages)}%1" [R=301,L,NE]'


def _by_id(history: History) -> Iterator[tuple[str, str]]:
    """Parameters in any order: each pattern looks at one of them, the first line of two at both."""
    yield "(?:^|&)curid=(\\d+)", "/page/%1/"
    if history is History.FULL:
        for since in (
            "(?:^|&)diff=(?:cur|0)&(?:.*&)?oldid=(\\d+)",
            "(?:^|&)oldid=(\\d+)&(?:.*&)?diff=(?:cur|0)(?:&|$)",
        ):
            yield since, "/difference/%1/current/"
        for before in ("(?:^|&)diff=prev&(?:.*&)?oldid=(\\d+)", "(?:^|&)oldid=(\\d+)&(?:.*&)?diff=prev(?:&|$)"):
            yield before, "/difference/%1/"
        yield "(?:^|&)diff=([1-9]\\d*)", "/difference/%1/"
        yield "(?:^|&)oldid=([1-9]\\d*)", "/revision/%1/"


def _when(query: str, rule: str) -> Iterator[str]:
    yield f"RewriteCond %{{QUERY_STRING}} {query}"
    yield rule


def _namespaces(old: OldAddresses) -> Iterator[str]:
    for name, own in old.namespaces.items():
        target = _target(f"{own}:") if own else ""
        yield f'RewriteCond %{{ENV:WIKI_TITLE}} "^(?:{_escaped(name)}|{re.escape(quote(name))})(?::|%3A)(.*)$" [NC]'
        yield f"RewriteRule ^ - [E=WIKI_TITLE:{target}%1,E=WIKI_MOVED:1]"


def _pattern(path: str) -> str:
    return _escaped(path.strip("/")) + ("/" if path.endswith("/") and path != "/" else "")


def _escaped(text: str) -> str:
    """An expression inside quotation marks, where mod_rewrite knows no escape for such a mark."""
    return re.escape(text).replace('"', "\\x22")


def _target(path: str) -> str:
    """Percent signs would begin a reference to a condition."""
    return quote(path, safe=PATH_SAFE).replace("%", "\\%")
