CREATE TABLE parsed_pages (
    -- What the records of a page were made from. Records describe pages as they stand: pages that are gone have none. A record's number is page_id × 1,000,000 + its place among the page's records of that kind.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision that was read; NULL where the page's rendering does not say
    door TEXT NOT NULL, -- rendered (the wiki's own HTML), wikitext, or plain (text without markup)
    fingerprint TEXT NOT NULL -- hash of title, source, rendering, the wiki's prefixes and the extractors' versions: a page is parsed again when it changes
);
CREATE INDEX parsed_pages_rev ON parsed_pages (rev_id);
CREATE TABLE sections (
    -- Sections of pages; section 0 is what stands before the first heading.
    section_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + position
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    position INTEGER NOT NULL, -- order in the page, 0 for the lead
    parent_id INTEGER REFERENCES sections (section_id), -- the section that holds it
    level INTEGER NOT NULL, -- heading level 1 to 6; 0 for the lead
    title TEXT NOT NULL, -- heading as text; empty for the lead
    anchor TEXT NOT NULL, -- fragment of its address; empty for the lead
    text TEXT NOT NULL -- its own text, without its subsections
);
CREATE INDEX sections_page ON sections (page_id, position);
CREATE INDEX sections_rev ON sections (rev_id);
CREATE INDEX sections_parent ON sections (parent_id);
CREATE TABLE links (
    -- Links from page to page within the wiki, links to a section of the same page included.
    link_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page that links
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section that links
    target_title TEXT NOT NULL, -- full title of the target
    target_namespace_id INTEGER REFERENCES namespaces (namespace_id), -- namespace of the target
    target_fragment TEXT NOT NULL, -- section of the target, as in its address; empty for its top
    target_page_id INTEGER REFERENCES pages (page_id), -- the target; NULL where there is no such page
    is_missing INTEGER AS (target_page_id IS NULL AND target_namespace_id >= 0), -- 1 for a red link
    text TEXT NOT NULL -- text of the link
);
CREATE INDEX links_page ON links (page_id);
CREATE INDEX links_rev ON links (rev_id);
CREATE INDEX links_section ON links (section_id);
CREATE INDEX links_target_namespace ON links (target_namespace_id);
CREATE INDEX links_target_page ON links (target_page_id);
CREATE INDEX links_target_title ON links (target_title);
CREATE TABLE external_links (
    -- Links out to the web.
    external_link_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    url TEXT NOT NULL, -- address
    domain TEXT NOT NULL, -- host in lower case without www.; empty where the address has none
    text TEXT NOT NULL -- text of the link
);
CREATE INDEX external_links_page ON external_links (page_id);
CREATE INDEX external_links_rev ON external_links (rev_id);
CREATE INDEX external_links_section ON external_links (section_id);
CREATE INDEX external_links_domain ON external_links (domain);
CREATE TABLE interwiki_links (
    -- Links to other wikis by prefix.
    interwiki_link_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    prefix TEXT NOT NULL, -- prefix of the other wiki
    title TEXT NOT NULL, -- title over there
    url TEXT NOT NULL, -- address
    text TEXT NOT NULL -- text of the link
);
CREATE INDEX interwiki_links_page ON interwiki_links (page_id);
CREATE INDEX interwiki_links_rev ON interwiki_links (rev_id);
CREATE INDEX interwiki_links_section ON interwiki_links (section_id);
CREATE INDEX interwiki_links_prefix ON interwiki_links (prefix);
CREATE TABLE language_links (
    -- The same subject in other languages, as the wiki shows it beside the page; they belong to the page, not to a section.
    language_link_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    prefix TEXT NOT NULL, -- prefix of the other wiki, usually a language code
    title TEXT NOT NULL, -- title over there
    url TEXT NOT NULL -- address
);
CREATE INDEX language_links_page ON language_links (page_id);
CREATE INDEX language_links_rev ON language_links (rev_id);
CREATE INDEX language_links_prefix ON language_links (prefix);
CREATE TABLE categories (
    -- Categories that pages are in.
    category_id INTEGER PRIMARY KEY, -- the archive's own number
    title TEXT NOT NULL UNIQUE, -- full title of the category's page
    name TEXT NOT NULL, -- title without the namespace's prefix
    target_page_id INTEGER REFERENCES pages (page_id) -- the category's own page; NULL where nobody wrote one
);
CREATE INDEX categories_target_page ON categories (target_page_id);
CREATE TABLE page_categories (
    -- Which page is in which category; this belongs to the page, not to a section.
    page_category_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    category_id INTEGER NOT NULL REFERENCES categories (category_id), -- category
    sort_key TEXT NOT NULL, -- where the page asks to be sorted; empty: under its title
    is_hidden INTEGER NOT NULL -- 1 where the wiki hides the category from readers
);
CREATE INDEX page_categories_page ON page_categories (page_id);
CREATE INDEX page_categories_rev ON page_categories (rev_id);
CREATE INDEX page_categories_category ON page_categories (category_id, sort_key);
CREATE TABLE templates (
    -- Templates that pages call.
    template_id INTEGER PRIMARY KEY, -- the archive's own number
    title TEXT NOT NULL UNIQUE, -- full title of the template's page
    name TEXT NOT NULL, -- title without the namespace's prefix
    target_page_id INTEGER REFERENCES pages (page_id) -- the template's own page; NULL where there is none
);
CREATE INDEX templates_target_page ON templates (target_page_id);
CREATE TABLE template_calls (
    -- Template calls as they stand in the pages' wikitext.
    template_call_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page that calls
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    template_id INTEGER NOT NULL REFERENCES templates (template_id), -- template
    parent_id INTEGER REFERENCES template_calls (template_call_id) -- the call in whose parameter this one stands
);
CREATE INDEX template_calls_page ON template_calls (page_id);
CREATE INDEX template_calls_rev ON template_calls (rev_id);
CREATE INDEX template_calls_section ON template_calls (section_id);
CREATE INDEX template_calls_template ON template_calls (template_id);
CREATE INDEX template_calls_parent ON template_calls (parent_id);
CREATE TABLE template_parameters (
    -- Parameters of template calls.
    template_parameter_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    template_call_id INTEGER NOT NULL REFERENCES template_calls (template_call_id), -- call
    position INTEGER NOT NULL, -- order in the call, 1 for the first
    name TEXT NOT NULL, -- name; 1, 2, ... where the call gives none
    value TEXT NOT NULL -- value as wikitext
);
CREATE INDEX template_parameters_page ON template_parameters (page_id);
CREATE INDEX template_parameters_rev ON template_parameters (rev_id);
CREATE INDEX template_parameters_section ON template_parameters (section_id);
CREATE INDEX template_parameters_call ON template_parameters (template_call_id);
CREATE INDEX template_parameters_name ON template_parameters (name);
CREATE TABLE list_entries (
    -- Entries of lists; "Label : value" is told apart.
    list_entry_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    parent_id INTEGER REFERENCES list_entries (list_entry_id), -- the entry that holds it
    depth INTEGER NOT NULL, -- 1 for an entry of the outermost list
    kind TEXT NOT NULL, -- bullet, number, term or description
    text TEXT NOT NULL, -- its own text, without the lists inside it
    label TEXT, -- what stands before the colon; for a description its term; NULL where there is none
    value TEXT -- what stands after the colon; NULL where there is no label
);
CREATE INDEX list_entries_page ON list_entries (page_id);
CREATE INDEX list_entries_rev ON list_entries (rev_id);
CREATE INDEX list_entries_section ON list_entries (section_id);
CREATE INDEX list_entries_parent ON list_entries (parent_id);
CREATE INDEX list_entries_label ON list_entries (label);
CREATE TABLE tables (
    -- Tables in pages.
    table_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    parent_id INTEGER REFERENCES tables (table_id), -- the table in whose cell it stands
    caption TEXT NOT NULL, -- caption; empty where there is none
    css_class TEXT NOT NULL, -- class attribute: infobox, wikitable, ...
    row_count INTEGER NOT NULL, -- rows
    column_count INTEGER NOT NULL -- columns
);
CREATE INDEX tables_page ON tables (page_id);
CREATE INDEX tables_rev ON tables (rev_id);
CREATE INDEX tables_section ON tables (section_id);
CREATE INDEX tables_parent ON tables (parent_id);
CREATE TABLE table_cells (
    -- Each place of each table's grid; a cell that spans several places stands in each of them.
    table_cell_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    table_id INTEGER NOT NULL REFERENCES tables (table_id), -- table
    row_number INTEGER NOT NULL, -- row, 1 for the uppermost
    column_number INTEGER NOT NULL, -- column, 1 for the first
    is_header INTEGER NOT NULL, -- 1 for a header cell
    is_repeated INTEGER NOT NULL, -- 1 where a spanning cell stands again, not for its first place
    row_header TEXT NOT NULL, -- header of its row; several are joined by " / "
    column_header TEXT NOT NULL, -- header of its column, outermost first; several are joined by " / "
    text TEXT NOT NULL -- text
);
CREATE INDEX table_cells_page ON table_cells (page_id);
CREATE INDEX table_cells_rev ON table_cells (rev_id);
CREATE INDEX table_cells_section ON table_cells (section_id);
CREATE INDEX table_cells_table ON table_cells (table_id, row_number, column_number);
CREATE TABLE refs (
    -- References (footnotes).
    ref_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section that refers to it first
    ref_group TEXT NOT NULL, -- group of references; empty for the usual one
    name TEXT NOT NULL, -- name given in the wikitext; empty where there is none
    number INTEGER NOT NULL, -- number in its group, as readers see it
    uses INTEGER NOT NULL, -- how often the page refers to it
    text TEXT NOT NULL, -- text
    urls TEXT NOT NULL -- JSON array of the addresses in it
);
CREATE INDEX refs_page ON refs (page_id);
CREATE INDEX refs_rev ON refs (rev_id);
CREATE INDEX refs_section ON refs (section_id);
CREATE TABLE file_uses (
    -- Pictures, sounds and films of the wiki shown in pages.
    file_use_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    section_id INTEGER NOT NULL REFERENCES sections (section_id), -- section
    name TEXT NOT NULL, -- name of the file without namespace
    file_id INTEGER REFERENCES files (file_id), -- the file; NULL where the archive has none of that name
    target_page_id INTEGER REFERENCES pages (page_id), -- the file's description page; NULL where there is none
    kind TEXT NOT NULL, -- how it is shown: figure, gallery, inline
    width INTEGER, -- pixels as shown; NULL where not said
    height INTEGER, -- pixels as shown; NULL where not said
    alt TEXT NOT NULL, -- alternative text
    caption TEXT NOT NULL -- caption; empty where there is none
);
CREATE INDEX file_uses_page ON file_uses (page_id);
CREATE INDEX file_uses_rev ON file_uses (rev_id);
CREATE INDEX file_uses_section ON file_uses (section_id);
CREATE INDEX file_uses_name ON file_uses (name);
CREATE INDEX file_uses_file ON file_uses (file_id);
CREATE INDEX file_uses_target_page ON file_uses (target_page_id);
CREATE TABLE property_values (
    -- Values of properties of Semantic MediaWiki that pages state about themselves.
    property_value_id INTEGER PRIMARY KEY, -- page_id × 1,000,000 + order in the page
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    subobject TEXT NOT NULL, -- part of the page that has the value; empty for the page itself
    property TEXT NOT NULL, -- name of the property without namespace
    value TEXT NOT NULL, -- value as it is written
    target_title TEXT NOT NULL, -- full title that the value would be; empty where it can be none
    target_page_id INTEGER REFERENCES pages (page_id) -- the page that the value names; NULL where there is none
);
CREATE INDEX property_values_page ON property_values (page_id);
CREATE INDEX property_values_rev ON property_values (rev_id);
CREATE INDEX property_values_property ON property_values (property, value);
CREATE INDEX property_values_target_page ON property_values (target_page_id);
CREATE TABLE redirects (
    -- Pages that lead to another page.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- the redirect
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    target_title TEXT NOT NULL, -- full title of the target
    target_namespace_id INTEGER REFERENCES namespaces (namespace_id), -- namespace of the target
    target_fragment TEXT NOT NULL, -- section of the target; empty for its top
    target_page_id INTEGER REFERENCES pages (page_id) -- the target; NULL where there is no such page
);
CREATE INDEX redirects_rev ON redirects (rev_id);
CREATE INDEX redirects_target_namespace ON redirects (target_namespace_id);
CREATE INDEX redirects_target_page ON redirects (target_page_id);
CREATE INDEX redirects_target_title ON redirects (target_title);
CREATE TABLE page_text (
    -- Plain text of each page, for search: page_text_fts is its full-text index.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- page
    rev_id INTEGER REFERENCES revisions (rev_id), -- revision; NULL where the page's rendering does not say
    title TEXT NOT NULL, -- full title
    text TEXT NOT NULL, -- headings and text, a line for each paragraph, entry or cell
    alias TEXT NOT NULL -- other spellings of words that the index does not fold: coeur for cœur and cœur for coeur
);
CREATE INDEX page_text_rev ON page_text (rev_id);
CREATE VIRTUAL TABLE page_text_fts USING fts5 (
    title, text, alias, content="page_text", content_rowid="page_id", tokenize="unicode61 remove_diacritics 2"
);
