DROP INDEX items_titled;
DROP INDEX items_typed;
CREATE INDEX items_ageing ON items (type_slug, ends_at, starts_at, published_at);
DROP TABLE type_plans;
DROP TABLE item_ages;
