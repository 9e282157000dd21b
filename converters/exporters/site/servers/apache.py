"""The rules in the words of Apache's mod_rewrite: https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html.

Addresses are looked at as they came over the wire (``%{THE_REQUEST}``) and sent on with ``NE``, so that no character
is decoded and encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.rule import Rule
from converters.exporters.site.servers.rules import rules
from converters.links import FILES

HEAD = """\
# The wiki's old addresses, for Apache 2.4 with mod_rewrite and AllowOverride All. Leave this file where it is, in the
# folder of the site: {where}. Addresses in which the
# slash of a title is written %2F need `AllowEncodedSlashes NoDecode` in the server's own configuration.
Options -Indexes -MultiViews
DirectoryIndex index.html index.txt
AddDefaultCharset utf-8
ErrorDocument 403 {base}/404.html
ErrorDocument 404 {base}/404.html
<IfModule mod_headers.c>
Header always set X-Content-Type-Options nosniff
Header always set Referrer-Policy no-referrer
Header always set Content-Security-Policy "{page_policy}"
<If "%{{REQUEST_URI}} =~ m#^{base}(?:{folders})/#">
Header always set Content-Security-Policy "{file_policy}"
</If>
</IfModule>
<IfModule mod_mime.c>
# Without a type of its own, a browser would look into a file and might take it for a page.
AddType application/x-bzip2 .bz2
</IfModule>
<IfModule !mod_rewrite.c>
# Without mod_rewrite only the addresses of pages answer.
</IfModule>
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteCond %{{THE_REQUEST}} "^\\S+ {base}(/\\S*)"
RewriteRule ^ - [E=WIKI_ADDRESS:%1]
"""
# What comes after this holds only where the site has nothing.
FOUND = """\
RewriteCond %{REQUEST_FILENAME} -f
RewriteRule (^|/)\\.(?!well-known/) - [R=404,L]
RewriteCond %{REQUEST_FILENAME} -f [OR]
RewriteCond %{REQUEST_FILENAME}/index.html -f [OR]
RewriteCond %{REQUEST_FILENAME}/index.txt -f
RewriteRule ^ - [L]"""
NOTHING = """\
RewriteCond %{REQUEST_FILENAME} -d
RewriteRule ^ - [R=404,L]"""


def htaccess(old: OldAddresses) -> str:
    """The whole file."""
    folders = "|".join(re.escape(folder) for folder in (f"/{FILES}", *old.uploads))
    where = f"{old.base} below DocumentRoot" if old.base else "DocumentRoot of its host"
    head = HEAD.format(where=where, base=old.base, folders=folders, page_policy=PAGE_POLICY, file_policy=FILE_POLICY)
    found = rules(old)
    lines = (
        *_lines(found.always, old.base, 301),
        FOUND,
        *_lines(found.away, "", 302),
        *_lines((*found.missing, *found.fallbacks), old.base, 301),
        NOTHING,
    )
    return head + "\n".join(lines) + "\n</IfModule>\n"


def _lines(found: Iterable[Rule], base: str, status: int) -> Iterator[str]:
    for rule in found:
        yield f'RewriteCond %{{ENV:WIKI_ADDRESS}} "{rule.pattern}"{" [NC]" if rule.ignores_case else ""}'
        yield f'RewriteRule ^ "{base}{_target(rule.target)}" [R={status},L,NE,QSD]'


def _target(place: str) -> str:
    """``$1`` is a group of the condition here; other percent signs stand for themselves."""
    return place.replace("%", "\\%").replace("$", "%")
