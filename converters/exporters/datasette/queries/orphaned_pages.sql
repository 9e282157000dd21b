-- Orphans
-- Content pages to which no other page leads.
SELECT page, size, page_id FROM orphans LIMIT 500
