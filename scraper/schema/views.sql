CREATE VIEW recent_changes AS SELECT
    -- Revisions, newest first.
    r.timestamp AS timestamp, -- when (UTC)
    p.title AS page, -- page
    u.name AS user, -- who
    r.comment AS comment, -- edit summary
    r.rev_id AS rev_id -- revision
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id)
ORDER BY r.timestamp DESC, r.rev_id DESC;
