//! Reads of alerts by mail: by what only their owner has.

use super::Reads;
use crate::error::StoreError;
use crate::rows::AlertRow;
use crate::schema::alerts;
use diesel::prelude::*;

impl Reads<'_> {
    /// The alert of a confirming link, by the hash of its token, for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn alert_of_link(&mut self, token_hash: &str) -> Result<AlertRow, StoreError> {
        self.of_the_node()?;
        let found = alerts::table.filter(alerts::token_hash.eq(token_hash));
        Ok(found.select(AlertRow::as_select()).first(self.conn)?)
    }

    /// The alert that this token ends, for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn alert_to_stop(&mut self, stop_token: &str) -> Result<AlertRow, StoreError> {
        self.of_the_node()?;
        let found = alerts::table.filter(alerts::stop_token.eq(stop_token));
        Ok(found.select(AlertRow::as_select()).first(self.conn)?)
    }

    /// An alert by its key, for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn alert_by_id(&mut self, id: i64) -> Result<AlertRow, StoreError> {
        self.of_the_node()?;
        Ok(alerts::table.find(id).select(AlertRow::as_select()).first(self.conn)?)
    }

    /// The alerts of an address, for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn alerts_of(&mut self, email_folded: &str) -> Result<Vec<AlertRow>, StoreError> {
        self.of_the_node()?;
        Ok(alerts::table
            .filter(alerts::email_folded.eq(email_folded))
            .order(alerts::id)
            .select(AlertRow::as_select())
            .load(self.conn)?)
    }

    /// Nobody else reads who is told of what.
    fn of_the_node(&self) -> Result<(), StoreError> {
        if self.is_system() { Ok(()) } else { Err(StoreError::NotFound) }
    }
}
