//! Rows of workshops: files, documents, discussions. Times are milliseconds since the epoch, in UTC.

use crate::schema;
use diesel::prelude::*;

/// A file that somebody has sent; its bytes stand in the media folder.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::media, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct MediaRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Media type, found in the bytes.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Name under which it is offered.
    pub name: String,
    /// Pixels; none for what is no picture.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A shared folder of a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::folders, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct FolderRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// Title.
    pub title: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A document of a workshop; its versions hold the files.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::documents, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DocumentRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// Key of its folder.
    pub folder_id: Option<i64>,
    /// Title.
    pub title: String,
    /// What it is about.
    pub note: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::document_versions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DocumentVersionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Document key.
    pub document_id: i64,
    /// Number, from 1.
    pub number: i64,
    /// Media key.
    pub media_id: i64,
    /// What has changed.
    pub note: String,
    /// Who sent it.
    pub account_id: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A discussion of a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::discussions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DiscussionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// The document it is about.
    pub document_id: Option<i64>,
    /// The item it is about.
    pub item_id: Option<i64>,
    /// Title.
    pub title: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// A message of a discussion.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::messages, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct MessageRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Discussion key.
    pub discussion_id: i64,
    /// Who wrote it.
    pub account_id: Option<i64>,
    /// Plain text.
    pub body: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}
