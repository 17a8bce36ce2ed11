-- Work that must happen once is taken by a row here, so that several processes need no leader.
CREATE TABLE leases (
  name TEXT PRIMARY KEY NOT NULL,
  holder TEXT NOT NULL,
  until BIGINT NOT NULL
);
