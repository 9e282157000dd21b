-- History of a page
-- All versions of the page you name, newest first. The number of a revision gives its text in "Text of a revision".
SELECT r.timestamp AS timestamp, u.name AS user, r.comment AS comment, r.size AS size, r.rev_id AS rev_id, p.title AS page, p.page_id AS page_id
FROM pages p JOIN revisions r USING (page_id) LEFT JOIN users u USING (user_id)
WHERE p.title = :page
ORDER BY r.timestamp DESC, r.rev_id DESC
LIMIT 2000
