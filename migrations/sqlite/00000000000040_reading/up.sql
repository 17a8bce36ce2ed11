-- What items are found by: folded, stemmed words, written by the program; the index follows them.
CREATE TABLE item_searches (
  item_id INTEGER PRIMARY KEY NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  words TEXT NOT NULL
);
CREATE VIRTUAL TABLE item_index USING fts5 (
  words, content = 'item_searches', content_rowid = 'item_id',
  tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '2 3'
);
CREATE TRIGGER item_searches_inserted AFTER INSERT ON item_searches BEGIN
  INSERT INTO item_index (rowid, words) VALUES (new.item_id, new.words);
END;
CREATE TRIGGER item_searches_deleted AFTER DELETE ON item_searches BEGIN
  INSERT INTO item_index (item_index, rowid, words) VALUES ('delete', old.item_id, old.words);
END;
CREATE TRIGGER item_searches_updated AFTER UPDATE ON item_searches BEGIN
  INSERT INTO item_index (item_index, rowid, words) VALUES ('delete', old.item_id, old.words);
  INSERT INTO item_index (rowid, words) VALUES (new.item_id, new.words);
END;

-- What lists go by stands in the entry, so that one index answers for filter and order: the title, when it
-- begins, when it is over, and until when one may answer; what says no date comes after everything else.
ALTER TABLE entries ADD COLUMN title_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN begins_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE entries ADD COLUMN over_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE entries ADD COLUMN closes_at BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE entries SET (title_folded, begins_at, over_at, closes_at) = (
  SELECT items.title_folded, coalesce(items.starts_at, 9223372036854775807),
    coalesce(items.ends_at, items.starts_at, 9223372036854775807),
    coalesce(items.ends_at, 9223372036854775807)
  FROM items WHERE items.id = entries.item_id);
CREATE TRIGGER entries_inserted AFTER INSERT ON entries BEGIN
  UPDATE entries SET (title_folded, begins_at, over_at, closes_at) = (
    SELECT items.title_folded, coalesce(items.starts_at, 9223372036854775807),
      coalesce(items.ends_at, items.starts_at, 9223372036854775807),
      coalesce(items.ends_at, 9223372036854775807)
    FROM items WHERE items.id = new.item_id)
  WHERE id = new.id;
END;
CREATE TRIGGER items_updated AFTER UPDATE OF title_folded, starts_at, ends_at ON items BEGIN
  UPDATE entries SET title_folded = new.title_folded,
    begins_at = coalesce(new.starts_at, 9223372036854775807),
    over_at = coalesce(new.ends_at, new.starts_at, 9223372036854775807),
    closes_at = coalesce(new.ends_at, 9223372036854775807)
  WHERE item_id = new.id;
END;
CREATE INDEX entries_newest ON entries (state, sort_at, id, service_id, item_id);
DROP INDEX entries_listed;
CREATE INDEX entries_listed ON entries (service_id, state, sort_at, id, item_id);
CREATE INDEX entries_upcoming ON entries (service_id, state, begins_at, id, over_at, item_id);
CREATE INDEX entries_titles ON entries (service_id, state, title_folded, id, item_id);
CREATE INDEX entries_closing ON entries (service_id, state, closes_at, id, item_id);
