-- Somebody, who needs no account, is told by mail what is new in a list.
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  locale TEXT NOT NULL,
  title TEXT NOT NULL,
  path TEXT NOT NULL,
  list TEXT NOT NULL,
  frequency TEXT NOT NULL,
  token_hash TEXT UNIQUE,
  stop_token TEXT NOT NULL UNIQUE,
  confirmed_at BIGINT,
  told TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX alerts_due ON alerts (due_at);
CREATE INDEX alerts_email ON alerts (email_folded);
