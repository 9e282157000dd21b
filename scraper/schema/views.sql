CREATE VIEW recent_changes AS SELECT
    -- Versions of pages, newest first.
    r.timestamp AS timestamp, -- when (UTC)
    p.title AS page, -- page
    u.name AS user, -- who; NULL when hidden
    r.comment AS comment, -- edit summary; NULL when hidden
    r.size AS size, -- bytes
    r.is_minor AS is_minor, -- 1 for a minor edit; NULL when not said
    r.exactness AS exactness, -- how exact the time is: second, minute, zone unknown
    r.rev_id AS rev_id, -- revision
    r.page_id AS page_id -- number of the page
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id)
ORDER BY r.timestamp DESC, r.rev_id DESC;
CREATE VIEW page_history AS SELECT
    -- Each page's versions in the order they were made, with what each changed in size.
    p.title AS page, -- page
    row_number() OVER (PARTITION BY r.page_id ORDER BY r.timestamp, r.rev_id) AS version, -- 1 for the page's first version
    r.timestamp AS timestamp, -- when (UTC)
    u.name AS user, -- who; NULL when hidden
    r.comment AS comment, -- edit summary; NULL when hidden
    r.size AS size, -- bytes
    r.size - COALESCE(lag(r.size) OVER (PARTITION BY r.page_id ORDER BY r.timestamp, r.rev_id), 0) AS change, -- bytes more (or less) than the version before
    r.exactness AS exactness, -- how exact the time is: second, minute, zone unknown
    r.rev_id AS rev_id, -- revision
    r.page_id AS page_id -- number of the page
FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id);
CREATE VIEW revisions_by_road AS SELECT
    -- By which road the versions of pages came, how exact their times are, and what is here of them.
    r.via AS via, -- road: api, export, raw, html, dump
    r.exactness AS exactness, -- how exact the time is: second, minute, zone unknown; NULL without time
    count(*) AS revisions, -- versions
    count(r.user_id) AS with_user, -- of these, how many with the name of who saved them
    count(r.text_id) AS with_text, -- with their source
    sum(EXISTS (SELECT 1 FROM old_renderings o WHERE o.rev_id = r.rev_id)
        OR EXISTS (SELECT 1 FROM renderings x WHERE x.rev_id = r.rev_id)) AS with_rendering -- with the wiki's own HTML
FROM revisions r
GROUP BY r.via, r.exactness
ORDER BY revisions DESC;
CREATE VIEW facts_by_road AS SELECT
    -- What each harvest was told, by which road, and where pages of the wiki showed it.
    h.source AS source, -- what was asked for: address or file
    h.kind AS source_kind, -- kind of source: api, dump, copy, captures
    o.kind AS fact, -- kind of fact: revision, text, page, rendering, ...
    o.via AS via, -- road: api, export, raw, html, dump
    o.place AS place, -- history, diff, edit form, ...; empty for whole answers
    o.facts AS facts, -- how often such a thing was told
    o.harvest_id AS harvest_id -- number of the harvest
FROM roads o LEFT JOIN harvests h USING (harvest_id)
ORDER BY o.harvest_id, o.kind, o.facts DESC;
CREATE VIEW contributors AS SELECT
    -- Who wrote, and how much.
    u.name AS user, -- name as the wiki shows it
    count(*) AS edits, -- versions saved
    sum(r.is_minor) AS minor_edits, -- of these, minor edits
    count(DISTINCT r.page_id) AS pages, -- pages edited
    min(r.timestamp) AS first_edit, -- when (UTC)
    max(r.timestamp) AS last_edit, -- when (UTC)
    u.is_account AS is_account, -- 1 for an account, 0 for an IP address or imported name
    u.user_id AS user_id -- number of the user in this archive
FROM revisions r JOIN users u USING (user_id)
GROUP BY r.user_id
ORDER BY edits DESC, user;
CREATE VIEW edits_per_month AS SELECT
    -- How busy the wiki was.
    substr(r.timestamp, 1, 7) AS month, -- year and month
    count(*) AS edits, -- versions saved
    count(DISTINCT r.user_id) AS users, -- people who saved them
    count(DISTINCT r.page_id) AS pages, -- pages edited
    sum(r.parent_id = 0) AS new_pages -- pages begun
FROM revisions r
WHERE r.timestamp IS NOT NULL
GROUP BY month
ORDER BY month;
CREATE VIEW lost_pages AS SELECT
    -- Pages that the wiki had once and has no longer; the archive keeps them.
    p.title AS page, -- page
    p.gone_at AS gone_at, -- when the wiki was first seen without it (UTC)
    p.page_id AS page_id -- number of the page
FROM pages p
WHERE p.gone_at IS NOT NULL
ORDER BY p.gone_at DESC, p.title;
CREATE VIEW untouched_pages AS SELECT
    -- Pages, those that nobody has edited for longest first.
    p.title AS page, -- page
    r.timestamp AS last_edit, -- when (UTC)
    u.name AS user, -- who; NULL when hidden
    p.page_id AS page_id -- number of the page
FROM pages p JOIN revisions r ON r.rev_id = p.latest_rev_id LEFT JOIN users u USING (user_id)
WHERE p.gone_at IS NULL AND NOT p.is_redirect
ORDER BY r.timestamp, p.title;
CREATE VIEW orphans AS SELECT
    -- Content pages to which no other page leads.
    p.title AS page, -- page
    p.size AS size, -- bytes
    p.page_id AS page_id -- number of the page
FROM pages p JOIN namespaces n USING (namespace_id)
WHERE n.is_content AND p.gone_at IS NULL AND NOT p.is_redirect
    AND p.title != COALESCE((SELECT main_page FROM site), '')
    AND NOT EXISTS (SELECT 1 FROM links l WHERE l.target_page_id = p.page_id AND l.page_id != p.page_id)
    AND NOT EXISTS (SELECT 1 FROM redirects d WHERE d.target_page_id = p.page_id)
ORDER BY p.title;
CREATE VIEW dead_end_pages AS SELECT
    -- Content pages that lead to no other page.
    p.title AS page, -- page
    p.size AS size, -- bytes
    p.page_id AS page_id -- number of the page
FROM pages p JOIN namespaces n USING (namespace_id)
WHERE n.is_content AND p.gone_at IS NULL AND NOT p.is_redirect
    AND NOT EXISTS (SELECT 1 FROM links l WHERE l.page_id = p.page_id AND l.target_page_id != p.page_id)
ORDER BY p.title;
CREATE VIEW wanted_pages AS SELECT
    -- Titles that pages link to and that nobody wrote: red links.
    l.target_title AS title, -- full title
    count(*) AS links, -- links to it
    count(DISTINCT l.page_id) AS pages -- pages with such a link
FROM links l
WHERE l.is_missing
GROUP BY l.target_title
ORDER BY pages DESC, links DESC, title;
CREATE VIEW most_linked_pages AS SELECT
    -- Pages by how many other pages lead to them.
    p.title AS page, -- page
    count(DISTINCT l.page_id) AS pages, -- pages that link to it
    p.page_id AS page_id -- number of the page
FROM links l JOIN pages p ON p.page_id = l.target_page_id
WHERE l.page_id != l.target_page_id
GROUP BY l.target_page_id
ORDER BY pages DESC, page;
CREATE VIEW category_sizes AS SELECT
    -- Categories by how many pages are in them.
    c.name AS category, -- name without the namespace
    count(*) AS pages, -- pages in it
    c.target_page_id IS NULL AS is_unwritten, -- 1 where nobody wrote a page for the category
    c.category_id AS category_id -- number of the category in this archive
FROM categories c JOIN page_categories m USING (category_id)
GROUP BY c.category_id
ORDER BY pages DESC, category;
CREATE VIEW template_uses AS SELECT
    -- Templates by how often pages call them.
    t.name AS template, -- name without the namespace
    count(*) AS calls, -- calls in all pages
    count(DISTINCT k.page_id) AS pages, -- pages that call it
    t.target_page_id IS NULL AS is_missing, -- 1 where there is no such template
    t.template_id AS template_id -- number of the template in this archive
FROM templates t JOIN template_calls k USING (template_id)
GROUP BY t.template_id
ORDER BY pages DESC, calls DESC, template;
CREATE VIEW links_by_domain AS SELECT
    -- Where links out to the web lead.
    e.domain AS domain, -- host in lower case without www.
    count(*) AS links, -- links to it
    count(DISTINCT e.url) AS addresses, -- different addresses
    count(DISTINCT e.page_id) AS pages -- pages with such a link
FROM external_links e
WHERE e.domain != ''
GROUP BY e.domain
ORDER BY links DESC, domain;
CREATE VIEW unused_files AS SELECT
    -- Files that no page shows.
    f.name AS file, -- name without namespace
    f.file_id AS file_id -- number of the file in this archive
FROM files f
WHERE f.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM file_uses s WHERE s.file_id = f.file_id)
ORDER BY f.name;
