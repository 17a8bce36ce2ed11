//! Writes of what items are found by.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::schema::item_searches;
use diesel::prelude::*;

impl Tx<'_> {
    /// Keeps the words that an item is found by ([`maillage_domain::search::kept`]), in place of those
    /// that were kept.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_words(&mut self, item: i64, words: &str) -> Result<(), StoreError> {
        self.touches("items");
        dialect::search::keep(self.conn, item, words)
    }

    /// An item is found no more.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_words(&mut self, item: i64) -> Result<(), StoreError> {
        self.touches("items");
        diesel::delete(item_searches::table.find(item)).execute(self.conn)?;
        Ok(())
    }
}
