-- Co-editors
-- Pairs of people by how many pages both have edited.
WITH edited AS (SELECT DISTINCT page_id, user_id FROM revisions WHERE user_id IS NOT NULL)
SELECT u.name AS user, v.name AS with_user, count(*) AS pages,
    round(100.0 * count(*) / max(count(*)) OVER (), 1) AS chart
FROM edited a JOIN edited b ON b.page_id = a.page_id AND b.user_id > a.user_id
    JOIN users u ON u.user_id = a.user_id JOIN users v ON v.user_id = b.user_id
GROUP BY a.user_id, b.user_id
ORDER BY pages DESC, user, with_user
LIMIT 200
