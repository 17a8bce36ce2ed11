-- How soon somebody wants to be told by mail of what concerns them (`never`, `at_once`, `daily`), and up to
-- which moment they have been.
CREATE TABLE notice_paces (
  account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  pace TEXT NOT NULL,
  told_until BIGINT NOT NULL
);
CREATE INDEX revisions_decided ON revisions (decided_at);
CREATE INDEX comments_said ON comments (created_at);
CREATE INDEX messages_said ON messages (created_at);
CREATE INDEX document_versions_sent ON document_versions (created_at);
