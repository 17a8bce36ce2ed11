-- Files that are sent for items: by whom, and for which item once it is saved. Of one that nothing means
-- any more the file is removed after a day.
CREATE TABLE item_media (
  media_id BIGINT PRIMARY KEY NOT NULL REFERENCES media (id) ON DELETE CASCADE,
  account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
  item_id BIGINT REFERENCES items (id) ON DELETE SET NULL
);
CREATE INDEX item_media_item ON item_media (item_id);
CREATE INDEX item_media_account ON item_media (account_id);
CREATE INDEX media_created_at ON media (created_at);
