-- A template's calls as a table
-- One line for each call of the template you name (without its namespace), with its parameters.
SELECT p.title AS page, json_group_object(v.name, v.value) AS parameters, p.page_id AS page_id
FROM templates t
    JOIN template_calls k USING (template_id)
    JOIN template_parameters v USING (template_call_id)
    JOIN pages p ON p.page_id = k.page_id
WHERE t.name = :template
GROUP BY k.template_call_id
ORDER BY p.title, k.template_call_id
LIMIT 1000
