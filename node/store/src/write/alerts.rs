//! Writes of alerts by mail.

use super::Tx;
use crate::error::StoreError;
use crate::rows::AlertRow;
use crate::schema::alerts;
use diesel::prelude::*;

super::table_writes! {
    alerts: insert_alert, save_alert, AlertRow;
}

impl Tx<'_> {
    /// Keeps the hash of the link by which an alert is confirmed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn link_alert(&mut self, id: i64, token_hash: &str) -> Result<(), StoreError> {
        diesel::update(alerts::table.find(id)).set(alerts::token_hash.eq(token_hash)).execute(self.conn)?;
        Ok(())
    }

    /// Ends an alert, and forgets whose it was.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_alert(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(alerts::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Forgets alerts that nobody has confirmed in time; answers how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_unconfirmed_alerts(&mut self, now: i64) -> Result<usize, StoreError> {
        let old = alerts::table.filter(alerts::due_at.le(now).and(alerts::confirmed_at.is_null()));
        Ok(diesel::delete(old).execute(self.conn)?)
    }

    /// Takes confirmed alerts that are due, unless another process has: they are due again at `again`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_alerts(&mut self, now: i64, again: i64, limit: i64) -> Result<Vec<AlertRow>, StoreError> {
        self.take_turn("alerts")?;
        let rows: Vec<AlertRow> = alerts::table
            .filter(alerts::due_at.le(now).and(alerts::confirmed_at.is_not_null()))
            .order((alerts::due_at, alerts::id))
            .limit(limit)
            .select(AlertRow::as_select())
            .load(self.conn)?;
        let taken: Vec<i64> = rows.iter().map(|row| row.id).collect();
        diesel::update(alerts::table.filter(alerts::id.eq_any(taken)))
            .set(alerts::due_at.eq(again))
            .execute(self.conn)?;
        Ok(rows)
    }
}
