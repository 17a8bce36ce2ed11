//! Writes of what people want to be told by mail.

use super::Tx;
use crate::error::StoreError;
use crate::rows::NoticePaceRow;
use crate::schema::notice_paces;
use diesel::prelude::*;

impl Tx<'_> {
    /// Keeps how soon an account is told, and up to when it has been.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_notice_pace(&mut self, row: &NoticePaceRow) -> Result<(), StoreError> {
        let kept = diesel::update(notice_paces::table.find(row.account_id)).set(row).execute(self.conn)?;
        if kept == 0 {
            diesel::insert_into(notice_paces::table).values(row).execute(self.conn)?;
        }
        Ok(())
    }
}
