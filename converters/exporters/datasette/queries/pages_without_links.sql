-- Dead-end pages
-- Content pages that lead to no other page.
SELECT page, size, page_id FROM dead_end_pages LIMIT 500
