//! Writes of files that are sent for items.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{ItemMediaRow, MediaRow};
use crate::schema::{item_media, media};
use diesel::prelude::*;

impl Tx<'_> {
    /// Notes that a file was sent for an item that is not saved yet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn insert_item_media(&mut self, row: ItemMediaRow) -> Result<(), StoreError> {
        diesel::insert_into(item_media::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// A file that was sent for an item, by its public id; none where there is no such file.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_media(&mut self, uid: &str) -> Result<Option<(MediaRow, ItemMediaRow)>, StoreError> {
        Ok(item_media::table
            .inner_join(media::table)
            .filter(media::uid.eq(uid))
            .select((MediaRow::as_select(), ItemMediaRow::as_select()))
            .first(self.conn)
            .optional()?)
    }

    /// How many files an account has sent that no item is saved with.
    ///
    /// # Errors
    /// Those of the database.
    pub fn files_not_saved(&mut self, account: i64) -> Result<i64, StoreError> {
        Ok(item_media::table
            .filter(item_media::account_id.eq(account).and(item_media::item_id.is_null()))
            .count()
            .get_result(self.conn)?)
    }

    /// The item that is saved with a file.
    ///
    /// # Errors
    /// Those of the database.
    pub fn attach(&mut self, file: i64, item: i64) -> Result<(), StoreError> {
        diesel::update(item_media::table.find(file)).set(item_media::item_id.eq(item)).execute(self.conn)?;
        Ok(())
    }

    /// Every file of an item.
    ///
    /// # Errors
    /// Those of the database.
    pub fn files_of(&mut self, item: i64) -> Result<Vec<MediaRow>, StoreError> {
        Ok(item_media::table
            .inner_join(media::table)
            .filter(item_media::item_id.eq(item))
            .select(MediaRow::as_select())
            .load(self.conn)?)
    }

    /// Gives up files: they are nobody's and no item's, and will be removed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_up(&mut self, files: &[i64]) -> Result<(), StoreError> {
        diesel::update(item_media::table.filter(item_media::media_id.eq_any(files.to_vec())))
            .set((item_media::item_id.eq(None::<i64>), item_media::account_id.eq(None::<i64>)))
            .execute(self.conn)?;
        Ok(())
    }
}
