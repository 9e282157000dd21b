-- Where a name stands in lists
-- Each list entry whose label or text contains the name.
SELECT p.title AS page, s.title AS section, e.label AS label, e.value AS value, e.text AS text, p.page_id AS page_id
FROM list_entries e JOIN sections s USING (section_id) JOIN pages p ON p.page_id = e.page_id
WHERE :name != '' AND (e.label LIKE '%' || :name || '%' OR e.text LIKE '%' || :name || '%')
ORDER BY p.title, e.list_entry_id
LIMIT 1000
