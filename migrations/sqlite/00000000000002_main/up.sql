-- The node itself: one row.
CREATE TABLE nodes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  territory TEXT NOT NULL,
  setup_code_hash TEXT,
  geography_version TEXT,
  created_at BIGINT NOT NULL
);

CREATE TABLE organisations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  url TEXT,
  territory TEXT,
  created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  password_hash TEXT,
  administrator BOOLEAN NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisations (id),
  locale TEXT NOT NULL,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX accounts_organisation ON accounts (organisation_id);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  expires_at BIGINT
);
CREATE INDEX api_tokens_account ON api_tokens (account_id);

-- Failed logins, by folded account and by address.
CREATE TABLE login_failures (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  subject TEXT NOT NULL,
  failed_at BIGINT NOT NULL
);
CREATE INDEX login_failures_subject ON login_failures (subject, failed_at);

CREATE TABLE themes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  parent TEXT,
  label_fr TEXT NOT NULL,
  label_en TEXT NOT NULL,
  position BIGINT NOT NULL
);

CREATE TABLE places (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  ancestors TEXT NOT NULL,
  latitude DOUBLE,
  longitude DOUBLE,
  population BIGINT,
  successor TEXT
);
CREATE INDEX places_folded ON places (folded, population);

CREATE TABLE postal_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  postal_code TEXT NOT NULL,
  place_code TEXT NOT NULL
);
CREATE INDEX postal_codes_code ON postal_codes (postal_code);

CREATE TABLE actors (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  uri TEXT NOT NULL UNIQUE,
  local BOOLEAN NOT NULL,
  kind TEXT NOT NULL,
  username TEXT NOT NULL,
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  url TEXT,
  inbox TEXT NOT NULL,
  shared_inbox TEXT,
  outbox TEXT,
  followers TEXT,
  key_id TEXT NOT NULL,
  public_key TEXT NOT NULL,
  raw TEXT,
  gone BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  fetched_at BIGINT NOT NULL
);
CREATE INDEX actors_handle ON actors (host, username);
CREATE INDEX actors_key ON actors (key_id);

-- Private keys stand apart from everything that is listed or logged.
CREATE TABLE actor_secrets (
  actor_id BIGINT PRIMARY KEY NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
  private_key TEXT NOT NULL
);

CREATE TABLE services (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  type_slug TEXT NOT NULL,
  title TEXT NOT NULL,
  visibility TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisations (id),
  actor_id BIGINT NOT NULL REFERENCES actors (id),
  purpose TEXT NOT NULL,
  moderators TEXT NOT NULL,
  delay_days BIGINT,
  licence TEXT NOT NULL,
  self_validation BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX services_organisation ON services (organisation_id);
CREATE INDEX services_actor ON services (actor_id);

CREATE TABLE memberships (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (account_id, service_id)
);
CREATE INDEX memberships_service ON memberships (service_id);

-- What is published: the content that stands, or the latest draft where nothing does yet.
CREATE TABLE items (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  uri TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  home_service_id BIGINT REFERENCES services (id),
  origin_actor_id BIGINT NOT NULL REFERENCES actors (id),
  organisation_name TEXT NOT NULL,
  type_slug TEXT NOT NULL,
  visibility TEXT NOT NULL,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  source_url TEXT,
  language TEXT NOT NULL,
  licence TEXT NOT NULL,
  timezone TEXT NOT NULL,
  fields TEXT NOT NULL,
  starts_at BIGINT,
  ends_at BIGINT,
  dated TEXT,
  version BIGINT NOT NULL,
  content_hash TEXT NOT NULL,
  published_at BIGINT,
  updated_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  withdrawn_at BIGINT
);
CREATE INDEX items_home ON items (home_service_id, updated_at);
CREATE INDEX items_origin ON items (origin_actor_id);
CREATE INDEX items_ageing ON items (type_slug, ends_at, starts_at, published_at);

-- A received item as it came.
CREATE TABLE item_sources (
  item_id BIGINT PRIMARY KEY NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  raw TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  checked_at BIGINT NOT NULL
);

CREATE TABLE item_themes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  theme TEXT NOT NULL,
  own BOOLEAN NOT NULL,
  UNIQUE (item_id, theme)
);
CREATE INDEX item_themes_theme ON item_themes (theme, item_id);

CREATE TABLE item_places (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  relation TEXT NOT NULL,
  own BOOLEAN NOT NULL,
  UNIQUE (item_id, relation, place)
);
CREATE INDEX item_places_place ON item_places (place, item_id);

-- By which actors an item has come to this node: its origin, and those who announce it.
CREATE TABLE arrivals (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  source_actor_id BIGINT NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (item_id, source_actor_id)
);
CREATE INDEX arrivals_source ON arrivals (source_actor_id, item_id);

-- The presence of an item in the stream of one service, with its own decision.
CREATE TABLE entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  service_id BIGINT NOT NULL REFERENCES services (id),
  item_id BIGINT NOT NULL REFERENCES items (id),
  home BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  queued_at BIGINT,
  subscription_id BIGINT,
  decided_by TEXT NOT NULL,
  reason TEXT,
  path TEXT NOT NULL,
  announce_uri TEXT,
  sort_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (item_id, service_id)
);
CREATE INDEX entries_listed ON entries (service_id, state, sort_at, id);
CREATE INDEX entries_queue ON entries (queued_at, service_id);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  item_id BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  fields TEXT NOT NULL,
  language TEXT NOT NULL,
  licence TEXT NOT NULL,
  author_id BIGINT REFERENCES accounts (id),
  reason TEXT,
  decided_by BIGINT REFERENCES accounts (id),
  decided_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (item_id, number)
);

-- Everybody who had a hand in a revision.
CREATE TABLE revision_contributors (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  revision_id BIGINT NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  UNIQUE (revision_id, account_id)
);

-- Who decided what, and when; nothing edits it.
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT REFERENCES accounts (id),
  service_id BIGINT,
  item_id BIGINT,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX decisions_item ON decisions (item_id, at);

-- Our follow of a remote service: one for the node, shared by its subscriptions.
CREATE TABLE follows (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  actor_id BIGINT NOT NULL UNIQUE REFERENCES actors (id),
  uri TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  backfill_next TEXT,
  backfill_pages BIGINT NOT NULL,
  backfill_full BOOLEAN NOT NULL,
  backfill_due_at BIGINT,
  backfill_failures BIGINT NOT NULL,
  exchanged_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX follows_backfill ON follows (backfill_due_at);

CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  source_actor_id BIGINT NOT NULL REFERENCES actors (id),
  trust TEXT NOT NULL,
  rules TEXT NOT NULL,
  redecide_after BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (service_id, source_actor_id)
);
CREATE INDEX subscriptions_source ON subscriptions (source_actor_id);

CREATE TABLE followers (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actors (id),
  follow_uri TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (service_id, actor_id)
);
CREATE INDEX followers_actor ON followers (actor_id);

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  handled_at BIGINT
);
CREATE INDEX events_handled ON events (handled_at, id);

-- What we sent: each activity once, in the form it has on the wire.
CREATE TABLE activities (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uri TEXT NOT NULL UNIQUE,
  actor_id BIGINT NOT NULL REFERENCES actors (id),
  kind TEXT NOT NULL,
  object_uri TEXT NOT NULL,
  item_id BIGINT,
  public BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX activities_actor ON activities (actor_id, id);
CREATE INDEX activities_item ON activities (item_id);

CREATE TABLE peers (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  host TEXT NOT NULL UNIQUE,
  scheme TEXT NOT NULL,
  failing_since BIGINT,
  answered_at BIGINT,
  blocked BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);

-- One activity to one inbox, durable until it is answered.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  activity_id BIGINT NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  inbox TEXT NOT NULL,
  host TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  claimed_until BIGINT,
  last_status BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  UNIQUE (activity_id, inbox)
);
CREATE INDEX deliveries_due ON deliveries (state, due_at);
CREATE INDEX deliveries_order ON deliveries (state, inbox, id);
CREATE INDEX deliveries_host ON deliveries (host, state);

-- Ids of accepted activities, kept longer than the window in which one can be replayed.
CREATE TABLE received_activities (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uri TEXT NOT NULL UNIQUE,
  actor_uri TEXT NOT NULL,
  received_at BIGINT NOT NULL
);
CREATE INDEX received_activities_at ON received_activities (received_at);

-- Deletes that came before what they delete, and withdrawals that must not be undone.
CREATE TABLE tombstones (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uri TEXT NOT NULL,
  actor_uri TEXT NOT NULL,
  deleted_at BIGINT NOT NULL,
  UNIQUE (uri, actor_uri)
);

-- What an import has already brought in, so that running it again makes no duplicate.
CREATE TABLE import_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  import_key TEXT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  content_hash TEXT NOT NULL,
  UNIQUE (service_id, import_key)
);
CREATE INDEX import_keys_item ON import_keys (item_id);

CREATE TABLE sites (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  restricted BOOLEAN NOT NULL,
  intro TEXT NOT NULL,
  accent TEXT NOT NULL,
  host TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE placements (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  service_id BIGINT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  filter TEXT NOT NULL,
  sort_order TEXT NOT NULL,
  position BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX placements_site ON placements (site_id, position);
CREATE INDEX placements_service ON placements (service_id);

-- Objects still to be fetched from their origin, because somebody we follow named them.
CREATE TABLE fetches (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  object_uri TEXT NOT NULL,
  bringer_id BIGINT NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
  attempts BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  UNIQUE (object_uri, bringer_id)
);
CREATE INDEX fetches_due ON fetches (due_at);
CREATE INDEX fetches_bringer ON fetches (bringer_id);
