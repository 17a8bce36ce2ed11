//! Writes of what happens around an entry before it is published: schedules, comments, reasons.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{CommentRow, EntryRow, ScheduleRow};
use crate::schema::{comments, decline_reasons, entries, schedules};
use diesel::prelude::*;

impl Tx<'_> {
    /// An entry by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn entry_by_key(&mut self, id: i64) -> Result<EntryRow, StoreError> {
        Ok(entries::table.find(id).select(EntryRow::as_select()).first(self.conn)?)
    }

    /// Has an entry published later, in place of any other time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_schedule(&mut self, row: &ScheduleRow) -> Result<(), StoreError> {
        self.drop_schedule(row.entry_id)?;
        diesel::insert_into(schedules::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// When an entry is to be published, if that is decided.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schedule(&mut self, entry: i64) -> Result<Option<ScheduleRow>, StoreError> {
        let found = schedules::table.find(entry).select(ScheduleRow::as_select()).first(self.conn);
        Ok(found.optional()?)
    }

    /// An entry is not published later any more; whether it was to be.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drop_schedule(&mut self, entry: i64) -> Result<bool, StoreError> {
        Ok(diesel::delete(schedules::table.find(entry)).execute(self.conn)? > 0)
    }

    /// What is to be published by this moment, the longest due first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn due_schedules(&mut self, now: i64, limit: i64) -> Result<Vec<ScheduleRow>, StoreError> {
        Ok(schedules::table
            .filter(schedules::publish_at.le(now))
            .order((schedules::publish_at.asc(), schedules::entry_id.asc()))
            .limit(limit)
            .select(ScheduleRow::as_select())
            .load(self.conn)?)
    }

    /// Says something about an entry.
    ///
    /// # Errors
    /// Those of the database.
    pub fn insert_comment(&mut self, row: &CommentRow) -> Result<(), StoreError> {
        diesel::insert_into(comments::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// What one side has said about an entry is answered.
    ///
    /// # Errors
    /// Those of the database.
    pub fn answer_comments(&mut self, entry: i64, side: &str, now: i64) -> Result<(), StoreError> {
        let open = comments::table
            .filter(comments::entry_id.eq(entry))
            .filter(comments::side.eq(side))
            .filter(comments::answered_at.is_null());
        diesel::update(open).set(comments::answered_at.eq(now)).execute(self.conn)?;
        Ok(())
    }

    /// How much was said about an entry.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_comments(&mut self, entry: i64) -> Result<i64, StoreError> {
        Ok(comments::table.filter(comments::entry_id.eq(entry)).count().get_result(self.conn)?)
    }

    /// Replaces the reasons for declining that a service offers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_decline_reasons(&mut self, service: i64, reasons: &[String]) -> Result<(), StoreError> {
        diesel::delete(decline_reasons::table.filter(decline_reasons::service_id.eq(service)))
            .execute(self.conn)?;
        for (position, reason) in (0_i64..).zip(reasons) {
            diesel::insert_into(decline_reasons::table)
                .values((
                    decline_reasons::service_id.eq(service),
                    decline_reasons::position.eq(position),
                    decline_reasons::reason.eq(reason),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Forgets what was said about an item, wherever it stands.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_talk(&mut self, item: i64) -> Result<(), StoreError> {
        let of_item: Vec<i64> =
            entries::table.filter(entries::item_id.eq(item)).select(entries::id).load(self.conn)?;
        diesel::delete(comments::table.filter(comments::entry_id.eq_any(of_item))).execute(self.conn)?;
        Ok(())
    }
}
