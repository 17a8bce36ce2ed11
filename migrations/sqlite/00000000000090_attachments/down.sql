DROP INDEX media_created_at;
DROP TABLE item_media;
