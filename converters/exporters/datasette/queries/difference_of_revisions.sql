-- What changed between two revisions
-- Give the numbers of an older and a newer version of a page; "History of a page" has them.
SELECT p.title AS page, r.timestamp AS timestamp, u.name AS user, r.comment AS comment,
    diff_text(CAST(:old AS INTEGER), r.rev_id) AS diff, p.page_id AS page_id
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id)
WHERE r.rev_id = CAST(:new AS INTEGER)
