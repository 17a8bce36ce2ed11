//! Reads of what happens around an entry before it is published, for those who work on it.

use super::conditions::{its_service, worked_on, worked_on_by, written_by};
use super::order::Cursor;
use super::{Db, Reads};
use crate::error::StoreError;
use crate::rows::{CommentRow, ScheduleRow};
use crate::schema::{accounts, comments, decline_reasons, entries, items, schedules};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Schedules and comments of one look.
const MOST: i64 = 500;

/// Something that was said about an entry, with who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentView {
    /// What was said.
    pub comment: CommentRow,
    /// Name of who said it; empty when the account is gone.
    pub by: String,
}

impl Reads<'_> {
    /// Of these entries, those that the viewer works on.
    fn those_worked_on(&mut self, keys: &[i64]) -> Result<Vec<i64>, StoreError> {
        if self.is_system() {
            return Ok(keys.to_vec());
        }
        let sight = self.sight()?;
        let Some(condition) = worked_on(&sight) else { return Ok(Vec::new()) };
        Ok(entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(condition)
            .filter(entries::id.eq_any(keys.to_vec()))
            .select(entries::id)
            .load(self.conn)?)
    }

    /// When these entries are to be published, of those that the viewer works on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schedules_of(&mut self, keys: &[i64]) -> Result<BTreeMap<i64, ScheduleRow>, StoreError> {
        let rows: Vec<ScheduleRow> = schedules::table
            .filter(schedules::entry_id.eq_any(keys.to_vec()))
            .select(ScheduleRow::as_select())
            .load(self.conn)?;
        let seen = self.those_worked_on(&rows.iter().map(|row| row.entry_id).collect::<Vec<_>>())?;
        let seen = rows.into_iter().filter(|row| seen.contains(&row.entry_id));
        Ok(seen.map(|row| (row.entry_id, row)).collect())
    }

    /// What is to be published later of all that the viewer works on, the next first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schedules(&mut self) -> Result<Vec<ScheduleRow>, StoreError> {
        self.schedules_in(None, None, MOST)
    }

    /// What is to be published later, of what the viewer works on in these services (in all where none are
    /// said), the next first, behind this one (its moment and the key of its entry), at most `limit`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schedules_in(
        &mut self,
        services: Option<&[i64]>,
        after: Option<Cursor>,
        limit: i64,
    ) -> Result<Vec<ScheduleRow>, StoreError> {
        let sight = self.sight()?;
        if !sight.works_anywhere() {
            return Ok(Vec::new());
        }
        let mut rows = schedules::table
            .inner_join(entries::table.inner_join(items::table))
            .into_boxed::<Db>()
            .filter(worked_on_by!(sight));
        if let Some(services) = services {
            rows = rows.filter(entries::service_id.eq_any(services.to_vec()));
        }
        if let Some(Cursor { sort, id }) = after {
            let same = schedules::publish_at.eq(sort).and(schedules::entry_id.gt(id));
            rows =
                rows.filter(schedules::publish_at.gt(sort).or(same)).filter(schedules::publish_at.ge(sort));
        }
        Ok(rows
            .order((schedules::publish_at.asc(), schedules::entry_id.asc()))
            .limit(limit)
            .select(ScheduleRow::as_select())
            .load(self.conn)?)
    }

    /// How many of these services' items are to be published later, counted up to `cap` + 1 at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_schedules(&mut self, services: &[i64], cap: i64) -> Result<i64, StoreError> {
        let found = self.schedules_in(Some(services), None, cap + 1)?;
        Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
    }

    /// What was said about an entry, first to last, where the viewer works on it; nothing otherwise.
    ///
    /// # Errors
    /// Those of the database.
    pub fn comments(&mut self, entry: i64) -> Result<Vec<CommentView>, StoreError> {
        if self.those_worked_on(&[entry])?.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(CommentRow, Option<String>)> = comments::table
            .left_join(accounts::table.on(comments::account_id.eq(accounts::id.nullable())))
            .filter(comments::entry_id.eq(entry))
            .order(comments::id)
            .limit(MOST)
            .select((CommentRow::as_select(), accounts::display_name.nullable()))
            .load(self.conn)?;
        let view = |(comment, by): (_, Option<String>)| CommentView { comment, by: by.unwrap_or_default() };
        Ok(rows.into_iter().map(view).collect())
    }

    /// The latest unanswered comment of one side on each of the entries that the viewer works on; of those
    /// among `keys` where some are named.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_comments(
        &mut self,
        side: &str,
        keys: Option<&[i64]>,
    ) -> Result<BTreeMap<i64, CommentRow>, StoreError> {
        let sight = self.sight()?;
        if !sight.works_anywhere() {
            return Ok(BTreeMap::new());
        }
        let mut open = comments::table
            .inner_join(entries::table.inner_join(items::table))
            .into_boxed::<Db>()
            .filter(comments::answered_at.is_null())
            .filter(comments::side.eq(side.to_owned()))
            .filter(worked_on_by!(sight));
        if let Some(keys) = keys {
            open = open.filter(comments::entry_id.eq_any(keys.to_vec()));
        }
        let rows: Vec<CommentRow> =
            open.order(comments::id.desc()).limit(MOST).select(CommentRow::as_select()).load(self.conn)?;
        Ok(rows.into_iter().rev().map(|row| (row.entry_id, row)).collect())
    }

    /// Keys of the items of these entries.
    ///
    /// # Errors
    /// Those of the database.
    pub fn items_of_entries(&mut self, keys: &[i64]) -> Result<Vec<i64>, StoreError> {
        let keys = self.those_worked_on(keys)?;
        Ok(entries::table.filter(entries::id.eq_any(keys)).select(entries::item_id).load(self.conn)?)
    }

    /// The reasons for declining that a service offers, in their order; none where it has set none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decline_reasons(&mut self, service: i64) -> Result<Vec<String>, StoreError> {
        Ok(decline_reasons::table
            .filter(decline_reasons::service_id.eq(service))
            .order(decline_reasons::position)
            .select(decline_reasons::reason)
            .load(self.conn)?)
    }
}
