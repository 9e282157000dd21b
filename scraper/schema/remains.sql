CREATE TABLE IF NOT EXISTS loose_texts (
    -- Sources of pages, captured without anything that says of which revision they are.
    loose_text_id INTEGER PRIMARY KEY, -- the archive's own number
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    sha1 TEXT NOT NULL, -- SHA-1 of the text in UTF-8, hexadecimal
    text TEXT NOT NULL, -- its source
    via TEXT NOT NULL, -- road by which this came
    UNIQUE (page_id, sha1)
);
CREATE TABLE IF NOT EXISTS thumbnails (
    -- Smaller pictures made by the wiki, captured of files whose own bytes were not.
    thumbnail_id INTEGER PRIMARY KEY, -- the archive's own number
    file_id INTEGER NOT NULL REFERENCES files (file_id), -- file
    width INTEGER, -- pixels, as its address says; NULL where it does not say
    url TEXT NOT NULL, -- address it was captured from
    captured_at TEXT NOT NULL, -- when it was captured, as far as that is known
    blob_id INTEGER NOT NULL REFERENCES blobs (blob_id), -- the saved bytes
    UNIQUE (file_id, url)
);
CREATE INDEX IF NOT EXISTS thumbnails_blob ON thumbnails (blob_id);
