-- Links by domain
-- Where the wiki's links out to the web lead.
SELECT domain, links, addresses, pages FROM links_by_domain LIMIT 500
