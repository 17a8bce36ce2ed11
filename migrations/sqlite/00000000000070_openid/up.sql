-- Who an account is at an OpenID provider: its issuer, and its name for the person, which never changes.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  email TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  UNIQUE (issuer, subject)
);
CREATE INDEX identities_account ON identities (account_id);

-- Whoever is at the provider at this moment: what has to be right when they come back, once.
CREATE TABLE sign_in_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  state_hash TEXT NOT NULL UNIQUE,
  browser_hash TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  next TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_requests_expires ON sign_in_requests (expires_at);
