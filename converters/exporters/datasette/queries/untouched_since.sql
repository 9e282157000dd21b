-- Pages not touched since…
-- Pages whose last edit is older than the date you give (2019-01-01), oldest first.
SELECT page, last_edit, user, page_id
FROM untouched_pages
WHERE :date = '' OR last_edit < :date
LIMIT 500
