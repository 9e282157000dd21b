"""How a web server is told that the wiki's own addresses lead to the pages of the site.

:mod:`old_addresses` knows what the wiki answered; each other module says it in the words of one kind of server.
"""

from converters.exporters.site.servers.apache import htaccess
from converters.exporters.site.servers.nginx import nginx_conf
from converters.exporters.site.servers.old_addresses import GONE, OldAddresses, old_addresses

__all__ = ["GONE", "OldAddresses", "htaccess", "nginx_conf", "old_addresses"]
