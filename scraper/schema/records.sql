CREATE TABLE parsed_pages (
    -- What the records of a page were made from; a page is parsed again only when this changes.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- page
    rev_id INTEGER NOT NULL REFERENCES revisions (rev_id), -- revision that was read
    door TEXT NOT NULL, -- rendered (the wiki's HTML) or wikitext
    fingerprint TEXT NOT NULL -- hash of source, rendering and extractor version
);
CREATE INDEX parsed_pages_rev ON parsed_pages (rev_id);
CREATE TABLE sections (
    -- Sections of current pages; section 0 is what stands before the first heading.
    section_id INTEGER PRIMARY KEY, -- the archive's own number
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER NOT NULL REFERENCES revisions (rev_id), -- revision
    position INTEGER NOT NULL, -- order in the page, 0 for the lead
    parent_id INTEGER REFERENCES sections (section_id), -- the section that holds it
    level INTEGER NOT NULL, -- heading level 1 to 6; 0 for the lead
    title TEXT NOT NULL, -- heading as text
    anchor TEXT NOT NULL, -- fragment of its address
    text TEXT NOT NULL -- its own text, without its subsections
);
CREATE INDEX sections_page ON sections (page_id, position);
CREATE INDEX sections_rev ON sections (rev_id);
CREATE INDEX sections_parent ON sections (parent_id);
