-- Mails on their way: written with what is their reason, sent by a worker, emptied when they have ended.
-- Where a link is wanted, it is made when the mail is sent: only its hash is ever stored.
CREATE TABLE mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  reference BIGINT,
  recipient TEXT NOT NULL,
  locale TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  problem TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX mails_due ON mails (state, due_at);

-- Somebody is invited to make an account.
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  locale TEXT NOT NULL,
  administrator BOOLEAN NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisations (id),
  invited_by BIGINT,
  token_hash TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX invitations_email ON invitations (email_folded);

-- The roles that an invited person will have.
CREATE TABLE invitation_roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  invitation_id BIGINT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  role TEXT NOT NULL
);
CREATE INDEX invitation_roles_invitation ON invitation_roles (invitation_id);
CREATE INDEX invitation_roles_service ON invitation_roles (service_id);

-- Somebody has forgotten a password.
CREATE TABLE password_resets (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  token_hash TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX password_resets_account ON password_resets (account_id);

-- The browser that a session was opened with, as it calls itself.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- Secrets of one-time codes (RFC 6238) stand apart from everything that is listed or logged.
CREATE TABLE second_factors (
  account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  secret TEXT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at BIGINT
);
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);

-- Whoever has given the right password and still owes a code.
CREATE TABLE login_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX login_steps_account ON login_steps (account_id);

-- Who did what, when, and what it was before and after. No reference: a line outlives what it tells of.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT,
  service_id BIGINT,
  subject TEXT NOT NULL,
  subject_uid TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  action TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_account ON audit (account_id, id);
CREATE INDEX audit_service ON audit (service_id, id);
CREATE INDEX audit_subject ON audit (subject, id);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
