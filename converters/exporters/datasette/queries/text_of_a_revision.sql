-- Text of a revision
-- The source of one version of a page, by the revision's number.
SELECT p.title AS page, r.timestamp AS timestamp, u.name AS user, revision_text(r.rev_id) AS text, p.page_id AS page_id
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id)
WHERE r.rev_id = CAST(:rev_id AS INTEGER)
