-- Participants across meetings
-- Labels of list entries ("Name : what they do") in sections whose heading contains the word you give, such as particip; with no word, in all sections.
SELECT
    e.label AS name,
    count(DISTINCT e.page_id) AS meetings,
    json_group_array(DISTINCT e.value) AS what,
    json_group_array(DISTINCT p.title) AS pages
FROM list_entries e JOIN sections s USING (section_id) JOIN pages p ON p.page_id = e.page_id
WHERE e.label IS NOT NULL AND s.title LIKE '%' || :section || '%'
GROUP BY e.label
ORDER BY meetings DESC, name
LIMIT 500
