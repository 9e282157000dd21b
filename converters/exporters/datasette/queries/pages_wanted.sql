-- Wanted pages
-- Titles that pages link to and that nobody wrote.
SELECT title, pages, links FROM wanted_pages LIMIT 500
