-- Mentions of a revision
-- Everything that was shown of one version, where, and by which answer.
SELECT m.place AS place, m.via AS via, m.timestamp AS timestamp, m.exactness AS exactness, m.utc AS utc, u.name AS user,
    m.comment AS comment, m.size AS size, m.sha1 AS sha1, c.url AS url, m.page_id AS page_id
FROM mentions m LEFT JOIN users u USING (user_id) LEFT JOIN captures c USING (capture_id)
WHERE m.rev_id = CAST(:rev_id AS INTEGER)
ORDER BY m.mention_id
