-- Tables of a page, cell by cell
-- Every cell with the headers of its row and column, spans resolved.
SELECT t.caption AS caption, c.row_number AS row, c.row_header AS row_header, c.column_header AS column_header, c.text AS text
FROM pages p JOIN tables t USING (page_id) JOIN table_cells c USING (table_id)
WHERE p.title = :page
ORDER BY t.table_id, c.row_number, c.column_number
LIMIT 2000
