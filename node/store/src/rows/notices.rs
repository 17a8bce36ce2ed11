//! Rows of what people want to be told by mail.

use crate::schema;
use diesel::prelude::*;

/// How soon an account is told, and up to when it has been.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::notice_paces, primary_key(account_id), treat_none_as_default_value = false)]
pub struct NoticePaceRow {
    /// Key of the account.
    pub account_id: i64,
    /// `never`, `at_once` or `daily`.
    pub pace: String,
    /// Milliseconds since the epoch: what happened up to then is told.
    pub told_until: i64,
}
