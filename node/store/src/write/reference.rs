//! Writes of the thesauri.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::rows::{PlaceRow, ThemeRow};
use crate::schema::{places, postal_codes, themes};
use diesel::prelude::*;

super::audited_writes! {
    themes: insert_theme, save_theme, ThemeRow;
}

impl Tx<'_> {
    /// Replaces the geography: at first, and when a new official edition comes.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replace_places(
        &mut self,
        rows: Vec<PlaceRow>,
        codes: Vec<(String, String)>,
    ) -> Result<(), StoreError> {
        self.touches("places");
        diesel::delete(places::table).execute(self.conn)?;
        diesel::delete(postal_codes::table).execute(self.conn)?;
        dialect::insert_places(self.conn, rows)?;
        dialect::insert_postal_codes(self.conn, codes)
    }

    /// Adds the themes that are not there yet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_themes(&mut self, rows: Vec<ThemeRow>) -> Result<(), StoreError> {
        self.touches("themes");
        let known: Vec<String> = themes::table.select(themes::slug).load(self.conn)?;
        for row in rows.iter().filter(|row| !known.contains(&row.slug)) {
            diesel::insert_into(themes::table).values(row).execute(self.conn)?;
        }
        Ok(())
    }
}
