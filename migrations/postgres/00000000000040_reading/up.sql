-- What items are found by: folded, stemmed words, written by the program; the vector follows them. No
-- parser of the server's own takes part: a word is what stands between two spaces.
CREATE TABLE item_searches (
  item_id BIGINT PRIMARY KEY NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  words TEXT NOT NULL,
  vector TSVECTOR NOT NULL GENERATED ALWAYS AS
    (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED
);
CREATE INDEX item_searches_vector ON item_searches USING gin (vector);

-- A question as the program writes it: quoted words with & and | between them.
CREATE FUNCTION search_query(question TEXT) RETURNS TSQUERY LANGUAGE sql STABLE AS
  'SELECT question::tsquery';

-- What lists go by stands in the entry, so that one index answers for filter and order: the title, when it
-- begins, when it is over, and until when one may answer; what says no date comes after everything else.
ALTER TABLE entries ADD COLUMN title_folded TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN begins_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE entries ADD COLUMN over_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE entries ADD COLUMN closes_at BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE entries SET title_folded = items.title_folded,
  begins_at = coalesce(items.starts_at, 9223372036854775807),
  over_at = coalesce(items.ends_at, items.starts_at, 9223372036854775807),
  closes_at = coalesce(items.ends_at, 9223372036854775807)
FROM items WHERE items.id = entries.item_id;
CREATE FUNCTION entries_inserted() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  SELECT items.title_folded, coalesce(items.starts_at, 9223372036854775807),
    coalesce(items.ends_at, items.starts_at, 9223372036854775807),
    coalesce(items.ends_at, 9223372036854775807)
  INTO new.title_folded, new.begins_at, new.over_at, new.closes_at
  FROM items WHERE items.id = new.item_id;
  RETURN new;
END $$;
CREATE TRIGGER entries_inserted BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION entries_inserted();
CREATE FUNCTION items_updated() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE entries SET title_folded = new.title_folded,
    begins_at = coalesce(new.starts_at, 9223372036854775807),
    over_at = coalesce(new.ends_at, new.starts_at, 9223372036854775807),
    closes_at = coalesce(new.ends_at, 9223372036854775807)
  WHERE item_id = new.id;
  RETURN NULL;
END $$;
CREATE TRIGGER items_updated AFTER UPDATE OF title_folded, starts_at, ends_at ON items
  FOR EACH ROW EXECUTE FUNCTION items_updated();
CREATE INDEX entries_newest ON entries (state, sort_at, id, service_id, item_id);
DROP INDEX entries_listed;
CREATE INDEX entries_listed ON entries (service_id, state, sort_at, id, item_id);
CREATE INDEX entries_upcoming ON entries (service_id, state, begins_at, id, over_at, item_id);
CREATE INDEX entries_titles ON entries (service_id, state, title_folded, id, item_id);
CREATE INDEX entries_closing ON entries (service_id, state, closes_at, id, item_id);
