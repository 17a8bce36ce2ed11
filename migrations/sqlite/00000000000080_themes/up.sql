-- What a node makes of the theme tree: terms of its own, terms that it offers no more, and the codes of
-- nomenclatures that they are mapped to (`rome:K21 naf:8559A`).
ALTER TABLE themes ADD COLUMN own BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE themes ADD COLUMN retired_at BIGINT;
ALTER TABLE themes ADD COLUMN matches TEXT NOT NULL DEFAULT '';
