//! Rows of what happens around an entry before it is published: schedules, comments, what was not saved.

use crate::schema;
use diesel::prelude::*;

/// What is to be published later.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::schedules, treat_none_as_default_value = false)]
pub struct ScheduleRow {
    /// Entry key.
    pub entry_id: i64,
    /// When, in milliseconds.
    pub publish_at: i64,
    /// What told the state of the content that was read from the next.
    pub seen: i64,
    /// Who decided so.
    pub account_id: i64,
    /// JSON array of the points of the checklist that were ticked, by number from 0.
    pub ticked: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// Something that was said about an entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::comments, treat_none_as_default_value = false)]
pub struct CommentRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Entry key.
    pub entry_id: i64,
    /// Who said it; none when the account is gone.
    pub account_id: Option<i64>,
    /// From which side: `author` or `moderator`.
    pub side: String,
    /// Plain text.
    pub body: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// When the other side answered it or did something about it.
    pub answered_at: Option<i64>,
}
