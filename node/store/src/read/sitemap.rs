//! What search engines are told of: own items that everybody sees, in parts that never move.

use super::conditions::visible;
use super::{Db, Reads};
use crate::error::StoreError;
use crate::schema::{entries, items};
use diesel::prelude::*;

/// An item of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct SitemapItem {
    /// Public id.
    pub uid: String,
    /// Title.
    pub title: String,
    /// When it was last changed, in milliseconds.
    pub updated_at: i64,
}

impl Reads<'_> {
    /// Own items that stand published, of those whose keys are in this range, by key, at most `limit`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sitemap_items(
        &mut self,
        keys: std::ops::Range<i64>,
        limit: i64,
    ) -> Result<Vec<SitemapItem>, StoreError> {
        let sight = self.sight()?;
        Ok(entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight, true))
            .filter(entries::home.eq(true))
            .filter(entries::state.concat("").eq("published"))
            .filter(items::id.ge(keys.start).and(items::id.lt(keys.end)))
            .order(items::id)
            .limit(limit)
            .select((items::uid, items::title, items::updated_at))
            .load(self.conn)?)
    }

    /// The highest key of an item; 0 where there is none. It says nothing of what the items are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn highest_item(&mut self) -> Result<i64, StoreError> {
        let highest: Option<i64> = items::table.select(diesel::dsl::max(items::id)).first(self.conn)?;
        Ok(highest.unwrap_or_default())
    }
}
