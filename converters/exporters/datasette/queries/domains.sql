-- Links by domain
-- Where the wiki's links out to the web lead. Bars show the links.
SELECT domain, links, addresses, pages, round(100.0 * links / max(links) OVER (), 1) AS chart
FROM links_by_domain
LIMIT 500
