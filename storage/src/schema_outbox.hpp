#pragma once

/// The steps of the schema from version 13 on: what is told, and how.
namespace tinwatch::storage {

/// Messages: what people are told is written once, and sent as often as it takes.
inline constexpr auto version_13 = R"sql(
  -- An event may be of the daemon itself: its receivers, its store.
  CREATE TABLE events_13 (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source INTEGER REFERENCES sources,
    article INTEGER REFERENCES articles,
    at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    discovery TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  INSERT INTO events_13 (seq, id, type, source, article, at, sequence, discovery, data)
    SELECT seq, id, type, source, article, at, sequence, discovery, data FROM events;
  DROP TABLE events;
  ALTER TABLE events_13 RENAME TO events;
  CREATE INDEX events_by_time ON events (at);
  CREATE INDEX events_by_article ON events (article, seq);

  CREATE TABLE deliveries_13 (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    team TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events,
    revision INTEGER NOT NULL DEFAULT 0,   -- of the article, that the event is of; 0: of none
    watch TEXT NOT NULL DEFAULT '',        -- name of the watch that hit; empty: none did
    severity TEXT NOT NULL CHECK (severity IN ('low', 'normal', 'high', 'critical')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'written', 'snoozed', 'delivered', 'dead', 'settled', 'superseded', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    delivered_at INTEGER,
    last_error TEXT NOT NULL DEFAULT '',
    failing_since INTEGER,                 -- its first try that failed
    UNIQUE (receiver, event)
  ) STRICT;
  INSERT INTO deliveries_13 (seq, id, receiver, team, event, severity, state, attempts, created_at, next_at,
      delivered_at, last_error)
    SELECT seq, id, receiver, team, event, 'normal', state, attempts, created_at, next_at, delivered_at, last_error
    FROM deliveries;
  DROP TABLE deliveries;
  ALTER TABLE deliveries_13 RENAME TO deliveries;
  CREATE INDEX deliveries_pending ON deliveries (receiver, event) WHERE state = 'pending';
  CREATE INDEX deliveries_written ON deliveries (receiver) WHERE state = 'written';
  CREATE INDEX deliveries_snoozed ON deliveries (receiver, event) WHERE state = 'snoozed';
  CREATE INDEX deliveries_dead ON deliveries (receiver) WHERE state = 'dead';

  CREATE TABLE messages (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,               -- the same over all tries
    receiver TEXT NOT NULL,
    recipient TEXT NOT NULL DEFAULT '',    -- one of several that the receiver writes to
    article INTEGER REFERENCES articles,   -- the only one it names
    group_key TEXT NOT NULL,               -- what its events have in common
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead', 'superseded', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    delivered_at INTEGER,
    last_error TEXT NOT NULL DEFAULT '',
    failing_since INTEGER,                 -- its first try that failed
    is_plain INTEGER NOT NULL DEFAULT 0,   -- it was refused as it was, and is sent without markup
    title TEXT NOT NULL,
    body BLOB NOT NULL,
    plain BLOB NOT NULL
  ) STRICT;
  CREATE INDEX messages_pending ON messages (receiver, row) WHERE state = 'pending';
  CREATE INDEX messages_dead ON messages (receiver) WHERE state = 'dead';
  CREATE INDEX messages_by_time ON messages (receiver, created_at);
  CREATE TABLE message_parts (
    message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
    delivery INTEGER NOT NULL REFERENCES deliveries,
    PRIMARY KEY (message, delivery)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX message_parts_by_delivery ON message_parts (delivery);

  -- Since when it takes nothing, and whether others were told of that.
  ALTER TABLE receivers ADD COLUMN failing_since INTEGER;
  ALTER TABLE receivers ADD COLUMN is_failing INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE receivers ADD COLUMN took_at INTEGER;   -- the last time that it took something

  -- The last revision of an article that a receiver was told of: what a later message compares with.
  CREATE TABLE told (
    receiver TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (receiver, article)
  ) STRICT, WITHOUT ROWID;
)sql";

}  // namespace tinwatch::storage
