"""The rules in the words of Caddy (https://caddyserver.com/docs/caddyfile/directives/map)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.policies import FILE_POLICY, PAGE_POLICY
from converters.exporters.site.servers.rule import Rule
from converters.exporters.site.servers.rules import rules
from converters.links import FILES

GROUP = re.compile(r"\$(\d)")
HEAD = """\
# The wiki's old addresses, for Caddy 2.6 and newer. Copy the site into the folder that is root below, put this into
# /etc/caddy/Caddyfile or import it there, set the site's address and root, then: systemctl reload caddy
# Where the host has a block of its own already, what stands between the braces of this one goes into that.
{host} {{
	root * /var/www/{name}
	header X-Content-Type-Options nosniff
	header Referrer-Policy no-referrer
	@pages not path {folders}
	header @pages Content-Security-Policy "{page_policy}"
	@files path {folders}
	header @files Content-Security-Policy "{file_policy}"
	@hidden path_regexp /\\.
	error @hidden 404
	map {{uri}} {{wiki_folder}} {{
		"~^([^?]*[^/?])(?:\\?\\S*)?$" "${{1}}/"
		default ""
	}}
"""
TAIL = """\
	@moved not vars {{wiki_moved}} ""
	redir @moved {base}{{wiki_moved}} 301
	@away {{
		not file {{path}} {{path}}/index.html {{path}}/index.txt
		not vars {{wiki_away}} ""
	}}
	redir @away {{wiki_away}} 302
	@missing {{
		not file {{path}} {{path}}/index.html {{path}}/index.txt
		not vars {{wiki_missing}} ""
	}}
	redir @missing {base}{{wiki_missing}} 301
	@folder {{
		file {{path}}/index.html {{path}}/index.txt
		not vars {{wiki_folder}} ""
	}}
	redir @folder {{wiki_folder}} 301
	file_server {{
		index index.html index.txt
	}}
	handle_errors {{
		# Also where the disk itself refuses a name, as one that is too long.
		rewrite * {base}/404.html
		file_server {{
			status 404
		}}
	}}
}}
"""


def caddyfile(old: OldAddresses) -> str:
    """The whole file."""
    name = old.host or "localhost"
    folders = " ".join(f"{old.base}{folder}/*" for folder in (f"/{FILES}", *old.uploads))
    found = rules(old)
    maps = (
        _map(found.always, "wiki_moved", old.base),
        _map((*found.missing, *found.fallbacks), "wiki_missing", old.base),
        _map(found.away, "wiki_away", old.base),
    )
    head = HEAD.format(
        host=old.host or ":80", name=name, folders=folders, page_policy=PAGE_POLICY, file_policy=FILE_POLICY
    )
    return head + "".join(maps) + TAIL.format(base=old.base)


def _map(found: Iterable[Rule], name: str, base: str) -> str:
    lines = "".join(f'\t\t"~{_pattern(rule, base)}" "{_groups(rule.target)}"\n' for rule in found)
    return f'\tmap {{uri}} {{{name}}} {{\n{lines}\t\tdefault ""\n\t}}\n'


def _pattern(rule: Rule, base: str) -> str:
    """In RE2, where a group with flags stands in front."""
    flags = "(?i)" if rule.ignores_case else ""
    pattern = rule.pattern.replace("^", f"^{re.escape(base)}", 1)
    return flags + pattern


def _groups(place: str) -> str:
    return GROUP.sub(r"${\1}", place)
