-- What links to a page
-- Pages that link to the title you give, with the words of the link.
SELECT p.title AS page, s.title AS section, l.text AS text, p.page_id AS page_id
FROM links l JOIN pages p ON p.page_id = l.page_id JOIN sections s USING (section_id)
WHERE l.target_title = :title
ORDER BY p.title, l.link_id
LIMIT 1000
