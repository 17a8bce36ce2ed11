//! Reads of what an actor has brought, with all that rules look at; for the node itself.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{ItemPlaceRow, ItemRow, ItemThemeRow};
use crate::schema::{arrivals, item_places, item_themes, items};
use diesel::prelude::*;

impl Reads<'_> {
    /// Published items that an actor has brought, latest first; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn brought_by(&mut self, source: i64, limit: i64) -> Result<Vec<ItemRow>, StoreError> {
        self.system_only()?;
        let brought = arrivals::table.filter(arrivals::source_actor_id.eq(source)).select(arrivals::item_id);
        Ok(items::table
            .filter(items::id.eq_any(brought))
            .filter(items::withdrawn_at.is_null().and(items::published_at.is_not_null()))
            .order((items::published_at.desc(), items::id.desc()))
            .limit(limit)
            .select(ItemRow::as_select())
            .load(self.conn)?)
    }

    /// Themes and places of items, those above them included; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn terms_of(&mut self, items: &[i64]) -> Result<(Vec<ItemThemeRow>, Vec<ItemPlaceRow>), StoreError> {
        self.system_only()?;
        let themes = item_themes::table
            .filter(item_themes::item_id.eq_any(items.to_vec()))
            .select(ItemThemeRow::as_select())
            .load(self.conn)?;
        let places = item_places::table
            .filter(item_places::item_id.eq_any(items.to_vec()))
            .select(ItemPlaceRow::as_select())
            .load(self.conn)?;
        Ok((themes, places))
    }
}
