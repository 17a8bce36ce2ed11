-- What the passing of time makes of items: when something is due, and what was done.
CREATE TABLE item_ages (
  item_id BIGINT PRIMARY KEY NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  changed_at BIGINT NOT NULL,
  due_at BIGINT,
  reminded_at BIGINT,
  check_at BIGINT,
  hidden_at BIGINT,
  archived_at BIGINT,
  erased_at BIGINT
);
CREATE INDEX item_ages_due ON item_ages (due_at);

-- The actions of each type, as they were last applied to all of its items.
CREATE TABLE type_plans (
  type_slug TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  digest TEXT NOT NULL
);

DROP INDEX items_ageing;
CREATE INDEX items_typed ON items (type_slug, id);
-- Items that others refer to are found by their title.
CREATE INDEX items_titled ON items (type_slug, title_folded);
