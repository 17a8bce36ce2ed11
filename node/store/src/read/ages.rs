//! Reads of what age has made of items.

use super::Reads;
use crate::error::StoreError;
use crate::rows::ItemAgeRow;
use crate::schema::item_ages;
use diesel::prelude::*;
use std::collections::BTreeMap;

impl Reads<'_> {
    /// What age has made of these items, by their keys; those of which nothing is known are left out.
    pub(super) fn ages(&mut self, items: Vec<i64>) -> Result<BTreeMap<i64, ItemAgeRow>, StoreError> {
        let rows: Vec<ItemAgeRow> = item_ages::table
            .filter(item_ages::item_id.eq_any(items))
            .select(ItemAgeRow::as_select())
            .load(self.conn)?;
        Ok(rows.into_iter().map(|row| (row.item_id, row)).collect())
    }
}
