#pragma once

#include "schema_first.hpp"

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

/// One a version; none is ever changed.
inline constexpr std::array migrations = {version_1, version_2, version_3, version_4,
                                          version_5, version_6, version_7};

}  // namespace tinwatch::storage
