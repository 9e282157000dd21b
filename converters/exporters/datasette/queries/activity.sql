-- Edits per month
-- How busy the wiki was: versions saved, people who saved them, pages edited and begun.
SELECT month, edits, users, pages, new_pages FROM edits_per_month ORDER BY month
