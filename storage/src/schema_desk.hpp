#pragma once

/// What people do with Tinwatch: search, tokens, watches of their own, verdicts on hits.
namespace tinwatch::storage {

inline constexpr auto version_14 = R"sql(
  -- The words of every revision, folded and divided by us (storage/text_index.hpp); rowid: the revision's row.
  -- How far it reaches is the counter `text_index`.
  CREATE VIRTUAL TABLE text_index USING fts5 (
    headline, alternative_headline, description, body, captions, author, article_section, keywords,
    content = '', columnsize = 0, tokenize = 'ascii tokenchars ''.,''');
  INSERT INTO counters (name, value) VALUES ('text_index', 0);

  -- Who may ask what over the network. The token itself is shown once and kept nowhere.
  CREATE TABLE tokens (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,               -- UUIDv7
    name TEXT NOT NULL,                    -- whose it is or what for, for people
    sha256 TEXT NOT NULL UNIQUE,           -- of the token
    scopes TEXT NOT NULL,                  -- words with a comma between: read, watch, metrics, admin, feed
    created_at INTEGER NOT NULL,
    expires_at INTEGER,                    -- NULL: never
    used_at INTEGER,                       -- about when it was used last
    revoked_at INTEGER                     -- NULL: it holds
  ) STRICT;
  -- A browser that logged in with a token.
  CREATE TABLE sessions (
    row INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,           -- of the cookie
    token INTEGER NOT NULL REFERENCES tokens ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;

  -- Who changed what here, newest last.
  CREATE TABLE audit (
    row INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,                     -- a token's name, or the name that a proxy gave; empty: of this machine, without one
    action TEXT NOT NULL,                  -- such as `watch.changed`
    subject TEXT NOT NULL,                 -- what was changed: a name or an id
    detail TEXT NOT NULL                   -- for people
  ) STRICT;

  -- Watches that were made here; those of the configuration are not.
  CREATE TABLE watches (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,              -- JSON, with the keys of the configuration
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    who TEXT NOT NULL
  ) STRICT;
  -- Of any watch: its receivers are told nothing until then.
  CREATE TABLE snoozes (
    watch TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    who TEXT NOT NULL
  ) STRICT;
  -- What somebody made of a hit.
  ALTER TABLE hits ADD COLUMN verdict TEXT NOT NULL DEFAULT 'new'
    CHECK (verdict IN ('new', 'relevant', 'irrelevant', 'done'));
  ALTER TABLE hits ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE hits ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
  ALTER TABLE hits ADD COLUMN judged_by TEXT NOT NULL DEFAULT '';
  ALTER TABLE hits ADD COLUMN judged_at INTEGER;  -- NULL: nobody did
  CREATE INDEX hits_by_watch ON hits (watch, row);
  CREATE INDEX hits_by_verdict ON hits (verdict, row);
  CREATE INDEX hits_by_watch_and_verdict ON hits (watch, verdict, row);

  -- A source's articles and edits a day (storage/rhythm.hpp), counted by the index alone.
  CREATE INDEX articles_of_source ON articles (source, first_seen_at, discovery, published_at);
  CREATE INDEX events_of_edits ON events (source, at, type) WHERE type = 'tinwatch.article.revised';
)sql";

}  // namespace tinwatch::storage
