-- Pages that mention…
-- Full-text search in the current text of all pages, best first. Accents and case do not matter; "quoted words" are taken together.
SELECT
    t.title AS page,
    replace(snippet(page_text_fts, 1, char(2), char(3), ' … ', 32), char(10), ' · ') AS snippet,
    t.page_id AS page_id
FROM page_text_fts JOIN page_text t ON t.page_id = page_text_fts.rowid
WHERE page_text_fts MATCH CASE trim(:words) WHEN '' THEN '""' ELSE escape_fts(:words) END
ORDER BY bm25(page_text_fts, 10.0, 1.0, 1.0)
LIMIT 100
