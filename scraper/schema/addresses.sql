CREATE TABLE addresses (
    -- Where the site has each title. An address stays with the title that an export gave it to: no later export moves a page, or puts another in its place.
    layout TEXT NOT NULL, -- folder of all pages, empty for the root of the site; "portable" behind it for names that every disk takes
    address TEXT NOT NULL, -- folder below the root of the site; the page is index.html in it
    title TEXT NOT NULL, -- full title with prefix
    page_id INTEGER REFERENCES pages (page_id), -- page that last stood there; NULL for lists, and for categories and files without page
    is_own INTEGER NOT NULL, -- 1 for the address of the title, 0 for that of one more page of this title, which the wiki deleted
    PRIMARY KEY (layout, address)
) WITHOUT ROWID;
CREATE INDEX addresses_title ON addresses (title);
CREATE INDEX addresses_page ON addresses (page_id);
