//! Rows of what the passing of time makes of items.

use crate::schema;
use diesel::prelude::*;

/// What age has made of a published item, and when something is next to be done.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::item_ages, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ItemAgeRow {
    /// Item key.
    pub item_id: i64,
    /// When somebody last changed or confirmed it, in milliseconds.
    pub changed_at: i64,
    /// When an action of its type, or its next time, is due; none where nothing is to come.
    pub due_at: Option<i64>,
    /// When its author was last reminded.
    pub reminded_at: Option<i64>,
    /// Since when it is to be checked.
    pub check_at: Option<i64>,
    /// Since when it is left out of the first pages of sites.
    pub hidden_at: Option<i64>,
    /// Since when it is archived.
    pub archived_at: Option<i64>,
    /// When what it said was erased.
    pub erased_at: Option<i64>,
}

impl ItemAgeRow {
    /// Of an item of which nothing is due.
    #[must_use]
    pub fn new(item_id: i64, changed_at: i64) -> Self {
        Self {
            item_id,
            changed_at,
            due_at: None,
            reminded_at: None,
            check_at: None,
            hidden_at: None,
            archived_at: None,
            erased_at: None,
        }
    }
}
