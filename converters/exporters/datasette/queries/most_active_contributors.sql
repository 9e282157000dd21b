-- Most active contributors
-- Who saved most versions. Give a year to see that year alone.
SELECT
    u.name AS user,
    count(*) AS edits,
    count(DISTINCT r.page_id) AS pages,
    sum(r.parent_id = 0) AS new_pages,
    min(r.timestamp) AS first_edit,
    max(r.timestamp) AS last_edit,
    round(100.0 * count(*) / max(count(*)) OVER (), 1) AS chart
FROM revisions r JOIN users u USING (user_id)
WHERE :year = '' OR r.timestamp LIKE :year || '-%'
GROUP BY r.user_id
ORDER BY edits DESC, user
LIMIT 200
