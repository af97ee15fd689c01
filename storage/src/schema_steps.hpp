#pragma once

#include "schema_desk.hpp"
#include "schema_first.hpp"
#include "schema_learned.hpp"
#include "schema_outbox.hpp"

#include <array>

/// The steps from an empty database to today's schema.
namespace tinwatch::storage {

/// Queues by host, what spares a parse, what is held back, and what `explain` tells.
inline constexpr auto version_2 = R"sql(
  DROP INDEX frontier_due;
  DROP INDEX frontier_by_due;
  ALTER TABLE frontier DROP COLUMN wait;
  -- Polls in a row that did not read the page whole.
  ALTER TABLE frontier ADD COLUMN shortcuts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE frontier ADD COLUMN found_on TEXT NOT NULL DEFAULT '';   -- the page that named it first
  ALTER TABLE frontier ADD COLUMN due_reason TEXT NOT NULL DEFAULT '';
  CREATE INDEX frontier_queue ON frontier (host, priority, due_at) WHERE state = 'waiting';

  ALTER TABLE hosts ADD COLUMN validators_lied_at INTEGER;  -- "not modified" was not true

  -- A page without the places that change at every fetch (monitor/page_region.hpp).
  CREATE TABLE regions (
    article INTEGER PRIMARY KEY REFERENCES articles,
    region BLOB NOT NULL,
    misses INTEGER NOT NULL                -- pages it did not fit although the text was the same
  ) STRICT;

  -- What a page's visits brought, newest last; visits alike in a row are one.
  CREATE TABLE visits (
    frontier INTEGER NOT NULL REFERENCES frontier,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (frontier, first_at)
  ) STRICT, WITHOUT ROWID;

  -- A state that was seen and not believed yet (monitor/doubt.hpp).
  ALTER TABLE articles ADD COLUMN held_hash TEXT NOT NULL DEFAULT '';
  ALTER TABLE articles ADD COLUMN held_since INTEGER;
  ALTER TABLE articles ADD COLUMN held_looks INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE articles ADD COLUMN held_dropped INTEGER NOT NULL DEFAULT 0;  -- such states that went away again
  CREATE INDEX revisions_by_state ON revisions (article, editorial_hash);
)sql";

/// What is wrong with a source.
inline constexpr auto version_3 = R"sql(
  ALTER TABLE sources ADD COLUMN silent_since INTEGER;
  ALTER TABLE sources ADD COLUMN drifted_since INTEGER;
  ALTER TABLE sources ADD COLUMN drifted_fields TEXT NOT NULL DEFAULT '';  -- names, a comma between
  ALTER TABLE sources ADD COLUMN unreachable_since INTEGER;
)sql";

/// Copies of one text at several sources.
inline constexpr auto version_4 = R"sql(
  ALTER TABLE articles ADD COLUMN story INTEGER;  -- row of the member that was known first; NULL: no copies
  CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
  CREATE TABLE signatures (
    article INTEGER PRIMARY KEY REFERENCES articles,
    signature BLOB NOT NULL                -- monitor/near_duplicate.hpp
  ) STRICT;
  CREATE TABLE signature_bands (
    band INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    PRIMARY KEY (band, article)
  ) STRICT, WITHOUT ROWID;
)sql";

/// An article's row is written at every poll: the long text in it goes. It is kept only where it is
/// not the head revision's own.
inline constexpr auto version_5 = R"sql(
  -- What the next page is compared with, where that is not the head revision's record: what a
  -- newer extractor made of the same bytes, or a later look without an edit.
  CREATE TABLE restatements (
    article INTEGER PRIMARY KEY REFERENCES articles,
    record TEXT NOT NULL
  ) STRICT;
  INSERT INTO restatements SELECT a.row, a.record
    FROM articles a JOIN revisions r ON r.article = a.row AND r.number = a.head_revision
    WHERE r.record <> a.record;
  ALTER TABLE articles DROP COLUMN record;
  DELETE FROM regions;  -- their hash is another; they are learnt anew
)sql";

/// A response is kept as it was sent: whoever sent it has compressed it already. Lists are read on
/// where news may have gone by.
inline constexpr auto version_6 = R"sql(
  -- The Content-Encoding that body, out of its zstd, is still in; empty: none.
  ALTER TABLE captures ADD COLUMN coding TEXT NOT NULL DEFAULT '';

  -- 1 and more: so many pages behind a list's first; read once, to fill a gap. 0: polled.
  ALTER TABLE frontier ADD COLUMN further_page INTEGER NOT NULL DEFAULT 0;
)sql";

/// A host's row is written at every request: its robots.txt goes out of it. It is asked for again
/// once, and from then on kept compressed.
inline constexpr auto version_7 = R"sql(
  ALTER TABLE hosts DROP COLUMN robots;
  ALTER TABLE hosts DROP COLUMN robots_status;
  ALTER TABLE hosts DROP COLUMN robots_fetched;
  ALTER TABLE hosts DROP COLUMN robots_failures;
  CREATE TABLE robots (
    row INTEGER PRIMARY KEY,
    host TEXT NOT NULL UNIQUE,
    status INTEGER NOT NULL,               -- 0: unreachable
    fetched_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,             -- in a row
    body BLOB                              -- zstd; NULL: too long to be kept
  ) STRICT;
)sql";

/// A visit that finds nothing writes one narrow row instead of four. Events are numbered by a
/// counter. Bytes from the wire are kept as bytes.
inline constexpr auto version_8 = R"sql(
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO counters (name, value) SELECT 'events', coalesce(max(seq), 0) FROM events;

  -- How a URL's visits end and when the next one is.
  CREATE TABLE checks (
    frontier INTEGER PRIMARY KEY REFERENCES frontier,
    host TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'retired')),
    priority INTEGER NOT NULL,             -- storage::Priority
    due_at INTEGER NOT NULL,
    due_reason TEXT NOT NULL DEFAULT '',   -- for people
    checked_at INTEGER,                    -- the last visit
    succeeded_at INTEGER,                  -- the last one that saw the page
    shown_at INTEGER,                      -- the last one at which it showed its article, at this very address
    failures INTEGER NOT NULL DEFAULT 0,   -- in a row
    shortcuts INTEGER NOT NULL DEFAULT 0,  -- polls in a row that did not read the page whole
    -- The last visits, as many as ended alike; those before are in `visits`.
    run_since INTEGER,
    run_length INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT ''        -- for people
  ) STRICT;
  INSERT INTO checks (frontier, host, state, priority, due_at, due_reason, checked_at, succeeded_at, failures,
      shortcuts, run_since, run_length, outcome, detail)
    SELECT f.row, f.host, f.state, f.priority, f.due_at, f.due_reason, f.last_visit_at, f.last_success_at,
      f.failures, f.shortcuts, v.first_at, coalesce(v.times, 0), coalesce(v.outcome, ''), coalesce(v.detail, '')
    FROM frontier f LEFT JOIN visits v ON v.frontier = f.row
      AND v.first_at = (SELECT max(w.first_at) FROM visits w WHERE w.frontier = f.row);
  CREATE INDEX checks_queue ON checks (host, priority, due_at) WHERE state = 'waiting';
  DELETE FROM visits WHERE first_at = (SELECT max(w.first_at) FROM visits w WHERE w.frontier = visits.frontier);

  CREATE TABLE frontier_8 (
    row INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    url TEXT NOT NULL,
    is_start INTEGER NOT NULL DEFAULT 0,   -- named by the configuration
    host TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'feed', 'sitemap', 'article')),
    discovery TEXT NOT NULL CHECK (discovery IN ('live', 'baseline', 'backfill')),
    found_at INTEGER NOT NULL,
    found_on TEXT NOT NULL DEFAULT '',     -- the page that named it first
    further_page INTEGER NOT NULL DEFAULT 0,
    -- What the next answer is told by, as it came over the wire.
    etag BLOB NOT NULL DEFAULT x'',
    last_modified BLOB NOT NULL DEFAULT x'',
    body_sha256 TEXT NOT NULL DEFAULT '',
    parse_attempts INTEGER NOT NULL DEFAULT 0,  -- parses during which the daemon ended
    UNIQUE (source, url)
  ) STRICT;
  INSERT INTO frontier_8 (row, source, url, is_start, host, kind, discovery, found_at, found_on, further_page, etag,
      last_modified, body_sha256, parse_attempts)
    SELECT row, source, url, is_start, host, kind, discovery, found_at, found_on, further_page,
      CAST(etag AS BLOB), CAST(last_modified AS BLOB), body_sha256, parse_attempts
    FROM frontier;
  DROP TABLE frontier;
  ALTER TABLE frontier_8 RENAME TO frontier;
  CREATE INDEX frontier_lists ON frontier (source) WHERE kind <> 'article';

  -- The lists' checks tell it.
  ALTER TABLE sources DROP COLUMN last_success_at;

  -- As they came over the wire and went out; `headers` is of captures from before.
  ALTER TABLE captures ADD COLUMN request BLOB NOT NULL DEFAULT x'';
  ALTER TABLE captures ADD COLUMN head BLOB NOT NULL DEFAULT x'';
  ALTER TABLE captures ADD COLUMN address TEXT NOT NULL DEFAULT '';  -- that answered

  -- A receiver is told in the order of events.
  DROP INDEX deliveries_pending;
  CREATE INDEX deliveries_pending ON deliveries (receiver, event) WHERE state = 'pending';
)sql";

/// Why a source is silent.
inline constexpr auto version_9 = R"sql(
  ALTER TABLE sources ADD COLUMN silent_reason TEXT NOT NULL DEFAULT '';  -- while silent_since is set
)sql";

/// One a version; none is ever changed.
inline constexpr std::array migrations = {version_1,  version_2,  version_3,  version_4, version_5,
                                          version_6,  version_7,  version_8,  version_9, version_10,
                                          version_11, version_12, version_13, version_14};

}  // namespace tinwatch::storage
