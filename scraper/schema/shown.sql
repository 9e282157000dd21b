CREATE TEMP TABLE kept_renderings AS SELECT * FROM main.renderings;
DROP TABLE main.renderings;
CREATE TABLE renderings (
    -- The wiki's own HTML of pages, without the skin. Untrusted: sanitise before showing.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- page
    rev_id INTEGER, -- the revision it shows; NULL where the page does not say
    html TEXT NOT NULL, -- HTML as received, without the parser's report
    display_title TEXT, -- title as HTML, where the page changes it
    categories TEXT NOT NULL, -- JSON array of categories as action=parse gives them
    sections TEXT NOT NULL, -- JSON array of sections as action=parse gives them
    language_links TEXT NOT NULL, -- JSON array of links to other languages
    touched_at TEXT, -- the page's touched_at when it was rendered
    taken_at TEXT, -- when the wiki showed it (UTC), where that is known
    via TEXT NOT NULL, -- road by which this came
    is_old INTEGER NOT NULL DEFAULT 0, -- 1 for a view of an old version, with nothing newer captured
    modified_at TEXT -- when what it shows was saved, as displayed; only where the page does not tell the revision
);
INSERT INTO renderings SELECT *, 0, NULL FROM kept_renderings;
DROP TABLE kept_renderings;
CREATE INDEX renderings_rev ON renderings (rev_id);
CREATE TEMP TABLE kept_renderings AS SELECT * FROM main.old_renderings;
DROP TABLE main.old_renderings;
CREATE TABLE old_renderings (
    -- The wiki's own HTML of pages as they were: old revisions, earlier captures. Untrusted: sanitise before showing.
    rendering_id INTEGER PRIMARY KEY, -- the archive's own number
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    rev_id INTEGER, -- the revision it shows, each once; NULL where the page does not say
    html TEXT NOT NULL, -- HTML without the skin
    display_title TEXT, -- title as HTML, where the page changes it
    categories TEXT NOT NULL, -- JSON array of categories as action=parse gives them
    sections TEXT NOT NULL, -- JSON array of sections as action=parse gives them
    language_links TEXT NOT NULL, -- JSON array of links to other languages
    taken_at TEXT, -- when the wiki showed it (UTC), where that is known
    via TEXT NOT NULL, -- road by which this came
    is_old INTEGER NOT NULL DEFAULT 0, -- 1 for a view of an old version, 0 for one of the page as it stood
    modified_at TEXT -- when what it shows was saved, as displayed; only where the page does not tell the revision
);
INSERT INTO old_renderings SELECT *, 0, NULL FROM kept_renderings;
DROP TABLE kept_renderings;
CREATE UNIQUE INDEX old_renderings_page ON old_renderings (page_id, rev_id);
CREATE INDEX old_renderings_rev ON old_renderings (rev_id);
