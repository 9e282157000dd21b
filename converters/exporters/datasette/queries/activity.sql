-- Edits per month
-- How busy the wiki was: versions saved, people who saved them, pages edited and begun. Bars show the edits.
SELECT month, edits, users, pages, new_pages, round(100.0 * edits / max(edits) OVER (), 1) AS chart
FROM edits_per_month
ORDER BY month
