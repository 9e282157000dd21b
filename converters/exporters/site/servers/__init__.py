"""How a web server is told that the wiki's own addresses lead to the pages of the site.

:mod:`old_addresses` knows what the wiki answered, :mod:`rules` where that leads; each other module says it in the words
of one kind of server.
"""

from collections.abc import Callable, Mapping

from converters.exporters.site.servers.apache import htaccess
from converters.exporters.site.servers.caddy import caddyfile
from converters.exporters.site.servers.hosts import headers, redirects
from converters.exporters.site.servers.nginx import nginx_conf
from converters.exporters.site.servers.old_addresses import GONE, LEFT_OUT, OldAddresses, old_addresses
from converters.exporters.site.servers.script import addresses_js
from converters.links import ABOUT

# Paths below the site → what writes them.
SERVER_FILES: Mapping[str, Callable[[OldAddresses], str]] = {
    ".htaccess": htaccess,
    "_headers": headers,
    "_redirects": redirects,
    f"{ABOUT}/Caddyfile": caddyfile,
    f"{ABOUT}/addresses.js": addresses_js,
    f"{ABOUT}/nginx.conf": nginx_conf,
}

__all__ = ["GONE", "LEFT_OUT", "SERVER_FILES", "OldAddresses", "old_addresses"]
