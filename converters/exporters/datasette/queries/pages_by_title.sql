-- Pages by title
-- Pages whose title contains the words you give, with their namespace, size and last edit.
SELECT p.title AS page, n.name AS namespace, r.size AS size, r.timestamp AS last_edit, p.page_id AS page_id
FROM pages p LEFT JOIN namespaces n USING (namespace_id) LEFT JOIN revisions r ON r.rev_id = p.latest_rev_id
WHERE p.gone_at IS NULL AND p.title LIKE '%' || :title || '%'
ORDER BY p.title
LIMIT 500
