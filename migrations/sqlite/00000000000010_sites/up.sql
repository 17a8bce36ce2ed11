-- Files that people have sent, by the hash of their bytes; the bytes stand in the media folder.
CREATE TABLE media (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  name TEXT NOT NULL,
  width BIGINT,
  height BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX media_sha256 ON media (sha256);

-- A site that only its members open; others that are restricted are for every account of the node.
ALTER TABLE sites ADD COLUMN members_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sites ADD COLUMN logo_id BIGINT REFERENCES media (id);
CREATE INDEX sites_logo ON sites (logo_id);

CREATE TABLE site_members (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (site_id, account_id)
);
CREATE INDEX site_members_account ON site_members (account_id);

-- Until now every account opened a workshop: those who could stay members.
UPDATE sites SET members_only = TRUE WHERE kind = 'workshop';
INSERT INTO site_members (site_id, account_id, role, created_at)
  SELECT sites.id, accounts.id, 'contributor', sites.created_at FROM sites, accounts
  WHERE sites.kind = 'workshop';

-- What a site's first page is made of, in order.
CREATE TABLE site_blocks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  settings TEXT NOT NULL,
  position BIGINT NOT NULL
);
CREATE INDEX site_blocks_site ON site_blocks (site_id, position);

-- Pages of plain content, legal notice and accessibility statement included.
CREATE TABLE site_pages (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  in_menu BOOLEAN NOT NULL,
  position BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (site_id, slug)
);

-- Shared folders of a workshop, and documents with their versions.
CREATE TABLE folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX folders_site ON folders (site_id);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  folder_id BIGINT REFERENCES folders (id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX documents_site ON documents (site_id, updated_at);
CREATE INDEX documents_folder ON documents (folder_id);

CREATE TABLE document_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  document_id BIGINT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  media_id BIGINT NOT NULL REFERENCES media (id),
  note TEXT NOT NULL,
  account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (document_id, number)
);
CREATE INDEX document_versions_media ON document_versions (media_id);

-- Discussions of a workshop: about anything, a document or an item that the workshop shows.
CREATE TABLE discussions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  site_id BIGINT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  document_id BIGINT REFERENCES documents (id) ON DELETE SET NULL,
  item_id BIGINT REFERENCES items (id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX discussions_site ON discussions (site_id, updated_at);
CREATE INDEX discussions_document ON discussions (document_id);
CREATE INDEX discussions_item ON discussions (item_id);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  discussion_id BIGINT NOT NULL REFERENCES discussions (id) ON DELETE CASCADE,
  account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX messages_discussion ON messages (discussion_id, id);
CREATE INDEX messages_account ON messages (account_id);
