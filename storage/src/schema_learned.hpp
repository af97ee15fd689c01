#pragma once

/// The steps of the schema from version 10 on: what visits teach.
namespace tinwatch::storage {

/// What visits teach of a source's pages.
inline constexpr auto version_10 = R"sql(
  -- What fetched pages turned out to be, by the form of their addresses.
  CREATE TABLE templates (
    source INTEGER NOT NULL REFERENCES sources,
    template TEXT NOT NULL,                -- parsers::address_template
    host TEXT NOT NULL,
    articles INTEGER NOT NULL,             -- votes in thousandths, those of long ago for less
    others INTEGER NOT NULL,               -- the same of pages that are no articles
    voted_at INTEGER NOT NULL,             -- the last time
    PRIMARY KEY (source, template)
  ) STRICT, WITHOUT ROWID;

  -- A feed or a news sitemap named it: an article, whatever it looks like.
  ALTER TABLE frontier ADD COLUMN is_sure INTEGER NOT NULL DEFAULT 0;

  -- Text that moves by itself on the pages of one template (monitor/noise.hpp).
  CREATE TABLE noise (
    source INTEGER NOT NULL REFERENCES sources,
    template TEXT NOT NULL,
    form TEXT NOT NULL,
    moves INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    learned_at INTEGER NOT NULL,
    met_at INTEGER NOT NULL,               -- the last time, to a day
    PRIMARY KEY (source, template, form)
  ) STRICT, WITHOUT ROWID;
  -- What may be such.
  CREATE TABLE suspects (
    source INTEGER NOT NULL REFERENCES sources,
    template TEXT NOT NULL,
    form TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    value TEXT NOT NULL,                   -- what it said at the last look, as a hash
    value_before TEXT NOT NULL,            -- the same of the look before that found another one
    moves INTEGER NOT NULL,
    fresh INTEGER NOT NULL,                -- moves to a value that is neither of the two before
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (source, template, form, article)
  ) STRICT, WITHOUT ROWID;

  -- The pages behind the first of an article that is set over several, kept as `captures` keeps that.
  CREATE TABLE further_captures (
    capture INTEGER NOT NULL REFERENCES captures ON DELETE CASCADE,
    number INTEGER NOT NULL,               -- of the page: 2 and more
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    request BLOB NOT NULL,
    head BLOB NOT NULL,
    address TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL,
    coding TEXT NOT NULL,
    PRIMARY KEY (capture, number)
  ) STRICT;
  -- Their addresses: what stands there is no article of its own.
  CREATE TABLE article_pages (
    source INTEGER NOT NULL REFERENCES sources,
    url TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    PRIMARY KEY (source, url)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_pages_by_article ON article_pages (article);
)sql";

/// A hit is told again when its article comes back and is taken down again: of one event each.
inline constexpr auto version_11 = R"sql(
  CREATE TABLE hits_11 (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    watch TEXT NOT NULL,
    team TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('file', 'api')),
    article INTEGER NOT NULL REFERENCES articles,
    revision INTEGER NOT NULL,
    transition TEXT NOT NULL CHECK (transition IN ('appeared', 'disappeared', 'changed')),
    event INTEGER NOT NULL REFERENCES events,
    UNIQUE (watch, article, event)
  ) STRICT;
  INSERT INTO hits_11 (row, id, watch, team, origin, article, revision, transition, event)
    SELECT row, id, watch, team, origin, article, revision, transition, event FROM hits;
  DROP TABLE hits;
  ALTER TABLE hits_11 RENAME TO hits;
)sql";

/// What comes and goes, what a paywall hides, what a list named first, and what a site's state is.
inline constexpr auto version_12 = R"sql(
  ALTER TABLE articles ADD COLUMN held_went TEXT NOT NULL DEFAULT '';  -- the state that went away last
  ALTER TABLE articles ADD COLUMN held_went_at INTEGER;
  ALTER TABLE articles ADD COLUMN alternates TEXT NOT NULL DEFAULT '';  -- monitor/alternates.hpp
  ALTER TABLE articles ADD COLUMN paywalled INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE articles ADD COLUMN back_since INTEGER;  -- it shows again, which is not believed yet
  ALTER TABLE articles ADD COLUMN flickers INTEGER NOT NULL DEFAULT 0;  -- times it was not there and then was
  ALTER TABLE articles ADD COLUMN flickered_at INTEGER;

  -- Whether a list has ever named an article; of an address, its list's last good read before it was named.
  ALTER TABLE frontier ADD COLUMN has_named INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE frontier ADD COLUMN list_read_at INTEGER;
  UPDATE frontier SET has_named = 1 WHERE kind <> 'article'
    AND EXISTS (SELECT 1 FROM checks c WHERE c.frontier = frontier.row AND c.succeeded_at IS NOT NULL);

  ALTER TABLE hosts ADD COLUMN wants_quiet INTEGER NOT NULL DEFAULT 0;  -- blocked_until is its own wish

  -- Why a source is unreachable, while unreachable_since is set; parameters of its addresses that carry nothing.
  ALTER TABLE sources ADD COLUMN unreachable_reason TEXT NOT NULL DEFAULT '';
  ALTER TABLE sources ADD COLUMN empty_parameters TEXT NOT NULL DEFAULT '';  -- names, a blank between
)sql";

}  // namespace tinwatch::storage
