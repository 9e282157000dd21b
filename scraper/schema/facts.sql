CREATE TABLE site (
    -- The wiki itself, as it described itself.
    site_id INTEGER PRIMARY KEY CHECK (site_id = 1), -- always 1: one archive holds one wiki
    name TEXT NOT NULL, -- the wiki's name
    base_url TEXT NOT NULL, -- address of the main page
    server TEXT NOT NULL, -- scheme and host, without path
    article_path TEXT NOT NULL, -- path of a page, $1 stands for its title
    script_path TEXT NOT NULL, -- path of index.php and api.php
    api_url TEXT, -- address of api.php where the wiki has one
    index_url TEXT, -- address of index.php
    main_page TEXT NOT NULL, -- title of the main page
    language TEXT NOT NULL, -- content language code
    generator TEXT NOT NULL, -- the software and its version
    title_case TEXT NOT NULL, -- first-letter or case-sensitive
    timezone TEXT NOT NULL, -- zone in which the wiki displays times
    license_name TEXT NOT NULL, -- licence of the content, in words
    license_url TEXT NOT NULL, -- address of the licence
    siteinfo TEXT NOT NULL, -- JSON: everything meta=siteinfo said
    via TEXT NOT NULL -- road by which this came: api, export, raw, html, dump
);
CREATE TABLE namespaces (
    -- The wiki's namespaces.
    namespace_id INTEGER PRIMARY KEY, -- MediaWiki's number; odd ones are talk
    name TEXT NOT NULL, -- name in the wiki's language; empty for articles
    canonical TEXT NOT NULL, -- English name
    title_case TEXT NOT NULL, -- first-letter or case-sensitive
    is_content INTEGER NOT NULL, -- 1 where the wiki counts pages as content
    has_subpages INTEGER NOT NULL, -- 1 where a slash makes a subpage
    aliases TEXT NOT NULL -- JSON array of other names
);
CREATE TABLE interwiki (
    -- Prefixes that lead to other wikis.
    prefix TEXT PRIMARY KEY, -- as written before the colon of a link
    url TEXT NOT NULL, -- address, $1 stands for the title
    language TEXT, -- name of the language, for language links
    is_local INTEGER NOT NULL -- 1 where the wiki counts the other as its own
) WITHOUT ROWID;
CREATE TABLE messages (
    -- Interface messages in the wiki's language, with the wiki's own changes.
    key TEXT PRIMARY KEY, -- message name
    text TEXT NOT NULL -- wikitext of the message
) WITHOUT ROWID;
CREATE TABLE users (
    -- Everyone who did something here: accounts, IP addresses, imported names.
    user_id INTEGER PRIMARY KEY, -- the archive's own number
    name TEXT NOT NULL UNIQUE, -- name as the wiki shows it
    wiki_user_id INTEGER, -- the wiki's number; 0 for IP addresses and imported names; NULL when not said
    edit_count INTEGER, -- number of edits the wiki counts
    registered_at TEXT, -- when the account was made (UTC)
    groups TEXT NOT NULL DEFAULT '[]', -- JSON array of groups
    is_blocked INTEGER NOT NULL DEFAULT 0, -- 1 while blocked
    is_account INTEGER NOT NULL DEFAULT 0, -- 1 when the wiki lists an account of this name
    via TEXT -- road by which the account came; NULL when only mentioned
);
CREATE TABLE pages (
    -- Pages of all namespaces, those that the wiki has since deleted included.
    page_id INTEGER PRIMARY KEY, -- the wiki's own number; negative while nobody told it
    namespace_id INTEGER NOT NULL REFERENCES namespaces (namespace_id), -- namespace
    title TEXT NOT NULL, -- full title with prefix, as displayed
    name TEXT NOT NULL, -- title without the namespace's prefix
    latest_rev_id INTEGER, -- current revision; its row is missing only when coverage says so
    size INTEGER, -- bytes of the current text, as the wiki says
    content_model TEXT, -- wikitext, css, javascript, json, Scribunto, ...
    language TEXT, -- page language code
    is_redirect INTEGER NOT NULL DEFAULT 0, -- 1 for redirects
    touched_at TEXT, -- when its rendering last became invalid (UTC)
    protection TEXT NOT NULL DEFAULT '[]', -- JSON: protections as prop=info shows them
    properties TEXT NOT NULL DEFAULT '{}', -- JSON: page properties
    is_listed INTEGER NOT NULL DEFAULT 0, -- 1 once a list of pages named it, 0 when only a revision did
    is_expected INTEGER NOT NULL DEFAULT 1, -- 1 where a wiki or dump that can be asked told of it, 0 where only captured pages do
    gone_at TEXT, -- when the wiki was first seen without it (UTC); NULL while it is there
    via TEXT NOT NULL -- road by which this came
);
CREATE INDEX pages_title ON pages (title);
CREATE INDEX pages_namespace ON pages (namespace_id, name);
CREATE TABLE page_titles (
    -- Titles under which captured pages of the wiki show a page: the one shown with its newest revision is the page's.
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    title TEXT NOT NULL, -- full title with prefix
    namespace_id INTEGER NOT NULL, -- namespace
    name TEXT NOT NULL, -- title without the namespace's prefix
    rev_id INTEGER NOT NULL, -- the newest revision shown under this title; 0 for none
    PRIMARY KEY (page_id, title)
) WITHOUT ROWID;
CREATE INDEX page_titles_title ON page_titles (title);
CREATE TABLE protected_titles (
    -- Titles without page that may not be created.
    title TEXT PRIMARY KEY, -- full title
    namespace_id INTEGER NOT NULL REFERENCES namespaces (namespace_id), -- namespace
    level TEXT NOT NULL, -- who may create it
    expiry TEXT NOT NULL, -- until when, or infinity
    timestamp TEXT, -- since when (UTC)
    user_id INTEGER REFERENCES users (user_id), -- who protected it
    comment TEXT, -- reason given
    via TEXT NOT NULL -- road by which this came
);
CREATE INDEX protected_titles_namespace ON protected_titles (namespace_id);
CREATE INDEX protected_titles_user ON protected_titles (user_id);
CREATE TABLE texts (
    -- Texts of revisions, each kept once, as zstd frames. Read them with revision_text(rev_id) in Datasette, or with `wikicompost revision`.
    text_id INTEGER PRIMARY KEY, -- the archive's own number
    sha1 TEXT NOT NULL UNIQUE, -- SHA-1 of the text in UTF-8, hexadecimal
    size INTEGER NOT NULL, -- bytes of the text
    base_id INTEGER REFERENCES texts (text_id), -- the text that is this frame's prefix; NULL for a key frame
    position INTEGER NOT NULL, -- place after its key frame, which has 0; a base has a lower one
    frame BLOB NOT NULL -- zstd frame; `zstd -d --patch-from=BASE` decodes it
);
CREATE TABLE revisions (
    -- Every version of every page, each part as the best source tells it.
    rev_id INTEGER PRIMARY KEY, -- the wiki's own number
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    parent_id INTEGER, -- the revision it was made from; 0 for a first one; it may have been deleted since
    timestamp TEXT, -- when it was saved (UTC, unless its zone is unknown)
    exactness TEXT, -- how exact the time is: second, minute, zone unknown; NULL without time
    user_id INTEGER REFERENCES users (user_id), -- who saved it; NULL when hidden or not said
    comment TEXT, -- edit summary; NULL when hidden or not said
    is_minor INTEGER, -- 1 for a minor edit; NULL when not said
    size INTEGER, -- bytes
    sha1 TEXT, -- SHA-1 of the text, hexadecimal; NULL when hidden or unknown
    is_sha1_computed INTEGER NOT NULL, -- 1 when the wiki gave none and it was computed here
    content_model TEXT, -- kind of content
    content_format TEXT, -- its serialisation
    text_id INTEGER REFERENCES texts (text_id), -- its text; NULL when hidden or missing
    tags TEXT NOT NULL, -- JSON array of change tags
    hidden TEXT NOT NULL, -- JSON array of parts that the wiki hides: text, user, comment, suppressed
    other_slots TEXT NOT NULL DEFAULT '{}', -- JSON: content of slots other than main
    gone_at TEXT, -- when the wiki was first seen without it (UTC)
    is_expected INTEGER NOT NULL DEFAULT 1, -- 1 where a wiki or dump that can be asked for its text told of it, 0 where only captured pages do
    via TEXT NOT NULL, -- road by which this came
    origins TEXT NOT NULL DEFAULT '{}' -- JSON: of each part that came another way, the road and the place where it was shown
);
CREATE INDEX revisions_page ON revisions (page_id, timestamp);
CREATE INDEX revisions_user ON revisions (user_id);
CREATE INDEX revisions_timestamp ON revisions (timestamp);
CREATE INDEX revisions_text ON revisions (text_id);
CREATE TABLE mentions (
    -- Revisions as single pages, feeds and forms of the wiki show them, and what a second export said otherwise: the evidence that `revisions` is put together from.
    mention_id INTEGER PRIMARY KEY, -- the archive's own number
    rev_id INTEGER NOT NULL, -- revision
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page that was named
    place TEXT NOT NULL, -- where it was shown: history, diff, edit form, old view, feed, ...
    via TEXT NOT NULL, -- road by which this came
    capture_id INTEGER REFERENCES captures (capture_id), -- the answer that showed it; NULL where it is not kept in mind
    parent_id INTEGER, -- the revision before
    timestamp TEXT, -- the time as it was shown
    exactness TEXT, -- how exact it is: second, minute, zone unknown; NULL without time
    utc TEXT, -- the same time in UTC, where the zone was found out by comparing with exact times
    user_id INTEGER REFERENCES users (user_id), -- who
    comment TEXT, -- edit summary
    is_minor INTEGER, -- 1 for a minor edit
    size INTEGER, -- bytes
    sha1 TEXT, -- SHA-1 of the text that was shown; the text is in texts
    content_model TEXT, -- kind of content
    tags TEXT, -- JSON array of change tags
    hidden TEXT NOT NULL, -- JSON array of parts that were hidden
    is_latest INTEGER -- 1 when it was the page's current revision then
);
CREATE INDEX mentions_rev ON mentions (rev_id);
CREATE INDEX mentions_page ON mentions (page_id);
CREATE INDEX mentions_capture ON mentions (capture_id);
CREATE INDEX mentions_user ON mentions (user_id);
CREATE TABLE section_texts (
    -- Sources of single sections of revisions, from their edit forms.
    section_text_id INTEGER PRIMARY KEY, -- the archive's own number
    rev_id INTEGER NOT NULL, -- revision
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    section TEXT NOT NULL, -- number of the section, 0 for the lead
    sha1 TEXT NOT NULL, -- SHA-1 of the text in UTF-8, hexadecimal
    text TEXT NOT NULL, -- its source
    via TEXT NOT NULL, -- road by which this came
    UNIQUE (rev_id, section, sha1)
);
CREATE INDEX section_texts_page ON section_texts (page_id);
CREATE TABLE history_gaps (
    -- Histories of which only a part was captured.
    gap_id INTEGER PRIMARY KEY, -- the archive's own number
    page_id INTEGER NOT NULL REFERENCES pages (page_id), -- page
    capture_id INTEGER REFERENCES captures (capture_id), -- the answer that showed the part
    shown INTEGER NOT NULL, -- revisions shown
    has_older INTEGER NOT NULL, -- 1 where older ones follow
    has_newer INTEGER NOT NULL, -- 1 where newer ones come before
    via TEXT NOT NULL -- road by which this came
);
CREATE INDEX history_gaps_page ON history_gaps (page_id);
CREATE INDEX history_gaps_capture ON history_gaps (capture_id);
CREATE TABLE current_texts (
    -- The source of each page as it stands, uncompressed.
    page_id INTEGER PRIMARY KEY REFERENCES pages (page_id), -- page
    rev_id INTEGER NOT NULL REFERENCES revisions (rev_id), -- its current revision
    text TEXT NOT NULL -- the text
);
CREATE INDEX current_texts_rev ON current_texts (rev_id);
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
    via TEXT NOT NULL -- road by which this came
);
CREATE INDEX renderings_rev ON renderings (rev_id);
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
    via TEXT NOT NULL -- road by which this came
);
CREATE UNIQUE INDEX old_renderings_page ON old_renderings (page_id, rev_id);
CREATE INDEX old_renderings_rev ON old_renderings (rev_id);
CREATE TABLE site_notices (
    -- Boxes that the wiki showed on many of its pages (site notice, "this is an archive"): taken out of the pages, kept here.
    notice_id INTEGER PRIMARY KEY, -- the archive's own number
    html TEXT NOT NULL UNIQUE, -- HTML as shown. Untrusted: sanitise before showing
    text TEXT NOT NULL, -- its words
    pages INTEGER NOT NULL, -- on how many captured pages it stood
    first_seen_at TEXT, -- earliest capture with it (UTC), where that is known
    last_seen_at TEXT, -- latest capture with it (UTC), where that is known
    via TEXT NOT NULL -- road by which this came
);
CREATE TABLE log_events (
    -- The wiki's logs: moves, deletions, uploads, protections, rights, ...
    log_id INTEGER PRIMARY KEY, -- the wiki's own number; negative where the page that shows the line does not tell it
    type TEXT NOT NULL, -- kind of log
    action TEXT NOT NULL, -- what was done
    timestamp TEXT, -- when (UTC, unless its zone is unknown)
    user_id INTEGER REFERENCES users (user_id), -- who; NULL when hidden
    namespace_id INTEGER, -- namespace of the target
    title TEXT, -- the target; NULL when hidden
    page_id INTEGER, -- the target's page id at the time; 0 for none
    comment TEXT, -- reason given; NULL when hidden
    params TEXT NOT NULL, -- JSON: details, as list=logevents gives them
    tags TEXT NOT NULL, -- JSON array of change tags
    hidden TEXT NOT NULL, -- JSON array of parts that the wiki hides: action, user, comment, suppressed
    via TEXT NOT NULL, -- road by which this came
    exactness TEXT -- how exact the time is: second, minute, zone unknown; NULL without time
);
CREATE INDEX log_events_timestamp ON log_events (timestamp);
CREATE INDEX log_events_user ON log_events (user_id);
CREATE INDEX log_events_title ON log_events (title);
CREATE TABLE files (
    -- Files that were uploaded.
    file_id INTEGER PRIMARY KEY, -- the archive's own number
    name TEXT NOT NULL UNIQUE, -- name without namespace
    gone_at TEXT -- when the wiki was first seen without it (UTC)
);
CREATE TABLE file_versions (
    -- Every version of every file.
    version_id INTEGER PRIMARY KEY, -- the archive's own number
    file_id INTEGER NOT NULL REFERENCES files (file_id), -- file
    archive_name TEXT NOT NULL, -- the wiki's name of an old version; empty for the current one
    timestamp TEXT, -- when it was uploaded (UTC, unless its zone is unknown)
    exactness TEXT, -- how exact the time is: second, minute, zone unknown; NULL without time
    user_id INTEGER REFERENCES users (user_id), -- who uploaded it; NULL when hidden
    comment TEXT, -- upload comment; NULL when hidden
    size INTEGER, -- bytes, as the wiki says; counted here where it only rounds
    width INTEGER, -- pixels
    height INTEGER, -- pixels
    mime TEXT, -- media type
    media_type TEXT, -- MediaWiki's class: BITMAP, DRAWING, AUDIO, ...
    bits INTEGER, -- bit depth
    sha1 TEXT, -- SHA-1, hexadecimal, as the wiki says
    url TEXT, -- address it was fetched from
    metadata TEXT NOT NULL, -- JSON: metadata that the wiki read from the file
    hidden TEXT NOT NULL, -- JSON array of parts that the wiki hides
    blob_id INTEGER REFERENCES blobs (blob_id), -- the saved bytes; NULL when not fetched
    gone_at TEXT, -- when the wiki was first seen without it (UTC)
    via TEXT NOT NULL, -- road by which this came
    UNIQUE (file_id, timestamp)
);
CREATE INDEX file_versions_user ON file_versions (user_id);
CREATE INDEX file_versions_blob ON file_versions (blob_id);
CREATE TABLE blobs (
    -- Bytes of files, each kept once in the folder files/ beside the archive.
    blob_id INTEGER PRIMARY KEY, -- the archive's own number
    sha1 TEXT NOT NULL UNIQUE, -- SHA-1 of the bytes as saved, hexadecimal
    size INTEGER NOT NULL, -- bytes
    path TEXT NOT NULL -- path below the archive's folder
);
