//! Rows of files that are sent for items.

use crate::schema;
use diesel::prelude::*;

/// A file that was sent for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::item_media, treat_none_as_default_value = false)]
pub struct ItemMediaRow {
    /// Key of the file.
    pub media_id: i64,
    /// Who sent it; none where the account is gone, or where it is given up.
    pub account_id: Option<i64>,
    /// The item whose versions name it; none as long as no item is saved with it.
    pub item_id: Option<i64>,
}
