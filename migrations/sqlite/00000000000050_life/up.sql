-- What is to be published later: what was read, by whom, and when it is due.
CREATE TABLE schedules (
  entry_id BIGINT PRIMARY KEY NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  publish_at BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  ticked TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX schedules_due ON schedules (publish_at);
CREATE INDEX schedules_account ON schedules (account_id);

-- What an author and moderators say to each other about an entry. `side` is from whom it comes; answered
-- when the other side has spoken, or has done something about it.
CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  entry_id BIGINT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
  side TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  answered_at BIGINT
);
CREATE INDEX comments_entry ON comments (entry_id, id);
CREATE INDEX comments_open ON comments (answered_at, side, entry_id);
CREATE INDEX comments_account ON comments (account_id);

-- The reasons for declining that a service offers, in their order.
CREATE TABLE decline_reasons (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (service_id, position)
);
