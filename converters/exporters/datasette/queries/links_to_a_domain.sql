-- Links to a domain
-- Every link to the domain you give (without www.), and where it stands.
SELECT p.title AS page, e.text AS text, e.url AS url, p.page_id AS page_id
FROM external_links e JOIN pages p ON p.page_id = e.page_id
WHERE e.domain = :domain
ORDER BY p.title, e.external_link_id
LIMIT 1000
