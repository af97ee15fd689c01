#pragma once

/// The schema that the steps of schema_steps.hpp begin with.
namespace tinwatch::storage {

/// Times are milliseconds since 1970, UTC. Row numbers stay inside the store; `id` is a UUIDv7,
/// given once and for life.
inline constexpr auto version_1 = R"sql(
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE sources (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    active INTEGER NOT NULL,               -- 0: taken out of the configuration; its articles stay
    last_success_at INTEGER,
    last_new_article_at INTEGER,
    chain_head TEXT NOT NULL DEFAULT ''    -- hash of the newest revision
  ) STRICT;

  CREATE TABLE captures (
    row INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,                 -- one "name: value" a line
    sha256 TEXT NOT NULL,                  -- of the body before compression
    body BLOB NOT NULL                     -- zstd
  ) STRICT;
  CREATE INDEX captures_by_age ON captures (fetched_at);

  CREATE TABLE articles (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES sources,
    identifier TEXT,                       -- the site's own id; NULL: known by its address only
    canonical_url TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('live', 'missing', 'removed', 'moved', 'erased')),
    discovery TEXT NOT NULL CHECK (discovery IN ('live', 'baseline', 'backfill')),
    first_seen_at INTEGER NOT NULL,
    last_checked_at INTEGER NOT NULL,
    last_shown_at INTEGER NOT NULL,        -- the last check that showed it
    last_changed_at INTEGER NOT NULL,
    removed_at INTEGER,
    absence_checks INTEGER NOT NULL DEFAULT 0,
    absent_since INTEGER,
    published_at INTEGER,                  -- as printed; for lists in that order
    headline TEXT NOT NULL,
    head_revision INTEGER NOT NULL,        -- number of the newest revision
    -- The state that the next page is compared with: the head revision's record, or what a newer
    -- extractor makes of the same bytes.
    record TEXT NOT NULL,
    extractor TEXT NOT NULL,
    profile_hash TEXT NOT NULL,
    last_capture INTEGER REFERENCES captures ON DELETE SET NULL,
    event_sequence INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, identifier)
  ) STRICT;
  CREATE INDEX articles_by_published ON articles (published_at, row);
  CREATE INDEX articles_by_seen ON articles (first_seen_at, row);
  CREATE INDEX articles_by_changed ON articles (last_changed_at, row);
  CREATE INDEX articles_by_capture ON articles (last_capture);
  CREATE UNIQUE INDEX articles_without_identifier ON articles (source, canonical_url)
    WHERE identifier IS NULL;

  CREATE TABLE article_urls (
    source INTEGER NOT NULL REFERENCES sources,
    url TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    last_ok_at INTEGER NOT NULL,           -- when this address last showed the article
    PRIMARY KEY (source, url)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_urls_by_article ON article_urls (article);

  CREATE TABLE revisions (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    number INTEGER NOT NULL,
    observed_at INTEGER NOT NULL,
    not_before INTEGER,                    -- the last check that still showed the previous text
    extractor TEXT NOT NULL,
    profile_hash TEXT NOT NULL,
    record TEXT NOT NULL,
    editorial_hash TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,
    capture INTEGER REFERENCES captures ON DELETE SET NULL,
    change TEXT NOT NULL,                  -- JSON: fields, class, significance; {} for the first
    previous_hash TEXT NOT NULL,           -- of the source's revision before this one
    hash TEXT NOT NULL,
    UNIQUE (article, number)
  ) STRICT;
  CREATE INDEX revisions_by_capture ON revisions (capture);

  CREATE TABLE readings (
    article INTEGER NOT NULL REFERENCES articles,
    name TEXT NOT NULL,                    -- viewCount, dateModified
    at INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (article, name, at)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, -- the total order
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES sources,
    article INTEGER REFERENCES articles,
    at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,             -- rising per article
    discovery TEXT NOT NULL,
    data TEXT NOT NULL                     -- JSON
  ) STRICT;
  CREATE INDEX events_by_time ON events (at);
  CREATE INDEX events_by_article ON events (article, seq);

  CREATE TABLE hits (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    watch TEXT NOT NULL,
    team TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('file', 'api')),
    article INTEGER NOT NULL REFERENCES articles,
    revision INTEGER NOT NULL,
    transition TEXT NOT NULL CHECK (transition IN ('appeared', 'disappeared', 'changed')),
    event INTEGER NOT NULL REFERENCES events,
    UNIQUE (watch, article, revision, transition)
  ) STRICT;

  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, -- first tries start in this order per receiver
    id TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    team TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    delivered_at INTEGER,
    last_error TEXT NOT NULL DEFAULT '',
    UNIQUE (receiver, event)
  ) STRICT;
  CREATE INDEX deliveries_pending ON deliveries (receiver, seq) WHERE state = 'pending';
  CREATE INDEX deliveries_dead ON deliveries (receiver) WHERE state = 'dead';

  CREATE TABLE receivers (
    name TEXT PRIMARY KEY,
    failures INTEGER NOT NULL DEFAULT 0,
    paused_until INTEGER,
    disabled INTEGER NOT NULL DEFAULT 0    -- it answered 410 Gone
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    next_allowed INTEGER NOT NULL,
    blocked_until INTEGER,
    failures INTEGER NOT NULL,
    last_failure INTEGER,
    robots TEXT NOT NULL,
    robots_status INTEGER NOT NULL,
    robots_fetched INTEGER,
    robots_failures INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE frontier (
    row INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    url TEXT NOT NULL,
    is_start INTEGER NOT NULL DEFAULT 0,   -- named by the configuration
    host TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'feed', 'sitemap', 'article')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'retired')),
    discovery TEXT NOT NULL CHECK (discovery IN ('live', 'baseline', 'backfill')),
    priority INTEGER NOT NULL,             -- 0 new articles, 1 all others: whoever waits longest
    found_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    last_visit_at INTEGER,
    last_success_at INTEGER,
    wait INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,   -- in a row
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    body_sha256 TEXT NOT NULL DEFAULT '',
    parse_attempts INTEGER NOT NULL DEFAULT 0,  -- parses during which the daemon ended
    UNIQUE (source, url)
  ) STRICT;
  CREATE INDEX frontier_due ON frontier (priority, due_at) WHERE state = 'waiting';
  CREATE INDEX frontier_by_due ON frontier (due_at) WHERE state = 'waiting';
)sql";

}  // namespace tinwatch::storage
