//! Rows of alerts by mail.

use crate::schema;
use diesel::prelude::*;

/// Somebody, who needs no account, is told by mail what is new in a list.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::alerts, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AlertRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Address.
    pub email: String,
    /// The same in lower case.
    pub email_folded: String,
    /// Language: ISO 639-1.
    pub locale: String,
    /// Name of the list in words.
    pub title: String,
    /// Path and query of its page.
    pub path: String,
    /// JSON of what it holds.
    pub list: String,
    /// `once` (as soon as something is published) or `daily`.
    pub frequency: String,
    /// SHA-256 of the token of its confirming link, while that may be used.
    pub token_hash: Option<String>,
    /// The token by which it is ended: it stands in every mail.
    pub stop_token: String,
    /// When its owner has confirmed it; none before.
    pub confirmed_at: Option<i64>,
    /// JSON array of the keys of the latest items that its owner knows of.
    pub told: String,
    /// When there is something to do next: to tell, or to forget what was not confirmed.
    pub due_at: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}
