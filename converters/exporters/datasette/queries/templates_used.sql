-- Templates by use
-- Which templates the pages call, and how often: name one in "A template's calls as a table".
SELECT t.name AS template, count(*) AS calls, count(DISTINCT k.page_id) AS pages,
    round(100.0 * count(*) / max(count(*)) OVER (), 1) AS chart
FROM templates t JOIN template_calls k USING (template_id)
GROUP BY t.template_id
ORDER BY calls DESC, template
LIMIT 200
