-- Where sources disagree
-- Parts of versions that two sources tell differently: the first value counts. "mentions" has them all.
SELECT p.title AS page, q.subject AS what, q.detail AS told, q.rev_id AS rev_id, q.page_id AS page_id
FROM problems q LEFT JOIN pages p USING (page_id)
WHERE q.code = 'sources-disagree'
ORDER BY p.title, q.rev_id
LIMIT 1000
