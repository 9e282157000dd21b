CREATE TABLE harvests (
    -- Each time somebody fetched from the wiki or read a dump.
    harvest_id INTEGER PRIMARY KEY, -- the archive's own number
    source TEXT NOT NULL, -- what was asked for: address or file
    kind TEXT NOT NULL, -- kind of source: api, dump, copy, captures
    options TEXT NOT NULL, -- JSON: the options given, without secrets
    tool_version TEXT NOT NULL, -- version of wikicompost
    started_at TEXT NOT NULL, -- when (UTC)
    ended_at TEXT, -- when (UTC); NULL while running or after a kill
    outcome TEXT NOT NULL, -- running, complete, short, or refused as of another wiki
    requests INTEGER NOT NULL DEFAULT 0, -- requests answered
    bytes INTEGER NOT NULL DEFAULT 0 -- bytes received
);
CREATE TABLE frontier (
    -- Lists that are being walked: how far each is, so that a killed harvest goes on where it was.
    task_id INTEGER PRIMARY KEY, -- the archive's own number
    kind TEXT NOT NULL, -- the question: allpages, allrevisions, logevents, ...
    params TEXT NOT NULL, -- JSON: what it is asked with
    cursor TEXT, -- JSON: where to go on; NULL at the beginning
    state TEXT NOT NULL, -- todo, done, failed
    attempts INTEGER NOT NULL DEFAULT 0, -- failures in a row
    harvest_id INTEGER NOT NULL REFERENCES harvests (harvest_id), -- the harvest that asked
    UNIQUE (harvest_id, kind, params)
);
CREATE TABLE captures (
    -- Every answer that facts were read from.
    capture_id INTEGER PRIMARY KEY, -- the archive's own number
    harvest_id INTEGER NOT NULL REFERENCES harvests (harvest_id), -- harvest
    url TEXT NOT NULL, -- what was asked, without secrets
    status INTEGER NOT NULL, -- HTTP status; 0 for a file
    taken_at TEXT NOT NULL, -- when (UTC)
    size INTEGER NOT NULL, -- bytes
    sha1 TEXT NOT NULL, -- SHA-1 of the body, hexadecimal
    via TEXT NOT NULL -- road
);
CREATE INDEX captures_harvest ON captures (harvest_id);
CREATE TABLE cursors (
    -- Up to where the wiki is known: a refresh begins here.
    name TEXT PRIMARY KEY, -- timestamp, revision, log_event, ...
    value TEXT NOT NULL -- JSON
) WITHOUT ROWID;
CREATE TABLE coverage (
    -- What the wiki said it has, and what this archive holds.
    coverage_id INTEGER PRIMARY KEY, -- the archive's own number
    kind TEXT NOT NULL, -- pages, revisions, texts, log events, files, file versions, renderings, users
    namespace_id INTEGER REFERENCES namespaces (namespace_id), -- namespace; NULL for the whole wiki
    expected INTEGER, -- how many the wiki has; NULL when it does not say
    held INTEGER NOT NULL, -- how many are here
    hidden INTEGER NOT NULL, -- how many the wiki hides; they count as expected, not as held
    is_binding INTEGER NOT NULL, -- 1 where a difference makes the archive short, 0 where the number is a mere hint
    origin TEXT NOT NULL, -- how the expected number is known
    counted_at TEXT NOT NULL, -- when (UTC)
    UNIQUE (kind, namespace_id)
);
CREATE INDEX coverage_namespace ON coverage (namespace_id);
CREATE TABLE roads (
    -- How many facts each harvest was told by which road.
    harvest_id INTEGER NOT NULL, -- harvest; 0 outside of any
    kind TEXT NOT NULL, -- kind of fact: revision, text, page, rendering, file version, log event, ...
    via TEXT NOT NULL, -- road: api, export, raw, html, dump
    place TEXT NOT NULL, -- where pages of the wiki showed them: history, diff, ...; empty for whole answers
    facts INTEGER NOT NULL, -- facts told, the same one each time that it was told
    PRIMARY KEY (harvest_id, kind, via, place)
) WITHOUT ROWID;
CREATE TABLE problems (
    -- What was expected and did not come, or came damaged.
    problem_id INTEGER PRIMARY KEY, -- the archive's own number
    code TEXT NOT NULL, -- kind of problem
    severity TEXT NOT NULL, -- short: the archive lacks something; note: a defect of the wiki itself
    subject TEXT NOT NULL, -- what it is about
    detail TEXT NOT NULL, -- what happened
    advice TEXT NOT NULL, -- what to do
    page_id INTEGER, -- page, where there is one
    rev_id INTEGER, -- revision, where there is one
    stage TEXT NOT NULL, -- harvest, parse, export or verify: running it again renews its problems
    seen_at TEXT NOT NULL, -- when first seen (UTC)
    UNIQUE (code, subject)
);
CREATE INDEX problems_page ON problems (page_id);
CREATE INDEX problems_rev ON problems (rev_id);

CREATE TABLE sightings (
    -- What the lists of the running harvest named: what is here and was not named is gone from the wiki.
    harvest_id INTEGER NOT NULL REFERENCES harvests (harvest_id), -- harvest
    kind TEXT NOT NULL, -- page, file version, message, protected title, revision
    key ANY NOT NULL, -- page or revision id, message key, title, or file name|timestamp
    PRIMARY KEY (harvest_id, kind, key)
) WITHOUT ROWID;

CREATE TABLE absent_revisions (
    -- Revisions that a page or another revision named and the wiki did not have when asked: deleted ones.
    rev_id INTEGER PRIMARY KEY, -- the wiki's own number
    seen_at TEXT NOT NULL -- when the wiki was asked (UTC)
);
